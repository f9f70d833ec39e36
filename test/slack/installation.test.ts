import { expect, test } from 'vitest';
import { isForOthers } from '../../src/slack/installation.ts';

const own = { appId: 'A1', workspaces: ['T1'], organisation: 'E1', isOrgWide: false };
const seenBy = (...teams: readonly (string | null)[]) => ({
  api_app_id: 'A1',
  authorizations: teams.map((team_id) => ({ team_id })),
});

test.each<[string, unknown, boolean]>([
  ["the bot's own app", { api_app_id: 'A1' }, false],
  ['another app', { api_app_id: 'A2' }, true],
  ['what names no app, as some interactions', { type: 'message_action' }, false],
  ['an event that this installation sees', seenBy('T1'), false],
  ['one of a shared channel, which another workspace sees too', seenBy('T2', 'T1'), false],
  ['one that only another workspace sees', seenBy('T2'), true],
  ['one of a whole organisation', seenBy(null), false],
  ['somebody of another workspace, in a shared channel: answered, and told no', { team_id: 'T2' }, false],
  ['nothing that Slack sends', 'text', false],
])('%s', (_what, body, refused) => {
  expect(isForOthers(body, own)).toBe(refused);
});

const seenByAll = (enterprise_id: string, team_id: string | null = null) => ({
  authorizations: [{ team_id, enterprise_id, is_enterprise_install: team_id === null }],
});

test.each<[string, unknown, boolean]>([
  ['an event of the organisation', seenByAll('E1'), false],
  ['one of its workspaces, whichever', seenByAll('E1', 'T9'), false],
  ['another organisation', seenByAll('E2'), true],
  ['a workspace of another organisation', seenByAll('E2', 'T7'), true],
])('installed for an organisation: %s', (_what, body, refused) => {
  expect(isForOthers(body, { ...own, workspaces: ['T1', 'T2'], isOrgWide: true })).toBe(refused);
});

test('a workspace of the same organisation that has an installation of its own is another one', () => {
  expect(isForOthers(seenByAll('E1', 'T2'), own)).toBe(true);
});

test('where Slack did not say which app the bot is, none is refused', () => {
  expect(isForOthers({ api_app_id: 'A2' }, { ...own, appId: undefined })).toBe(false);
});
