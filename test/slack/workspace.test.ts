import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { demoPeople } from '../../demo/slack/demo-workspace.ts';
import { startSlack } from '../../demo/slack/server.ts';
import { createDirectory, isForOthers } from '../../src/slack/workspace.ts';
import { manualClock } from '../demo/slack/manual-clock.ts';

const GROUP = 'S07SELLERS0';

async function aDirectory() {
  const clock = manualClock();
  clock.advance(1000);
  const slack = await startSlack({ clock });
  onTestFinished(() => slack.close());
  slack.addUserGroup({ id: GROUP, handle: 'sellers', users: [demoPeople.ana] });
  const fast = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
  const identity = () => ({
    appId: slack.appId,
    workspaces: [slack.team.id],
    organisation: undefined,
    isOrgWide: false,
  });
  const directory = createDirectory({
    slack: { fast, posting: fast, identity },
    clock,
    log: pino({ level: 'silent' }),
  });
  const asked = (method: string) => slack.calls().filter((call) => call.method === method).length;
  return { clock, slack, directory, asked };
}

test('who asks at the same time shares one read, for a minute', async () => {
  const { clock, directory, asked } = await aDirectory();
  const answers = await Promise.all(Array.from({ length: 30 }, () => directory.groupMembers(GROUP)));
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toContain(demoPeople.ana);
  clock.advance(59_000);
  await directory.groupMembers(GROUP);
  expect(asked('usergroups.users.list')).toBe(1);
  clock.advance(2000);
  await directory.groupMembers(GROUP);
  expect(asked('usergroups.users.list')).toBe(2);
});

test('a failure is said to everybody who waits, and is not kept', async () => {
  const { slack, directory } = await aDirectory();
  const heal = slack.injectFault({ method: 'users.info', kind: { type: 'error', error: 'fatal_error' } });
  expect(await Promise.all([directory.person(demoPeople.ana), directory.person(demoPeople.ana)])).toEqual([
    undefined,
    undefined,
  ]);
  heal();
  expect(await directory.person(demoPeople.ana)).toMatchObject({ kind: 'member' });
});

test('asked past what is kept, only a reading that began after the moment counts, and is shared', async () => {
  const { clock, slack, directory, asked } = await aDirectory();
  await directory.groupMembers(GROUP);
  slack.addUserGroup({ id: GROUP, handle: 'sellers', users: [] });
  clock.advance(30_000);
  expect(await directory.groupMembers(GROUP)).toContain(demoPeople.ana);

  const moment = clock.monotonic();
  const answers = await Promise.all(Array.from({ length: 30 }, () => directory.groupMembers(GROUP, moment)));
  expect(answers.flat()).toEqual([]);
  clock.advance(5000);
  expect(await directory.groupMembers(GROUP, moment)).toEqual([]);
  expect(asked('usergroups.users.list')).toBe(2);
  await directory.groupMembers(GROUP, clock.monotonic());
  expect(asked('usergroups.users.list')).toBe(3);
});

test('a reading that began before the moment is not shared, though it is still under way', async () => {
  const { clock, slack, directory, asked } = await aDirectory();
  const early = directory.groupMembers(GROUP);
  clock.advance(1);
  slack.addUserGroup({ id: GROUP, handle: 'sellers', users: [] });
  expect(await directory.groupMembers(GROUP, clock.monotonic())).toEqual([]);
  await early;
  expect(await directory.groupMembers(GROUP)).toEqual([]);
  expect(asked('usergroups.users.list')).toBe(2);
});

test('what cannot be asked anew is not known, and what was known before is not taken for it', async () => {
  const { clock, slack, directory } = await aDirectory();
  expect(await directory.person(demoPeople.ana)).toMatchObject({ kind: 'member' });
  const heal = slack.injectFault({ method: 'users.info', kind: { type: 'http-500' } });
  expect(await directory.person(demoPeople.ana, clock.monotonic() + 1)).toBeUndefined();
  expect(await directory.person(demoPeople.ana)).toBeUndefined();
  heal();
});

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
