import { expect, test } from 'vitest';
import { withFields } from '../../../demo/partner-central/data.ts';
import { home, openHome, pressAtHome } from '../home/on-the-tab.ts';
import { DAY, HOUR, idle, letPass, MINUTE, within } from '../passing-time.ts';
import { buttons, reads } from '../words-on-screen.ts';
import { ana, deals, general, gus, overSocketMode, sam, type Workspace } from '../workspace.ts';
import { inChannel, inThreads } from './thread.ts';

const FOLLOWS = { FOLLOW_CHANNEL: deals };
const texts = (workspace: Workspace) => inChannel(workspace).map(({ text }) => text);

/** A bot that follows what was submitted elsewhere, and has noted how things stood before. */
async function following(open: (options?: object) => Promise<Workspace>, settings = {}): Promise<Workspace> {
  const workspace = await open({ settings: { ...FOLLOWS, ...settings } });
  await letPass(workspace, MINUTE);
  return workspace;
}

/** Somebody submits it in Partner Central. */
const submittedThere = ({ deal }: Workspace, id: string, given = {}) =>
  deal({ id, companyName: 'Northwind Fisheries', reviewStatus: 'Submitted', ...given });

overSocketMode('opportunities submitted elsewhere', (open) => {
  test.each([
    ['Approved', 'Approved by AWS: O2001'],
    ['Rejected', 'Rejected by AWS: O2001'],
    ['Action Required', 'Action required: O2001'],
  ])('%s is told once in FOLLOW_CHANNEL: the ID and our words, and nobody is named', async (status, told) => {
    const workspace = await following(open);
    const { aws, clock, slack } = workspace;
    submittedThere(workspace, 'O2001', { now: clock.now() });
    aws.review('AWS', 'O2001', 'In review', { comments: 'Northwind is misspelt' });
    await letPass(workspace, 2 * MINUTE);
    expect(inChannel(workspace)).toEqual([]);

    aws.review('AWS', 'O2001', status, { comments: 'Northwind is misspelt' });
    await within(workspace, MINUTE, () => inChannel(workspace).length > 0);
    await letPass(workspace, 10 * MINUTE);
    await workspace.restart();
    await letPass(workspace, 10 * MINUTE);

    const [message, ...repeated] = inChannel(workspace);
    expect(repeated).toEqual([]);
    expect(message?.text).toBe(told);
    const shown = message === undefined ? '' : reads(message);
    expect(shown).toContain("It wasn't submitted with this bot");
    expect(shown).not.toMatch(/Northwind|<@/);
    expect(message && buttons(message)).toEqual([
      ...(status === 'Action Required' ? ['Fix and send back'] : []),
      ...(status === 'Rejected' ? ['See why'] : []),
      'Check status',
    ]);
    expect(slack.calls().filter(({ ok }) => !ok)).toEqual([]);
  });

  test('that one has lost its review status is told once, where one was known', async () => {
    const workspace = await following(open);
    const { aws, clock } = workspace;
    submittedThere(workspace, 'O2001', { now: clock.now() });
    workspace.deal({ id: 'O2002', fields: { 'LifeCycle.ReviewStatus': undefined } });
    await letPass(workspace, 2 * MINUTE);
    const stored = aws.opportunity('AWS', 'O2001') ?? expect.fail();
    const LastModifiedDate = clock.now().toISOString();
    aws.seed(withFields(stored, { LastModifiedDate, 'LifeCycle.ReviewStatus': undefined }));
    await letPass(workspace, 10 * MINUTE);
    expect(texts(workspace)).toEqual(['AWS shows no review status: O2001']);
  });

  test('its buttons answer whoever may see the deal, and nobody else', async () => {
    const workspace = await following(open);
    const { aws, message, press } = workspace;
    submittedThere(workspace, 'O2001');
    await letPass(workspace, MINUTE);
    aws.review('AWS', 'O2001', 'Action Required', { comments: 'Which workload moves?' });
    await within(workspace, MINUTE, () => inChannel(workspace).length > 0);
    const told = await message('Action required: O2001');

    await press(told, 'show_details');
    const details = await workspace.modal('Northwind Fisheries');
    expect(reads(details)).toContain('Which workload moves?');
    await workspace.slack.clickViewButton({ user: ana, actionId: 'history' });
    const history = await workspace.modal(/History of .*O2001/);
    expect(reads(history)).toContain("AWS's review: Action Required (before: Submitted)");

    const asked = aws.requests('GetOpportunity').length;
    for (const action of ['show_details', 'check_status']) {
      await press(told, action, { user: gus });
      const told_ = action === 'show_details' ? workspace.modal : message;
      expect(reads(await told_("Guests can't look up", { user: gus }))).not.toContain('Northwind');
    }
    expect(aws.requests('GetOpportunity')).toHaveLength(asked);

    aws.review('AWS', 'O2001', 'Approved');
    await press(told, 'check_status');
    expect((await message("AWS's review says: *Approved*")).ephemeralTo).toBe(ana);
    await message('Approved by AWS: O2001');
    await letPass(workspace, 10 * MINUTE);
    expect(texts(workspace)).toEqual(['Action required: O2001', 'Approved by AWS: O2001']);
  });

  test('what was decided before it was switched on is no news, nor when somebody edits it afterwards', async () => {
    const workspace = await open();
    const { aws, deal } = workspace;
    for (let number = 0; number < 130; number += 1) {
      deal({ id: `O${3000 + number}`, reviewStatus: number % 2 === 0 ? 'Approved' : 'Action Required' });
    }
    submittedThere(workspace, 'O2001');
    await workspace.restart(FOLLOWS);
    await letPass(workspace, 10 * MINUTE);
    aws.review('AWS', 'O3000', 'Approved');
    await letPass(workspace, 7 * HOUR, 10 * MINUTE);
    expect(inChannel(workspace)).toEqual([]);
    aws.review('AWS', 'O2001', 'Approved');
    aws.review('AWS', 'O3001', 'Rejected');
    await within(workspace, MINUTE, () => inChannel(workspace).length === 2);
  });

  test('switched off for a while: what was decided meanwhile is no news, what comes afterwards is', async () => {
    const workspace = await following(open);
    const { aws } = workspace;
    submittedThere(workspace, 'O2001');
    submittedThere(workspace, 'O2002');
    await letPass(workspace, MINUTE);
    await workspace.restart({ FOLLOW_CHANNEL: '' });
    aws.review('AWS', 'O2001', 'Approved');
    await letPass(workspace, DAY, HOUR);
    await workspace.restart(FOLLOWS);
    await letPass(workspace, 10 * MINUTE);
    expect(inChannel(workspace)).toEqual([]);
    aws.review('AWS', 'O2002', 'Rejected');
    await within(workspace, MINUTE, () => inChannel(workspace).length === 1);
  });

  test('the bot was away for days: what was submitted and decided meanwhile is told', async () => {
    const workspace = await following(open);
    const { aws, clock } = workspace;
    await letPass(workspace, 5 * MINUTE);
    await workspace.end();
    clock.jump(2 * DAY);
    submittedThere(workspace, 'O2001', { now: clock.now() });
    aws.review('AWS', 'O2001', 'Approved');
    clock.jump(DAY);
    await workspace.begin();
    await within(workspace, MINUTE, () => inChannel(workspace).length === 1);
    expect(texts(workspace)).toEqual(['Approved by AWS: O2001']);
  });

  test('a review that leaves LastModifiedDate as it was is found by the sweep', async () => {
    const workspace = await following(open);
    const { aws } = workspace;
    submittedThere(workspace, 'O2001');
    await letPass(workspace, 7 * HOUR, 10 * MINUTE);
    aws.review('AWS', 'O2001', 'Rejected', { keepLastModifiedDate: true });
    await within(workspace, 6 * HOUR + MINUTE, () => inChannel(workspace).length === 1, 5 * MINUTE);
  });

  test('AWS can’t be asked at first: nothing old is told for it', async () => {
    const workspace = await open();
    const { aws, deal } = workspace;
    deal({ id: 'O3001', reviewStatus: 'Approved' });
    submittedThere(workspace, 'O2001');
    const heal = aws.injectFault({
      operation: 'ListOpportunities',
      kind: { type: 'html-503', execute: false },
    });
    await workspace.restart(FOLLOWS);
    await letPass(workspace, HOUR, MINUTE);
    heal();
    aws.review('AWS', 'O3001', 'Approved');
    await letPass(workspace, HOUR, MINUTE);
    expect(inChannel(workspace)).toEqual([]);
    aws.review('AWS', 'O2001', 'Approved');
    await within(workspace, MINUTE, () => inChannel(workspace).length === 1);
  });

  test('what this bot submitted belongs to its own message: there is one voice about a decision', async () => {
    const workspace = await following(open);
    const { aws, deal, submit, message, slack } = workspace;
    deal({ id: 'O1001' });
    await submit('O1001');
    await message('Approval pending: O1001');
    await slack.closeView(ana);
    await idle(workspace);
    aws.review('AWS', 'O1001', 'Approved');
    await within(workspace, MINUTE, () => inThreads(workspace).length > 0);
    await letPass(workspace, 10 * MINUTE);
    expect(texts(workspace)).toEqual(['Approved by AWS: O1001']);
    expect(inThreads(workspace)).toHaveLength(1);
  });

  test('decided while a request of ours waited, which was then taken back: it is told all the same', async () => {
    const workspace = await following(open, { PAUSED: '1' });
    const { aws, submit, message, press, slack } = workspace;
    const { opportunity } = workspace.deal({ id: 'O1001' });
    await submit('O1001');
    const waiting = await message('Kept, not sent yet: O1001');
    await slack.closeView(ana);
    submittedThere(workspace, opportunity.Id, { now: workspace.clock.now() });
    aws.review('AWS', 'O1001', 'Approved');
    await letPass(workspace, 2 * MINUTE);
    await press(waiting, 'cancel_submission');
    await letPass(workspace, 10 * MINUTE);
    expect(texts(workspace)).toEqual(['Cancelled: O1001', 'Approved by AWS: O1001']);
  });

  test('where the channel can’t be reached it is kept until it can', async () => {
    const workspace = await following(open, { FOLLOW_CHANNEL: general });
    const { aws, slack } = workspace;
    submittedThere(workspace, 'O2001');
    aws.review('AWS', 'O2001', 'Approved');
    await letPass(workspace, HOUR, MINUTE);
    expect(inChannel(workspace, general)).toEqual([]);
    expect(slack.calls('chat.postMessage').every(({ ok }) => !ok)).toBe(true);
    await workspace.restart({ FOLLOW_CHANNEL: deals });
    await within(workspace, 15 * MINUTE, () => inChannel(workspace).length === 1);
  });

  test('AWS’s own words only where DETAIL_CHANNELS has the channel, and never of a National Security deal', async () => {
    const workspace = await following(open, { DETAIL_CHANNELS: deals });
    const { aws, message, press, slack } = workspace;
    slack.leave(deals, sam);
    submittedThere(workspace, 'O2001');
    submittedThere(workspace, 'O2002', { fields: { NationalSecurity: 'Yes' } });
    for (const id of ['O2001', 'O2002']) {
      aws.review('AWS', id, 'Action Required', { comments: `Northwind asks about ${id}` });
    }
    await within(workspace, MINUTE, () => inChannel(workspace).length === 2);
    expect(reads(await message('Action required: O2001'))).toContain('Northwind asks about O2001');
    const secret = await message('Action required: O2002');
    expect(reads(secret)).not.toContain('Northwind');
    await press(secret, 'show_details');
    expect(reads(await workspace.modal('National Security deal'))).not.toContain('Northwind');
  });

  test('it is on the team’s home tab like everything else, each once, and what was decided before is there too', async () => {
    const workspace = await open();
    const { aws, clock, deal, submit, message, slack } = workspace;
    submittedThere(workspace, 'O2003', { reviewStatus: 'Approved' });
    await workspace.restart(FOLLOWS);
    await letPass(workspace, MINUTE);
    for (const id of ['O2001', 'O2002']) submittedThere(workspace, id, { now: clock.now() });
    aws.review('AWS', 'O2002', 'Rejected');
    deal({ id: 'O1001' });
    await submit('O1001');
    await message('Approval pending: O1001');
    await slack.closeView(ana);
    await within(workspace, MINUTE, () => inChannel(workspace).length === 2);
    await openHome(workspace, 'With AWS: 1');
    await pressAtHome(workspace, 'home_team');
    const team = reads(await home(workspace, 'With AWS: 2'));
    expect(team).toMatch(/Needs somebody: 0[\s\S]*Decided: 2/);
    expect(team).toContain('*Northwind Fisheries* · O2002\nRejected by AWS');
    expect(team).toContain('O2003');
    expect(team.match(/not submitted from here/g)).toHaveLength(3);
  });
});
