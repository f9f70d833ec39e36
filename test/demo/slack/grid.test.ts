import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  demoChannels,
  demoGrid,
  demoInstallation,
  demoPeople,
  demoWorkspace,
} from '../../../demo/slack/demo-workspace.ts';
import { at, button, modal, type ScriptedApp, scriptedApp } from './scripted-app.ts';

const { ana, ben, sam } = demoPeople;
const { deals } = demoChannels;
const { team } = demoInstallation;
const [anaToo, homeOfBen] = ['W07ANASELLR', 'T07HARBOUR2'];

let app: ScriptedApp;
afterEach(() => app.close());
const payload = () => app.envelopes.at(-1)?.payload;

async function pressed(user: string) {
  const blocks = [{ type: 'actions', elements: [button('check', { value: 'S1' })] }];
  const { ts } = await app.call('chat.postMessage', { channel: deals, text: 'Text', blocks });
  await app.slack.clickButton({ user, channel: deals, ts: String(ts), actionId: 'check' });
  return payload();
}

describe('A workspace of an organisation', () => {
  beforeEach(async () => {
    app = await scriptedApp({}, { ...demoWorkspace, grid: demoGrid });
  });

  test('users.info says no workspace, or another one; where somebody belongs stands beside it', async () => {
    const one = at(await app.call('users.info', { user: ana }), 'user');
    expect(one).not.toHaveProperty('team_id');
    expect(one).toMatchObject({
      id: anaToo,
      teams: [team.id],
      enterprise_user: { id: anaToo, enterprise_id: demoGrid.id, teams: [team.id] },
    });
    expect(at(await app.call('users.info', { user: anaToo }), 'user')).toEqual(one);
    expect(at(await app.call('users.info', { user: ben }), 'user')).toMatchObject({
      team_id: homeOfBen,
      enterprise_user: { teams: [team.id, homeOfBen] },
    });
    expect(at(await app.call('users.info', { user: sam }), 'user')).not.toHaveProperty('enterprise_user');
  });

  test('an interaction names the workspace it happened in, and the one the person is at home in', async () => {
    expect(await pressed(ben)).toMatchObject({
      team: { id: team.id, enterprise_id: demoGrid.id, enterprise_name: demoGrid.name },
      enterprise: { id: demoGrid.id, name: demoGrid.name },
      is_enterprise_install: false,
      user: { id: ben, team_id: homeOfBen },
    });
  });

  test('a command names the place only', async () => {
    await app.slack.slashCommand({ user: ben, channel: deals, text: '' });
    expect(payload()).toMatchObject({
      team_id: team.id,
      enterprise_id: demoGrid.id,
      enterprise_name: demoGrid.name,
      is_enterprise_install: 'false',
    });
  });

  test('one person comes by one ID when pressing, by the other when submitting and on the home tab', async () => {
    expect(at(await pressed(ana), 'user', 'id')).toBe(ana);
    await app.call('views.open', { trigger_id: app.lastTrigger(), view: modal([]) });
    await app.slack.submitView(ana);
    expect(at(payload(), 'user', 'id')).toBe(anaToo);
    await app.slack.openHome(ana);
    expect(at(payload(), 'event', 'user')).toBe(anaToo);
    await app.call('views.publish', { user_id: anaToo, view: { type: 'home', blocks: [] } });
    expect(app.slack.home(ana)).toBeDefined();
  });

  test('a mention may name the organisation as the workspace of the person', async () => {
    await app.slack.say({ user: ana, channel: deals, text: `<@${app.slack.botUserId}> O1` });
    expect(payload()).toMatchObject({
      authorizations: [{ enterprise_id: demoGrid.id, team_id: team.id, is_enterprise_install: false }],
      event: { user_team: demoGrid.id, source_team: team.id, team: team.id },
    });
  });
});

test('Installed for the whole organisation: no workspace in interactions, nor in authorizations', async () => {
  app = await scriptedApp({}, { ...demoWorkspace, grid: { ...demoGrid, isOrgWide: true } });
  expect(await pressed(ana)).toMatchObject({
    team: null,
    enterprise: { id: demoGrid.id },
    is_enterprise_install: true,
  });
  await app.call('views.open', { trigger_id: app.lastTrigger(), view: modal([]) });
  await app.slack.submitView(ana);
  expect(at(payload(), 'view', 'app_installed_team_id')).toBe(demoGrid.id);
  await app.slack.say({ user: ana, channel: deals, text: `<@${app.slack.botUserId}> O1` });
  expect(payload()).toMatchObject({
    authorizations: [{ enterprise_id: demoGrid.id, team_id: null, is_enterprise_install: true }],
  });
  await app.slack.slashCommand({ user: ana, channel: deals, text: '' });
  expect(payload()).toMatchObject({ is_enterprise_install: 'true' });
  expect(await app.call('auth.test')).toMatchObject({
    is_enterprise_install: true,
    enterprise_id: demoGrid.id,
  });
});

test('A workspace of its own says nothing of an organisation', async () => {
  app = await scriptedApp();
  const press = await pressed(ana);
  expect(press).toMatchObject({ team: { id: team.id }, enterprise: null, is_enterprise_install: false });
  expect(press?.team).not.toHaveProperty('enterprise_id');
  expect(at(await app.call('users.info', { user: ana }), 'user')).not.toHaveProperty('enterprise_user');
});
