import { expect, test } from 'vitest';
import { awsError, type FaultKind, onSubmit } from './aws-faults.ts';
import { letPass, MINUTE, within } from './passing-time.ts';
import { buttons, reads } from './words-on-screen.ts';
import { ben, deals, gus, overBothTransports } from './workspace.ts';

overBothTransports('when it cannot be sent just now', (open) => {
  test('AWS throttles: the message says that it waits, and it goes out by itself when AWS said', async () => {
    const { deal, aws, later, submit, message } = await open();
    deal();
    aws.injectFault(onSubmit({ type: 'throttle', retryAfterMs: 120_000 }, 1));
    await submit('O1001');
    const waiting = await message('Waiting for AWS: O1001');
    expect(reads(waiting)).toContain('AWS is busy');
    expect(buttons(waiting)).toContain('Cancel');
    await later(119_000 - 10_000);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
    await later(12_000);
    await message('Approval pending: O1001');
    expect(aws.submissionsExecuted('O1001')).toBe(1);
  });

  test('it says when the next try is, and Try now tries before that, once in ten seconds, for whoever may submit', async () => {
    const { deal, aws, slack, clock, submit, message, press } = await open();
    deal();
    const heal = aws.injectFault(onSubmit({ type: 'throttle', retryAfterMs: 120_000 }));
    await submit('O1001');
    const waiting = await message('Waiting for AWS: O1001');
    expect(buttons(waiting)).toEqual(['Try now', 'Cancel']);
    const [, seconds] = /next try <!date\^(\d+)\^\{time\}/.exec(reads(waiting)) ?? [];
    expect(Number(seconds) * 1000 - clock.now().getTime()).toBeGreaterThan(60_000);

    await press(waiting, 'try_now', { user: gus });
    await message("Guests can't", { user: gus });
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
    await press(waiting, 'try_now', { user: ben });
    await message('Trying now', { user: ben });
    await expect.poll(() => aws.requests('SubmitOpportunity').length).toBe(2);
    await press(waiting, 'try_now', { user: ben });
    await message('It was tried just now', { user: ben });
    heal();
    clock.jump(10_000);
    await press(waiting, 'try_now');
    await message('Approval pending: O1001');
    expect(aws.submissionsExecuted('O1001')).toBe(1);
    expect(slack.messages(deals).filter(({ ephemeralTo }) => ephemeralTo === undefined)).toHaveLength(1);
  });

  test('Try now where the bot cannot sign in: tried at once', async () => {
    const { deal, aws, submit, message, press } = await open();
    deal();
    const heal = aws.injectFault(onSubmit(awsError('UnrecognizedClientException')));
    await submit('O1001');
    const waiting = await message("Waiting: the bot can't sign in to AWS: O1001");
    expect(buttons(waiting)).toEqual(['Try now', 'Cancel']);
    heal();
    await press(waiting, 'try_now');
    await message('Approval pending: O1001');
    expect(aws.submissionsExecuted('O1001')).toBe(1);
  });

  test.each<FaultKind>([
    { type: 'reset', execute: true },
    { type: 'reset', execute: false },
  ])(
    'Try now, pressed in a message that is behind, sends nothing again of which nobody knows (%o)',
    async (kind) => {
      const { deal, aws, slack, later, submit, message } = await open();
      deal();
      aws.injectFault(onSubmit({ type: 'throttle', retryAfterMs: 60_000 }, 1));
      await submit('O1001');
      const waiting = await message('Waiting for AWS: O1001');
      aws.injectFault(onSubmit(kind));
      await later(62_000);
      await message('Not sure AWS got it');
      const sent = aws.requests('SubmitOpportunity').length;
      await slack.clickButton({
        user: ben,
        channel: deals,
        ts: waiting.ts,
        actionId: 'try_now',
        seen: waiting,
      });
      await message("It isn't waiting for AWS any more", { user: ben });
      await later(1000);
      expect(aws.requests('SubmitOpportunity')).toHaveLength(sent);
      expect(aws.submissionsExecuted('O1001')).toBeLessThanOrEqual(1);
    },
  );

  test('AWS could not be reached for long, and answers again: what waits goes out in seconds', async () => {
    const workspace = await open();
    const { deal, aws, look, choose, message } = workspace;
    deal();
    await look('O1001');
    const heal = aws.injectFault({ operation: 'GetOpportunity', kind: { type: 'html-503', execute: false } });
    await choose();
    await message('Waiting for AWS: O1001');
    await letPass(workspace, 10 * MINUTE, 10_000);
    heal();
    const ms = await within(workspace, MINUTE, () => aws.submissionsExecuted('O1001') === 1, 1000);
    expect(ms).toBeLessThanOrEqual(16_000);
    await message('Approval pending: O1001');
  });

  test('while it waits it can be taken back, and is not sent', async () => {
    const { deal, aws, later, submit, message, press } = await open();
    deal();
    aws.injectFault(onSubmit({ type: 'throttle', retryAfterMs: 120_000 }, 1));
    await submit('O1001');
    await press(await message('Waiting for AWS'), 'cancel_submission');
    await message('Taken back: it was not sent.');
    const cancelled = await message('Cancelled: O1001');
    expect(buttons(cancelled)).toEqual([]);
    await later(60 * MINUTE);
    await message('Cancelled: O1001');
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
    expect(aws.submissionsExecuted('O1001')).toBe(0);
  });

  test('for a whole day: it is dropped, and the message says so', async () => {
    const { deal, aws, later, look, choose, message } = await open();
    deal();
    await look('O1001');
    aws.injectFault({ operation: 'GetOpportunity', kind: { type: 'throttle' } });
    await choose();
    await message('Waiting for AWS');
    await later(25 * 60 * MINUTE);
    const expired = await message('Not sent within 24 hours: O1001');
    expect(buttons(expired)).toContain('Try again');
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });

  test.each<readonly [string, FaultKind]>([
    ['AWS is unavailable', awsError('ServiceUnavailable')],
    ['a gateway answers', { type: 'html-503', execute: false }],
    ['the connection is reset', { type: 'reset', execute: false }],
    ['AWS does not answer', { type: 'hang', execute: false }],
    ['AWS throttles', { type: 'throttle' }],
  ])('%s at the read before sending: nothing was sent, and it goes out once AWS answers', async (_, kind) => {
    const { deal, aws, later, look, choose, message } = await open({ timeouts: { firstByteMs: 100 } });
    deal();
    await look('O1001');
    const heal = aws.injectFault({ operation: 'GetOpportunity', kind });
    await choose();
    expect(reads(await message('Waiting for AWS: O1001'))).toContain('Nothing has been submitted yet.');
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
    heal();
    await later(2 * MINUTE);
    await message('Approval pending: O1001');
    expect(aws.submissionsExecuted('O1001')).toBe(1);
  });

  test.each<readonly [string, FaultKind, string]>([
    [
      'AWS does not know the credentials',
      awsError('UnrecognizedClientException'),
      "the bot can't sign in to AWS",
    ],
    ['the credentials expired', awsError('ExpiredTokenException'), "the bot can't sign in to AWS"],
    [
      'the signature is wrong',
      awsError('InvalidSignatureException'),
      "AWS doesn't accept the bot's signature",
    ],
    [
      'the signature is too old',
      awsError('InvalidSignatureException', {
        message: 'Signature expired: 20261122T1 is now earlier than 20261122T2',
      }),
      "the bot's clock is wrong",
    ],
    ['the request expired', awsError('RequestExpired'), "the bot's clock is wrong"],
    ['the account is not opted in', awsError('OptInRequired'), "the AWS account isn't set up for this"],
  ])(
    '%s: whoever runs the bot must act; it is kept, and goes out when it works again',
    async (_, kind, words) => {
      const { deal, aws, later, submit, message } = await open();
      deal();
      const heal = aws.injectFault(onSubmit(kind));
      await submit('O1001');
      const waiting = reads(await message(`Waiting: ${words}: O1001`));
      expect(waiting).toContain('Nothing has been submitted yet.');
      expect(waiting).toContain('Please tell whoever runs this bot');
      expect(aws.submissionsExecuted('O1001')).toBe(0);
      heal();
      await later(MINUTE);
      await message('Approval pending: O1001');
      expect(aws.submissionsExecuted('O1001')).toBe(1);
    },
  );

  test('AWS lets the bot in again, and Slack cannot say just then whether the person still may: it no longer says that it cannot sign in', async () => {
    const { slack, deal, aws, later, submit, message } = await open();
    deal();
    const heal = aws.injectFault(onSubmit(awsError('UnrecognizedClientException')));
    await submit('O1001');
    await message("Waiting: the bot can't sign in to AWS: O1001");
    heal();
    const silent = slack.injectFault({ method: 'users.info', kind: { type: 'http-500' } });
    await later(MINUTE);
    await message('On its way to AWS: O1001');
    expect(aws.submissionsExecuted('O1001')).toBe(0);
    silent();
    await later(2 * MINUTE);
    await message('Approval pending: O1001');
    expect(aws.submissionsExecuted('O1001')).toBe(1);
  });

  test("many at once stay within AWS's quota, and all go out", async () => {
    const { deal, aws, later, submit, message } = await open({
      quotas: true,
      settings: { SUBMITS_PER_SECOND: '1' },
    });
    const ids = ['O11', 'O12', 'O13', 'O14'];
    for (const id of ids) {
      deal({ id });
      await submit(id);
      // As long as people take, so that their looks alone stay within the quota of reads.
      await later(1100);
    }
    for (let second = 0; second < 10; second += 1) await later(1100);
    for (const id of ids) await message(`Approval pending: ${id}`);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(ids.length);
  });

  test('credentials that expired just now are fetched again, and nobody notices', async () => {
    const { deal, aws, submit, message } = await open();
    deal();
    aws.injectFault(onSubmit(awsError('ExpiredTokenException'), 1));
    await submit('O1001');
    await message('Approval pending: O1001');
    expect(aws.submissionsExecuted('O1001')).toBe(1);
  });
});
