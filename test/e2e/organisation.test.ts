import { describe, expect, test } from 'vitest';
import { demoGrid } from '../../demo/slack/demo-workspace.ts';
import { connectBeside } from '../../src/database/connect.ts';
import { readBelonging } from '../../src/database/identity.ts';
import { reads } from './words-on-screen.ts';
import { ana, ben, deals, overBothTransports, overSocketMode, sam, type Workspace } from './workspace.ts';

/** Ana's other ID, and the workspace that Ben is at home in. */
const [anaToo, homeOfBen] = ['W07ANASELLR', 'T07HARBOUR2'];
const GROUP = 'S07SELLERS0';
/** A user group of the organisation's other workspace. */
const GROUP_THERE = 'S07SELLERS2';

/** Ben is only in the other workspace. */
const benElsewhere = {
  ...demoGrid,
  people: { ...demoGrid.people, [ben]: { homeTeamId: homeOfBen, isElsewhere: true } },
};

async function submits({ deal, submit, message, press, aws }: Workspace, id: string, user: string) {
  deal({ id });
  await submit(id, {}, { user });
  const pending = await message(`Approval pending: ${id}`);
  expect(aws.submissionsExecuted(id)).toBe(1);
  await press(pending, 'check_status', { user });
  await message(`Approval pending: ${id}`, { user });
  return pending;
}

overBothTransports('a workspace of an organisation', (open) => {
  test.each([
    ['who comes by one ID and submits by the other, and of whom users.info names no workspace', ana],
    ['who is at home in another workspace of it, and a member of this one', ben],
  ])('somebody submits %s', async (_, user) => {
    const workspace = await open({ grid: demoGrid });
    const { slack } = workspace;
    await submits(workspace, 'O1001', user);
    expect(slack.messages(deals, user).map(reads).join()).not.toContain('Only people of the workspace');
  });

  test('somebody who is mentioned as of the organisation is offered the form', async () => {
    const { slack } = await open({ grid: demoGrid });
    await slack.say({ user: ana, channel: deals, text: `<@${slack.botUserId}> O1001` });
    const offer = await slack.waitForMessage(deals, ({ ephemeralTo }) => ephemeralTo === ana, { as: ana });
    expect(reads(offer)).not.toContain('Only people of the workspace');
    expect(JSON.stringify(offer.blocks)).toContain('open_form');
  });

  test('who is only in another workspace of it may not, and neither may an outsider', async () => {
    const { deal, look, aws } = await open({ grid: benElsewhere });
    deal();
    for (const user of [ben, sam]) {
      expect(reads(await look('O1001', { user }))).toContain('Only people of the workspace');
    }
    expect(aws.requests('GetOpportunity')).toEqual([]);
  });
});

overSocketMode('one person with two IDs', (open) => {
  test.each([
    ['a user group has the one', { SUBMITTERS: GROUP }, ana],
    ['a user group has the other', { SUBMITTERS: GROUP }, anaToo],
    ['SUBMITTERS has the one', { SUBMITTERS: ana }, ana],
    ['SUBMITTERS has the other', { SUBMITTERS: anaToo }, anaToo],
  ])('is listed where %s, and their home tab has what they submitted', async (_, settings, listed) => {
    const workspace = await open({ grid: demoGrid, settings });
    const { slack, deal, look } = workspace;
    slack.addUserGroup({ id: GROUP, handle: 'sellers', users: [listed] });
    await submits(workspace, 'O1001', ana);
    await slack.openHome(ana);
    await slack.waitForHome(ana, (home) => reads(home).includes('O1001'));
    deal({ id: 'O1002' });
    expect(reads(await look('O1002', { user: ben }))).toContain("You can't submit yet");
  });

  test('what is decided is told once, in the thread: they are in the channel by the other ID', async () => {
    const workspace = await open({ grid: demoGrid });
    const { slack, aws, later, message, press } = workspace;
    const pending = await submits(workspace, 'O1001', ana);
    aws.review('AWS', 'O1001', 'Approved');
    await later(60_000);
    await press(pending, 'check_status');
    await message(/Approved.*O1001/s);
    await later(1000);
    expect(slack.messages(slack.directMessage(ana).id).map(reads).join()).not.toContain('pproved');
  });

  test('where Slack does not say who it is, nothing is recorded, and nobody is told that the form is no longer valid', async () => {
    const { slack, deal, look, choose, modal, aws, restart } = await open({ grid: demoGrid });
    deal();
    await look('O1001');
    // What it knew of their IDs is gone with it.
    await restart();
    const heal = slack.injectFault({ method: 'users.info', kind: { type: 'http-500' } });
    await choose();
    const said = reads(slack.view(ana) ?? (await modal('')));
    expect(said).not.toContain('no longer valid');
    heal();
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });
});

describe('installed for an organisation', () => {
  const grid = { ...demoGrid, isOrgWide: true };
  const both = { SLACK_WORKSPACES: `T07HARBOUR0,${homeOfBen}` };

  overSocketMode('several workspaces', (open) => {
    test('people of each of them submit, by the user groups of either, and the database is the organisation’s', async () => {
      const workspace = await open({
        grid: { ...benElsewhere, isOrgWide: true },
        settings: { ...both, SUBMITTERS: `${GROUP},${GROUP_THERE}` },
      });
      const { slack, look, deal } = workspace;
      slack.addUserGroup({ id: GROUP, handle: 'sellers', users: [ana] });
      slack.addUserGroup({ id: GROUP_THERE, handle: 'sellers', users: [ben] });
      await submits(workspace, 'O1001', ana);
      await submits(workspace, 'O1002', ben);
      deal({ id: 'O1003' });
      expect(reads(await look('O1003', { user: sam }))).toContain('Only people of the workspace');
      expect(slack.calls('usergroups.users.list').every((call) => 'team_id' in call.arguments)).toBe(true);
      const { db, close } = await connectBeside({ type: 'sqlite', folder: workspace.folder }, 'write');
      expect(await readBelonging(db)).toEqual({ teamId: demoGrid.id, catalog: 'AWS' });
      await close();
    });

    test('of one workspace only its people may', async () => {
      const { deal, look } = await open({
        grid: { ...benElsewhere, isOrgWide: true },
        settings: { SLACK_WORKSPACES: 'T07HARBOUR0' },
      });
      deal();
      expect(reads(await look('O1001'))).toContain('How should AWS be involved?');
      expect(reads(await look('O1001', { user: ben }))).toContain('Only people of the workspace');
    });

    test('it does not start before it is said whose people may use it', async () => {
      const workspace = await open({ grid, settings: both });
      await workspace.end();
      await expect(workspace.begin({ SLACK_WORKSPACES: '' })).rejects.toThrow(
        /installed for the whole organisation E07HARBOURG, and SLACK_WORKSPACES doesn't say/,
      );
      await expect(workspace.begin({ SLACK_WORKSPACES: 'T07HARBOUR0' })).rejects.toThrow(
        /belongs to the Slack organisation E07HARBOURG .* those of the Slack workspace T07HARBOUR0/,
      );
    });
  });

  overSocketMode('a token of one workspace', (open) => {
    test('serves no other', async () => {
      const workspace = await open({ grid: demoGrid });
      await workspace.end();
      await expect(workspace.begin(both)).rejects.toThrow(
        'SLACK_BOT_TOKEN is of the workspace T07HARBOUR0, and SLACK_WORKSPACES names others.',
      );
    });
  });
});
