import { expect, test } from 'vitest';
import { LASTING_REFUSALS } from '../../demo/slack/faults.ts';
import { awsError, onSubmit } from './aws-faults.ts';
import { letPass, MINUTE } from './passing-time.ts';
import { inChannel, inThreads } from './review/thread.ts';
import { buttons, reads } from './words-on-screen.ts';
import { ana, ben, deals, general, gus, overBothTransports, type Workspace } from './workspace.ts';

const SHORTCUT = 'submit_opportunity_from_message';
const FORM = 'How should AWS be involved?';

/** Somebody writes a message; Ana chooses *Submit opportunity…* from its menu. */
async function choose(
  { slack }: Workspace,
  text: string,
  where: { channel?: string; threadTs?: string } = {},
) {
  const { channel = deals, threadTs } = where;
  const said = await slack.say({ user: ben, channel, text, ...(threadTs === undefined ? {} : { threadTs }) });
  const acknowledged = await slack.messageShortcut({ user: ana, channel, ts: said.ts, callbackId: SHORTCUT });
  expect(acknowledged).toMatchObject({ acknowledged: true });
  return said;
}

overBothTransports('the message shortcut Submit opportunity…', (open) => {
  test('finds the ID, and the outcome and the decision come in the thread of that message', async () => {
    const workspace = await open();
    const { slack, aws, deal, modal, choose: submit, message } = workspace;
    deal();
    const said = await choose(workspace, 'Can somebody send O1001 to AWS?');
    await modal(FORM);
    await submit();
    const pending = await message('Approval pending: O1001');
    expect(pending.threadTs).toBe(said.ts);

    aws.review('AWS', 'O1001', 'Approved');
    await letPass(workspace, MINUTE);
    const decision = await message(new RegExp(`<@${ana}> ✅ \\*Approved by AWS: O1001`));
    expect(decision.threadTs).toBe(said.ts);
    expect(reads(await message(/^Approved by AWS: O1001\n/))).toContain('Approved by AWS');
    // Nothing but what Ben wrote stands in the channel itself.
    expect(slack.messages(deals).filter(({ threadTs }) => threadTs === undefined)).toHaveLength(1);
  });

  test('finds the IDs in a message as long as Slack takes one, also at its end', async () => {
    const workspace = await open();
    const { deal, modal } = workspace;
    deal();
    deal({ id: 'O1002' });
    await choose(workspace, `O1001 ${'a word '.repeat(5712)} O1002`);
    await modal('2 deals');
  });

  test('in a thread: the outcome comes there', async () => {
    const workspace = await open();
    const { slack, deal, modal, choose: submit, message } = workspace;
    deal();
    const root = await slack.say({ user: ben, channel: deals, text: 'About Northwind' });
    await choose(workspace, 'it is <https://partnercentral.example/O1001|this one>', { threadTs: root.ts });
    await modal(FORM);
    await submit();
    expect((await message('Approval pending: O1001')).threadTs).toBe(root.ts);
  });

  test('several IDs: the form for several, and all that comes of them is told in that thread', async () => {
    const workspace = await open();
    const { slack, deal, modal, choose: submit, message } = workspace;
    deal();
    deal({ id: 'O2002' });
    const said = await choose(workspace, 'O1001, o2002 and again O1001');
    await modal('2 deals');
    await submit();
    await modal('Recorded: 2 opportunities');
    for (const words of ['2 with AWS', 'Approval pending: O1001', 'Approval pending: O2002']) {
      expect((await message(words)).threadTs).toBe(said.ts);
    }
    expect(slack.messages(deals).filter(({ threadTs }) => threadTs === undefined)).toHaveLength(1);
  });

  test('no ID: asks for one, and the outcome comes in that thread', async () => {
    const workspace = await open();
    const { slack, deal, modal, choose: submit, message } = workspace;
    deal();
    const said = await choose(workspace, 'Northwind is ready, see <#C07O1|o1-team> <@U07O12>');
    await modal('Opportunity ID');
    await slack.fillIn(ana, { opportunity_id: 'O1001' });
    await slack.submitView(ana);
    await modal(FORM);
    await submit();
    expect((await message('Approval pending: O1001')).threadTs).toBe(said.ts);
  });

  test('on the bot’s own message it finds the ID in its blocks', async () => {
    const { slack, deal, submit, message, modal } = await open();
    deal();
    await submit('O1001');
    const { ts } = await message('Approval pending: O1001');
    await slack.closeView(ana);
    await slack.messageShortcut({ user: ana, channel: deals, ts, callbackId: SHORTCUT });
    await modal('Submitted here by');
  });

  test('Try again stays in the thread', async () => {
    const workspace = await open();
    const { aws, deal, modal, choose: submit, message, press } = workspace;
    deal();
    const heal = aws.injectFault(onSubmit(awsError('AccessDeniedException')));
    const said = await choose(workspace, 'O1001');
    await modal(FORM);
    await submit();
    const refused = await message("AWS doesn't let the bot submit this: O1001");
    heal();
    await press(refused, 'try_again');
    await modal(FORM);
    await submit();
    expect((await message('Approval pending: O1001')).threadTs).toBe(said.ts);
  });

  test('the trigger has expired: a button opens the form, and the thread is kept', async () => {
    const workspace = await open();
    const { slack, deal, modal, choose: submit, message, press } = workspace;
    deal();
    const expired = { type: 'error', error: 'expired_trigger_id' } as const;
    const heal = slack.injectFault({ method: 'views.open', kind: expired });
    const said = await choose(workspace, 'O1001');
    const offer = await message('took too long');
    expect(offer.ephemeralTo).toBe(ana);
    expect(buttons(offer)).toEqual(['Open the form']);
    heal();
    await press(offer, 'open_form');
    await modal(FORM);
    await submit();
    expect((await message('Approval pending: O1001')).threadTs).toBe(said.ts);
  });

  test('the message is gone by then: once, in the channel itself, which says so, and the decision in its thread', async () => {
    const workspace = await open();
    const { slack, aws, deal, modal, choose: submit, message } = workspace;
    deal();
    const said = await choose(workspace, 'O1001');
    await modal(FORM);
    slack.deleteMessage(deals, said.ts);
    await submit();
    const pending = await message('Approval pending: O1001');
    await letPass(workspace, MINUTE);
    expect(inChannel(workspace).map(({ ts, threadTs }) => [ts, threadTs])).toEqual([[pending.ts, undefined]]);
    expect(inChannel(workspace).map(reads).join()).toContain('the message it belongs to was deleted');
    aws.review('AWS', 'O1001', 'Rejected');
    await letPass(workspace, MINUTE);
    expect((await message(new RegExp(`<@${ana}> ❌ \\*Rejected`))).threadTs).toBe(pending.ts);
    expect(inChannel(workspace)).toHaveLength(1);
    expect(inThreads(workspace)).toHaveLength(1);
  });

  test('the message of several is gone by then: one message in the channel, and the others in its thread', async () => {
    const workspace = await open();
    const { slack, aws, deal, modal, choose: submit, message } = workspace;
    deal();
    deal({ id: 'O2002' });
    const said = await choose(workspace, 'O1001, O2002');
    await modal('2 deals');
    slack.deleteMessage(deals, said.ts);
    await submit();
    await message('2 with AWS');
    for (const id of ['O1001', 'O2002']) await message(`Approval pending: ${id}`);
    aws.review('AWS', 'O1001', 'Rejected');
    await letPass(workspace, MINUTE);
    const [batch, ...others] = inChannel(workspace);
    expect(others).toEqual([]);
    expect(batch && reads(batch)).toContain('the message it belongs to was deleted');
    expect(inThreads(workspace)).toHaveLength(3);
    expect(new Set(inThreads(workspace).map(({ threadTs }) => threadTs))).toEqual(new Set([batch?.ts]));
  });

  test('the message is deleted between outcome and decision: both are there, once', async () => {
    const workspace = await open();
    const { slack, aws, deal, modal, choose: submit, message } = workspace;
    deal();
    const said = await choose(workspace, 'O1001');
    await modal(FORM);
    await submit();
    const pending = await message('Approval pending: O1001');
    await letPass(workspace, MINUTE);
    slack.deleteMessage(deals, said.ts);
    aws.review('AWS', 'O1001', 'Rejected');
    await letPass(workspace, 5 * MINUTE);
    expect(inThreads(workspace).map(({ ts }) => ts)).toEqual([pending.ts]);
    expect(inChannel(workspace).map(({ text }) => text)).toEqual(['Rejected by AWS: O1001']);
  });

  test.each(LASTING_REFUSALS.reply)('the message takes no replies (%s): the same', async (error) => {
    const workspace = await open();
    const { slack, aws, deal, modal, choose: submit, message } = workspace;
    deal();
    const said = await choose(workspace, 'O1001');
    slack.injectFault({ method: 'chat.postMessage', carrying: 'thread_ts', kind: { type: 'error', error } });
    await modal(FORM);
    await submit();
    const pending = await message('Approval pending: O1001');
    expect([pending.via, pending.threadTs]).toEqual(['api', undefined]);
    expect(reads(pending)).toContain('takes no replies');
    slack.clearFaults();
    aws.review('AWS', 'O1001', 'Rejected');
    await letPass(workspace, MINUTE);
    expect(inThreads(workspace).map(({ threadTs }) => threadTs)).toEqual([pending.ts]);
    expect(inChannel(workspace).map(({ ts }) => ts)).toEqual([said.ts, pending.ts]);
  });

  test('where the bot is not in the channel the outcome comes as a DM', async () => {
    const workspace = await open();
    const { slack, deal, modal, choose: submit, message } = workspace;
    deal();
    await choose(workspace, 'O1001', { channel: general });
    await modal(FORM);
    await submit();
    const pending = await message('Approval pending: O1001', { channel: slack.directMessage(ana).id });
    expect(reads(pending)).toContain('/invite');
  });

  test('who may not is told so, and AWS is not asked', async () => {
    const { slack, aws, deal, modal } = await open();
    deal({ companyName: 'Northwind Fisheries' });
    const said = await slack.say({ user: ben, channel: deals, text: 'O1001' });
    await slack.messageShortcut({ user: gus, channel: deals, ts: said.ts, callbackId: SHORTCUT });
    expect(reads(await modal("Guests can't", { user: gus }))).not.toContain('Northwind');
    expect(aws.requests('GetOpportunity')).toEqual([]);
  });
});
