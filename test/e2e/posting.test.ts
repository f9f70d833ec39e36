import { expect, test } from 'vitest';
import { awsError, onSubmit } from './aws-faults.ts';
import { idle, MINUTE, within } from './passing-time.ts';
import { inChannel, inDm } from './review/thread.ts';
import { reads } from './words-on-screen.ts';
import { ana, ben, board, deals, general, overBothTransports, overSocketMode } from './workspace.ts';

overBothTransports('where the outcome is posted', (open) => {
  test.each([
    ['a public channel that the bot is not in', general],
    ['a private channel that the bot is not in', board],
  ])('%s: one message, to the person, saying once how to have it there', async (_, channel) => {
    const workspace = await open();
    const { slack, deal, aws, submit, message, press } = workspace;
    deal();
    await submit('O1001', {}, { channel });
    const pending = await message('Approval pending: O1001', { channel: slack.directMessage(ana).id });
    const hint = `To have this in <#${channel}>: \`/invite @opportunity-bot\` there`;
    expect(reads(pending)).toContain(hint);
    expect(inChannel(workspace, channel)).toEqual([]);
    expect(aws.submissionsExecuted('O1001')).toBe(1);

    aws.review('AWS', 'O1001', 'In review');
    await press(pending, 'check_status');
    const reviewed = await message(/^In review at AWS: O1001/, { channel: slack.directMessage(ana).id });
    expect(reviewed.ts).toBe(pending.ts);
    aws.review('AWS', 'O1001', 'Approved');
    await press(pending, 'check_status');
    await within(workspace, MINUTE, () =>
      inDm(workspace, ana).some(({ threadTs }) => threadTs === pending.ts),
    );
    const said = inDm(workspace, ana)
      .filter(({ ephemeralTo }) => ephemeralTo === undefined)
      .map(reads);
    expect(said.filter((text) => text.includes('/invite'))).toHaveLength(1);
  });

  test('nor can the person be reached: by the command, for all to see', async () => {
    const { slack, deal, submit, message } = await open();
    deal();
    slack.injectFault({
      method: 'chat.postMessage',
      channel: ana,
      kind: { type: 'error', error: 'messages_tab_disabled' },
    });
    await submit('O1001', {}, { channel: general });
    const pending = await message('Approval pending: O1001', { channel: general, user: ben });
    expect(pending.via).toBe('response_url');
    expect(reads(pending)).toContain('`/invite @opportunity-bot`');
  });

  test.each([
    ['archived', { archived: true }],
    ['open to admins only', { restricted: true }],
  ])('the channel is %s by then, and its response_url fails: a DM to the person', async (_, state) => {
    const { slack, deal, aws, look, choose, message } = await open();
    deal();
    await look('O1001');
    slack.addChannel({
      id: deals,
      name: 'deals',
      kind: 'public',
      members: [ana, ben, slack.botUserId],
      ...state,
    });
    slack.injectFault({ method: 'response_url', kind: { type: 'http-500' } });
    await choose();
    const direct = slack.directMessage(ana).id;
    await message('Approval pending: O1001', { channel: direct });
    expect(slack.messages(deals)).toEqual([]);
    expect(slack.messages(direct)).toHaveLength(1);
    expect(aws.submissionsExecuted('O1001')).toBe(1);
  });

  test('the channel was archived after the first message: what comes then is told elsewhere', async () => {
    const { slack, deal, aws, submit, message, later } = await open();
    deal();
    aws.injectFault({
      operation: 'SubmitOpportunity',
      kind: { type: 'throttle', retryAfterMs: 40_000 },
      times: 1,
    });
    await submit('O1001');
    await message('Waiting for AWS');
    slack.archive(deals);
    slack.injectFault({ method: 'response_url', kind: { type: 'http-500' } });
    await later(41_000);
    await message('Approval pending: O1001', { channel: slack.directMessage(ana).id });
  });

  test('the bot was thrown out after the first message: what comes then is told elsewhere', async () => {
    const { slack, deal, aws, submit, message, later } = await open();
    slack.join(board, slack.botUserId);
    deal();
    aws.injectFault({
      operation: 'SubmitOpportunity',
      kind: { type: 'throttle', retryAfterMs: 40_000 },
      times: 1,
    });
    await submit('O1001', {}, { channel: board });
    await message('Waiting for AWS', { channel: board });
    slack.leave(board, slack.botUserId);
    await later(41_000);
    const direct = slack.directMessage(ana).id;
    expect(reads(await message('Approval pending: O1001', { channel: direct }))).toContain('/invite');
  });

  test('in the DM with the bot: there', async () => {
    const { slack, deal, submit, message } = await open();
    const { id: channel } = slack.directMessage(ana);
    deal();
    await submit('O1001', {}, { channel });
    await message('Approval pending: O1001', { channel });
    expect(slack.messages(channel)).toHaveLength(1);
  });

  test('in a DM of two people, which the bot can never be in: as a DM of its own', async () => {
    const { slack, deal, submit, message } = await open();
    slack.addChannel({ id: 'D07ANABEN00', name: 'directmessage', kind: 'im', members: [ana, ben] });
    deal();
    await submit('O1001', {}, { channel: 'D07ANABEN00' });
    const pending = reads(await message('Approval pending: O1001', { channel: slack.directMessage(ana).id }));
    expect(pending).toContain("can't write in the conversation where you asked");
    expect(pending).not.toContain('/invite');
  });
});

overBothTransports('when Slack does not take a message', (open) => {
  test.each([
    ['asks to wait', { type: 'rate-limit', retryAfterSeconds: 2 }],
    ['has an error of its own', { type: 'http-500' }],
    ['says something unexpected', { type: 'error', error: 'fatal_error' }],
    ['resets the connection before posting', { type: 'reset', execute: false }],
  ] as const)('%s: it is posted later, once', async (_, kind) => {
    const { slack, deal, later, submit, message } = await open();
    deal();
    slack.injectFault({ method: 'chat.postMessage', times: 1, kind });
    await submit('O1001');
    await expect.poll(() => slack.calls('chat.postMessage').length).toBeGreaterThan(0);
    await later(2500);
    await message('Approval pending: O1001');
    expect(slack.messages(deals)).toHaveLength(1);
  });

  test('posts it and the answer is lost: posted again at worst, and the newer one is kept up to date', async () => {
    const { slack, deal, later, submit, message } = await open();
    deal();
    slack.injectFault({ method: 'chat.postMessage', times: 1, kind: { type: 'reset', execute: true } });
    await submit('O1001');
    await message(/On its way|Approval/);
    await later(2000);
    await message('Approval pending: O1001');
    expect(slack.messages(deals).length).toBeLessThanOrEqual(2);
  });

  test('changes it and the answer is lost: changed again, still one message', async () => {
    const { slack, aws, deal, later, submit, message, press } = await open();
    deal();
    await submit('O1001');
    const pending = await message('Approval pending');
    slack.injectFault({ method: 'chat.update', times: 1, kind: { type: 'reset', execute: true } });
    aws.review('AWS', 'O1001', 'In review');
    await press(pending, 'check_status');
    await message('In review at AWS');
    await later(2000);
    await expect.poll(() => slack.calls('chat.update').filter(({ ok }) => ok).length).toBeGreaterThan(0);
    expect(slack.messages(deals, ben)).toHaveLength(1);
  });

  test('somebody deleted the message: a new one takes its place', async () => {
    const { slack, aws, deal, submit, message, later } = await open();
    deal();
    aws.injectFault({
      operation: 'SubmitOpportunity',
      kind: { type: 'throttle', retryAfterMs: 40_000 },
      times: 1,
    });
    await submit('O1001');
    const waiting = await message('Waiting for AWS');
    slack.deleteMessage(deals, waiting.ts);
    await later(41_000);
    await message('Approval pending: O1001');
    expect(slack.messages(deals, ben)).toHaveLength(1);
  });

  test('anywhere, for hours: the submission goes on, and is told when Slack is back', async () => {
    const { slack, aws, deal, later, submit, message } = await open();
    deal();
    const heal = [
      slack.injectFault({ method: 'chat.postMessage', kind: { type: 'http-500' } }),
      slack.injectFault({ method: 'response_url', kind: { type: 'http-500' } }),
    ];
    await submit('O1001');
    await expect.poll(() => aws.submissionsExecuted('O1001')).toBe(1);
    for (let hour = 0; hour < 3; hour += 1) {
      const tries = slack.calls('chat.postMessage').length;
      await later(60 * 60_000);
      await expect.poll(() => slack.calls('chat.postMessage').length).toBeGreaterThan(tries);
    }
    expect(slack.messages(deals)).toEqual([]);
    for (const one of heal) one();
    await later(60 * 60_000);
    await message('Approval pending: O1001');
    expect(slack.messages(deals)).toHaveLength(1);
  });

  test('across a restart: it is told by the bot that comes up', async () => {
    const { slack, aws, deal, later, submit, message, restart } = await open();
    deal();
    const heal = slack.injectFault({ method: 'chat.postMessage', kind: { type: 'http-500' } });
    await submit('O1001');
    await expect.poll(() => aws.submissionsExecuted('O1001')).toBe(1);
    await restart();
    heal();
    await later(60_000);
    await message('Approval pending: O1001');
    expect(slack.messages(deals)).toHaveLength(1);
  });

  test('at one message a second a channel: many submissions are all told, each in its own message', async () => {
    const { slack, deal, later, submit, message } = await open({ rateLimits: true });
    const ids = ['O1', 'O2', 'O3', 'O4', 'O5', 'O6', 'O7', 'O8'];
    for (const id of ids) {
      deal({ id });
      await submit(id);
    }
    for (const id of ids) {
      for (
        let second = 0;
        second < 40 && !slack.messages(deals).some((m) => reads(m).includes(`pending: ${id}\n`));
        second += 1
      ) {
        await later(1000);
        await new Promise<void>((resolve) => setImmediate(resolve));
      }
      await message(`Approval pending: ${id}\n`);
    }
    expect(slack.messages(deals)).toHaveLength(ids.length);
  });
});

overSocketMode('what is asked for from another channel', (open) => {
  test('Try again in an answer there, when the bot may post in neither: nothing of it is posted in that channel', async () => {
    const workspace = await open({ settings: { DETAIL_CHANNELS: deals } });
    const { slack, deal, aws, submit, message, command, press, modal } = workspace;
    deal({ companyName: 'Northwind Fisheries' });
    aws.injectFault(onSubmit(awsError('ValidationException'), 1));
    await submit('O1001');
    await message('AWS needs something changed first');
    await slack.closeView(ana);
    slack.leave(deals, slack.botUserId);

    await command('status O1001', { channel: general });
    await press(await message('AWS needs something changed first', { channel: general }), 'try_again');
    await modal('How should AWS be involved?');
    await slack.fillIn(ana, { lock: ['understood'] });
    await slack.submitView(ana);
    await message('Approval pending: O1001', { channel: slack.directMessage(ana).id });
    await idle(workspace);
    expect(inChannel(workspace, general)).toEqual([]);
  });
});
