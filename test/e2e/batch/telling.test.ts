import { expect, test } from 'vitest';
import type { StandInMessage } from '../../../demo/slack/stand-in.ts';
import { awsError, onSubmit } from '../aws-faults.ts';
import { letPass, MINUTE, SECOND, within } from '../passing-time.ts';
import { inChannel, inDm, inThreads } from '../review/thread.ts';
import { buttons, reads } from '../words-on-screen.ts';
import { ana, ben, general, gus, overBothTransports, overSocketMode, type Workspace } from '../workspace.ts';
import { fillIn, idsOf, lock, lookAtSeveral, submitSeveral } from './several.ts';

const SENT = /More in the thread/;
const linesOf = (shown: StandInMessage): readonly string[] =>
  reads(shown)
    .split('\n')
    .filter((line) => /\*: O\d+/.test(line));

/** Looks several up, submits them all, and answers the batch's message. */
async function submitted(workspace: Workspace, ids: readonly string[]): Promise<StandInMessage> {
  await lookAtSeveral(workspace, ids);
  await submitSeveral(workspace);
  return workspace.message(SENT);
}

overBothTransports('several at once', (open) => {
  test('one message says how far they are, each has its own in its thread, and decisions go there too', async () => {
    const workspace = await open();
    const { deal, aws, message } = workspace;
    deal({ id: 'O1002', companyName: 'Northwind Fisheries' });
    const batch = await submitted(workspace, idsOf(3));
    await letPass(workspace, 10 * SECOND, SECOND);

    const shown = await message('3 with AWS');
    expect(shown.ts).toBe(batch.ts);
    expect(reads(shown)).toContain(`<@${ana}>`);
    expect(linesOf(shown)).toEqual(['⏳ *Approval pending*: O1001, O1002, O1003']);
    expect(inChannel(workspace)).toHaveLength(1);
    expect(inThreads(workspace).map(({ threadTs }) => threadTs)).toEqual([batch.ts, batch.ts, batch.ts]);
    for (const id of idsOf(3)) {
      expect(buttons(await message(`Approval pending: ${id}`))).toContain('Check status');
    }
    expect(reads(shown) + inThreads(workspace).map(reads).join()).not.toContain('Northwind');

    aws.review('AWS', 'O1002', 'Approved');
    aws.review('AWS', 'O1003', 'Rejected');
    await letPass(workspace, MINUTE);
    const decision = await message(`<@${ana}> ✅ *Approved by AWS: O1002`);
    expect(decision.threadTs).toBe(batch.ts);
    await letPass(workspace, 5 * SECOND, SECOND);
    expect(linesOf(await message('1 with AWS, 1 approved, 1 rejected'))).toEqual([
      '❌ *Rejected by AWS*: O1003',
      '⏳ *Approval pending*: O1001',
      '✅ *Approved by AWS*: O1002',
    ]);
    expect(inChannel(workspace)).toHaveLength(1);
  });

  test('pressing Submit twice is one batch', async () => {
    const workspace = await open();
    const { slack, aws, modal } = workspace;
    await lookAtSeveral(workspace, idsOf(2));
    await fillIn(workspace, { involvement_type: 'Co-Sell' });
    await lock(workspace);
    await Promise.all([slack.submitView(ana), slack.submitView(ana)]);
    await modal('Recorded: 2 opportunities');
    await letPass(workspace, 10 * SECOND, SECOND);
    expect(idsOf(2).map((id) => aws.submissionsExecuted(id))).toEqual([1, 1]);
    expect(inChannel(workspace)).toHaveLength(1);
  });
});

overSocketMode('what becomes of several', (open) => {
  test('what was sent meanwhile by somebody else is left out, and that is said', async () => {
    const workspace = await open({ settings: { PAUSED: '1' } });
    const { submit, message, slack, command } = workspace;
    await lookAtSeveral(workspace, idsOf(3));
    await submit('O1002', {}, { user: ben });
    await message('Kept, not sent yet: O1002');
    expect(reads(await submitSeveral(workspace))).toContain(
      `• *O1002*: it is already on its way; <@${ben}> asked for it`,
    );
    const batch = await message('2 waiting');
    expect(linesOf(batch).join()).not.toContain('O1002');
    await slack.closeView(ana);

    // All of them: nothing to record.
    await command('O1001 O1003');
    await workspace.modal('None of them can be submitted');
  });

  test('refused, changed, cancelled: counted as what they are, and a later try keeps its line', async () => {
    const workspace = await open({ settings: { PAUSED: '1' } });
    const { aws, deal, message, press, restart, modal, choose, slack } = workspace;
    const batch = await submitted(workspace, idsOf(4));
    await letPass(workspace, 10 * SECOND, SECOND);
    expect(linesOf(await message(SENT))).toEqual(['🕓 *Kept, not sent yet*: O1001, O1002, O1003, O1004']);
    await press(await message('Kept, not sent yet: O1001'), 'cancel_submission');
    deal({ id: 'O1002', fields: { LastModifiedDate: '2026-11-24T08:00:00.000Z' } });
    const heal = aws.injectFault(onSubmit(awsError('AccessDeniedException'), 1));
    await restart({ PAUSED: '0' });
    await letPass(workspace, 10 * SECOND, SECOND);
    const shown = await message('1 with AWS, 1 cancelled, 2 need fixing');
    expect(shown.ts).toBe(batch.ts);
    expect(linesOf(shown)).toEqual([
      '⚠️ *Not sent: the opportunity has changed*: O1002',
      "⚠️ *AWS doesn't let the bot submit this*: O1003",
      '⏳ *Approval pending*: O1004',
      '⏹️ *Cancelled*: O1001',
    ]);
    heal();

    await slack.closeView(ana);
    await press(shown, 'open_form');
    await slack.waitForView(ana, (view) => reads(view).includes('2 deals'));
    await slack.closeView(ana);
    await press(await message("AWS doesn't let the bot submit this: O1003"), 'try_again');
    await modal('How should AWS be involved?');
    await choose();
    const again = await message('Approval pending: O1003');
    expect(again.threadTs).toBe(batch.ts);
    await letPass(workspace, 5 * SECOND, SECOND);
    expect(linesOf(await message('2 with AWS'))).toContain('⏳ *Approval pending*: O1003, O1004');
    expect(inChannel(workspace)).toHaveLength(1);
  });

  test('what was submitted again through Fix, alone or several, is no longer said to need fixing', async () => {
    const workspace = await open();
    const { aws, message, press, modal, choose, slack } = workspace;
    const heal = aws.injectFault(onSubmit(awsError('AccessDeniedException'), 3));
    const batch = await submitted(workspace, idsOf(4));
    await letPass(workspace, 10 * SECOND, SECOND);
    const shown = await message('1 with AWS, 3 need fixing');
    expect(buttons(shown)).toContain('Fix');
    heal();
    await slack.closeView(ana);

    await workspace.command('O1001');
    await modal('How should AWS be involved?');
    await choose();
    await letPass(workspace, 5 * SECOND, SECOND);
    await slack.closeView(ana);
    await press(await message('1 with AWS, 2 need fixing, 1 submitted again'), 'open_form');
    await slack.waitForView(ana, (view) => reads(view).includes('2 deals'));
    await submitSeveral(workspace);
    await letPass(workspace, 10 * SECOND, SECOND);

    const now = await message('1 with AWS, 3 submitted again');
    expect(now.ts).toBe(batch.ts);
    expect(linesOf(now)).toEqual(['⏳ *Approval pending*: O1004', '*Submitted again*: O1001, O1002, O1003']);
    expect(buttons(now)).not.toContain('Fix');
    await message('2 with AWS');
    for (const id of idsOf(4)) expect(aws.submissionsExecuted(id)).toBe(1);
  });

  test('one that AWS has sent back is fixed from its message, and that is told in the same thread', async () => {
    const workspace = await open();
    const { aws, message, press, modal, slack } = workspace;
    const batch = await submitted(workspace, idsOf(2));
    await letPass(workspace, 5 * SECOND, SECOND);
    aws.review('AWS', 'O1002', 'Action Required');
    await letPass(workspace, MINUTE);
    await press(await message(/^Action required: O1002\n/), 'fix_opportunity');
    await modal('Target close date');
    await slack.fillIn(ana, { 'LifeCycle.TargetCloseDate': '2031-02-28' });
    await slack.submitView(ana);
    await letPass(workspace, 5 * SECOND, SECOND);
    const told = await message(`<@${ana}> changed Target close date. AWS has saved it.`);
    expect(told.threadTs).toBe(batch.ts);
    expect(linesOf(await message(SENT))).toContain('⏳ *Approval pending*: O1001, O1002');
  });

  test('Cancel the rest takes back what waits, for whoever may, and says how many', async () => {
    const workspace = await open({ settings: { PAUSED: '1' } });
    const { aws, message, press, restart } = workspace;
    const batch = await submitted(workspace, idsOf(3));
    await letPass(workspace, 5 * SECOND, SECOND);
    await press(await message('Kept, not sent yet: O1002'), 'cancel_submission');
    await press(batch, 'cancel_rest', { user: gus });
    expect((await message("Guests can't", { user: gus })).ephemeralTo).toBe(gus);
    await press(batch, 'cancel_rest', { user: ben });
    expect((await message('Taken back: 2 opportunities were not sent', { user: ben })).ephemeralTo).toBe(ben);
    await press(batch, 'cancel_rest');
    await message("It's too late: all of them");
    await letPass(workspace, 5 * SECOND, SECOND);
    const shown = await message('3 cancelled');
    expect(buttons(shown)).not.toContain('Cancel the rest');
    await restart({ PAUSED: '0' });
    await letPass(workspace, MINUTE);
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });

  test('25 at Slack’s and AWS’s pace: all are told, and the one message is edited now and then, not each time', async () => {
    const workspace = await open({
      rateLimits: true,
      quotas: true,
      settings: { SUBMITS_PER_SECOND: '1' },
    });
    const { slack, aws, command, modal, message } = workspace;
    for (const id of idsOf(25)) workspace.deal({ id });
    await command(idsOf(25).join(' '));
    await modal('Looking up');
    await letPass(workspace, 8 * SECOND, 250);
    await submitSeveral(workspace);
    const took = await within(
      workspace,
      5 * MINUTE,
      () => inThreads(workspace).filter((each) => reads(each).includes('Approval pending')).length === 25,
      SECOND,
    );
    await letPass(workspace, 10 * SECOND, SECOND);
    const batch = await message('25 with AWS');
    expect(linesOf(batch).join().match(/O\d+/g)).toHaveLength(25);
    expect(inChannel(workspace)).toHaveLength(1);
    const edits = slack
      .calls('chat.update')
      .filter(({ arguments: given }) => JSON.stringify(given).includes(batch.ts));
    expect(edits.length).toBeLessThanOrEqual(Math.ceil((took + 10 * SECOND) / (3 * SECOND)) + 1);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(25);
  });

  test('restarted while Slack takes nothing: afterwards there is one message, and all is told', async () => {
    const workspace = await open();
    const { slack, aws, restart, message } = workspace;
    await lookAtSeveral(workspace, idsOf(3));
    const heal = slack.injectFault({
      method: 'chat.postMessage',
      kind: { type: 'error', error: 'fatal_error' },
    });
    await submitSeveral(workspace);
    await restart();
    heal();
    await letPass(workspace, 2 * MINUTE);
    const batch = await message('3 with AWS');
    expect(inChannel(workspace)).toHaveLength(1);
    expect(inThreads(workspace).map(({ threadTs }) => threadTs)).toEqual([batch.ts, batch.ts, batch.ts]);
    expect(idsOf(3).map((id) => aws.submissionsExecuted(id))).toEqual([1, 1, 1]);
  });

  test('where the bot is not in the channel, one DM is kept up to date, with its thread, and says how to invite it', async () => {
    const workspace = await open({ observed: { awsTeamFrom: 'assignment' } });
    const { aws } = workspace;
    await lookAtSeveral(workspace, idsOf(2), { channel: general });
    await submitSeveral(workspace);
    await letPass(workspace, 10 * SECOND, SECOND);
    const dm = inDm(workspace, ana);
    const [batch] = dm;
    expect(batch === undefined ? '' : reads(batch)).toContain('2 with AWS');
    expect(batch === undefined ? '' : reads(batch)).toContain('/invite');
    expect(dm.slice(1).map(({ threadTs }) => threadTs)).toEqual([batch?.ts, batch?.ts]);
    expect(inChannel(workspace, general)).toEqual([]);
    aws.review('AWS', 'O1001', 'Approved');
    await letPass(workspace, MINUTE + 5 * SECOND);
    const decision = inDm(workspace, ana).at(-1);
    expect(decision?.threadTs).toBe(batch?.ts);
    expect(decision === undefined ? '' : reads(decision)).toContain('Approved by AWS: O1001');
  });

  test('status and list know them like any other', async () => {
    const workspace = await open();
    const { command, message } = workspace;
    await submitted(workspace, idsOf(2));
    await letPass(workspace, 5 * SECOND, SECOND);
    await command('list');
    const list = reads(await message('Your latest submissions'));
    expect(list).toContain('O1001: Approval pending');
    await command('status O1002');
    expect((await message("AWS's review says")).ephemeralTo).toBe(ana);
  });
});
