import { expect, test } from 'vitest';
import { anOpportunity } from '../../../demo/partner-central/opportunities.ts';
import { DAY, HOUR, idle, letPass, MINUTE, within } from '../passing-time.ts';
import { buttons, markup, reads } from '../words-on-screen.ts';
import { ana, ben, deals, overSocketMode, type Workspace } from '../workspace.ts';
import { inChannel, inThreads } from './thread.ts';

/** A deal that AWS has and that the bot follows. */
async function followed(workspace: Workspace, id = 'O1001'): Promise<void> {
  workspace.deal({ id });
  await workspace.submit(id);
  await workspace.message(`Approval pending: ${id}`);
  await workspace.slack.closeView(ana);
  await idle(workspace);
}

const channelReads = (workspace: Workspace, words: string) => () =>
  inChannel(workspace).some((message) => reads(message).includes(words));

overSocketMode("following AWS's review", (open) => {
  test.each([
    ['Approved', '✅', 'Approved by AWS', 'work on it with AWS now'],
    ['Rejected', '❌', 'Rejected by AWS', 'Talk to your AWS contact'],
    ['Action Required', '↩️', 'Action required', "it isn't submitted a second time"],
  ])(
    '%s: the one message follows each step, and the decision is posted once in its thread',
    async (decision, sign, headline, next) => {
      const workspace = await open();
      const { slack, aws } = workspace;
      await followed(workspace);
      const [posted] = inChannel(workspace);

      aws.review('AWS', 'O1001', 'In review');
      await within(workspace, MINUTE, channelReads(workspace, 'In review at AWS: O1001'));
      expect(inThreads(workspace)).toEqual([]);

      aws.review('AWS', 'O1001', decision);
      await within(workspace, MINUTE, channelReads(workspace, `${headline}: O1001`));
      await within(workspace, MINUTE, () => inThreads(workspace).length > 0);
      await letPass(workspace, 10 * MINUTE);

      const [message, ...others] = inChannel(workspace);
      expect(others).toEqual([]);
      expect(message?.ts).toBe(posted?.ts);
      expect(message?.edited).toBe(true);
      const [told, ...repeated] = inThreads(workspace);
      expect(repeated).toEqual([]);
      expect(told?.threadTs).toBe(posted?.ts);
      expect(told && reads(told)).toContain(`<@${ana}> ${sign} *${headline}: O1001*`);
      expect(told && reads(told)).toContain(next);
      expect(told && buttons(told)).toEqual([
        ...(decision === 'Action Required' ? ['Fix and send back'] : []),
        ...(decision === 'Rejected' ? ['See why'] : []),
      ]);
      expect(slack.messages(deals).filter(({ ephemeralTo }) => ephemeralTo === undefined)).toHaveLength(2);
    },
  );

  test('Action Required says what to do, and nothing of what AWS wrote', async () => {
    const workspace = await open();
    await followed(workspace);
    workspace.aws.review('AWS', 'O1001', 'Action Required', { comments: 'Northwind is misspelt' });
    await within(workspace, MINUTE, () => inThreads(workspace).length > 0);
    const shown = [...inChannel(workspace), ...inThreads(workspace)].map(reads).join('\n');
    expect(shown).toContain('asks for changes');
    expect(shown).not.toContain('Northwind');
  });

  test('sent back twice, edited elsewhere each time, then approved: every round is told', async () => {
    const workspace = await open();
    const { aws } = workspace;
    await followed(workspace);
    for (const status of ['In review', 'Action Required', 'In review', 'Action Required', 'Submitted']) {
      aws.review('AWS', 'O1001', status);
      await letPass(workspace, MINUTE);
    }
    expect(channelReads(workspace, 'Approval pending: O1001')()).toBe(true);
    aws.review('AWS', 'O1001', 'In review');
    await letPass(workspace, MINUTE);
    aws.review('AWS', 'O1001', 'Approved');
    await letPass(workspace, 2 * MINUTE);
    expect(inChannel(workspace)).toHaveLength(1);
    expect(inThreads(workspace).map((message) => message.text)).toEqual([
      'Action required: O1001',
      'Action required: O1001',
      'Approved by AWS: O1001',
    ]);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
  });

  test('AWS takes a decision back: the message says what AWS says', async () => {
    const workspace = await open();
    await followed(workspace);
    workspace.aws.review('AWS', 'O1001', 'Rejected');
    await letPass(workspace, MINUTE);
    workspace.aws.review('AWS', 'O1001', 'Approved');
    await within(workspace, MINUTE, channelReads(workspace, 'Approved by AWS: O1001'));
    await within(workspace, MINUTE, () => inThreads(workspace).length === 2);
    expect(inThreads(workspace).map(({ text }) => text)).toEqual([
      'Rejected by AWS: O1001',
      'Approved by AWS: O1001',
    ]);
  });

  test.each(['Disqualified', 'Escalated <!channel> & *more*'])(
    'a status nobody knows (%s) is shown as it is by the next sweep, and calls nobody',
    async (status) => {
      const workspace = await open();
      await followed(workspace);
      workspace.aws.review('AWS', 'O1001', status);
      await within(
        workspace,
        7 * HOUR,
        channelReads(workspace, `AWS says: ${status.split(' ')[0]}`),
        10 * MINUTE,
      );
      const [message] = inChannel(workspace);
      expect(message && markup(message)).not.toContain('<!channel>');
      expect(message && markup(message)).not.toContain('*more*');
      expect(inThreads(workspace)).toEqual([]);
      workspace.aws.review('AWS', 'O1001', 'Approved');
      await within(workspace, MINUTE, () => inThreads(workspace).length > 0);
    },
  );

  test('In-Review is In review, however it is spelt', async () => {
    const workspace = await open();
    await followed(workspace);
    workspace.aws.review('AWS', 'O1001', 'In-Review');
    await within(workspace, 7 * HOUR, channelReads(workspace, 'In review at AWS: O1001'), 10 * MINUTE);
    await letPass(workspace, MINUTE);
    expect(inThreads(workspace)).toEqual([]);
  });

  test('a later request for it came to nothing: the review is shown and followed all the same', async () => {
    const workspace = await open();
    const { aws, slack } = workspace;
    workspace.deal();
    await workspace.look('O1001');
    await workspace.look('O1001', { user: ben });
    await workspace.choose();
    await workspace.message('Approval pending: O1001');
    const heal = aws.injectFault({ operation: 'GetOpportunity', kind: { type: 'throttle' } });
    await workspace.choose({}, { user: ben });
    await workspace.press(await workspace.message('Waiting for AWS'), 'cancel_submission', { user: ben });
    await workspace.message('Cancelled: O1001');
    heal();
    await letPass(workspace, MINUTE);

    await slack.closeView(ana);
    await workspace.command('status O1001');
    const answer = await workspace.message("AWS's review says", { user: ana });
    expect(reads(answer)).toContain('Approval pending');
    aws.review('AWS', 'O1001', 'Approved', { keepLastModifiedDate: true });
    await workspace.press(inChannel(workspace)[0] ?? expect.fail(), 'check_status');
    await within(workspace, MINUTE, () => inThreads(workspace).length === 1);
  });

  test('a list that lags behind what was read of the opportunity itself takes nothing back, and tells nothing twice', async () => {
    const workspace = await open();
    const { aws } = workspace;
    await followed(workspace);
    aws.review('AWS', 'O1001', 'In review');
    await within(workspace, MINUTE, channelReads(workspace, 'In review at AWS: O1001'));
    const lagging = aws.opportunity('AWS', 'O1001')?.opportunity;
    aws.review('AWS', 'O1001', 'Approved', { keepLastModifiedDate: true });
    await workspace.press(inChannel(workspace)[0] ?? expect.fail(), 'check_status');
    await within(workspace, MINUTE, () => inThreads(workspace).length > 0);
    aws.injectFault({
      operation: 'ListOpportunities',
      times: 2,
      kind: { type: 'error', name: 'None', status: 200, body: { OpportunitySummaries: [lagging] } },
    });
    await letPass(workspace, 2 * MINUTE);
    expect(channelReads(workspace, 'Approved by AWS: O1001')()).toBe(true);
    await letPass(workspace, 7 * HOUR, 10 * MINUTE);
    expect(inThreads(workspace)).toHaveLength(1);
    // Taken back in earnest it is known, by the sweep at the latest.
    aws.review('AWS', 'O1001', 'In review', { keepLastModifiedDate: true });
    await within(workspace, 7 * HOUR, channelReads(workspace, 'In review at AWS: O1001'), 10 * MINUTE);
  });

  test('a list that spells a decision otherwise than the opportunity itself tells it no second time', async () => {
    const workspace = await open();
    const { aws } = workspace;
    await followed(workspace);
    aws.review('AWS', 'O1001', 'Action Required');
    await within(workspace, MINUTE, () => inThreads(workspace).length > 0);
    aws.review('AWS', 'O1001', 'ACTION_REQUIRED', { keepLastModifiedDate: true });
    await workspace.press(inChannel(workspace)[0] ?? expect.fail(), 'check_status');
    await letPass(workspace, 7 * HOUR, 10 * MINUTE);
    expect(inThreads(workspace)).toHaveLength(1);
  });

  test('a review that leaves LastModifiedDate as it was is found by the sweep', async () => {
    const workspace = await open();
    await followed(workspace);
    await letPass(workspace, 10 * MINUTE, MINUTE);
    workspace.aws.review('AWS', 'O1001', 'Approved', { keepLastModifiedDate: true });
    await letPass(workspace, HOUR, MINUTE);
    expect(inThreads(workspace)).toEqual([]);
    await within(workspace, 6 * HOUR + MINUTE, channelReads(workspace, 'Approved by AWS: O1001'), 5 * MINUTE);
    await within(workspace, MINUTE, () => inThreads(workspace).length === 1);
  });

  test('AWS moves an opportunity back to Pending Submission: the message says so, and nothing is sent again', async () => {
    const workspace = await open();
    await followed(workspace);
    await letPass(workspace, HOUR, 10 * MINUTE);
    workspace.aws.review('AWS', 'O1001', 'Pending Submission');
    await within(workspace, 7 * HOUR, channelReads(workspace, 'Back to Pending Submission'), 10 * MINUTE);
    expect(workspace.aws.requests('SubmitOpportunity')).toHaveLength(1);
  });

  test.each([
    ['cannot answer', { type: 'html-503', execute: false }],
    ['throttles', { type: 'throttle', retryAfterMs: 20_000 }],
    ['rejects the credentials', { type: 'error', name: 'UnrecognizedClientException' }],
  ] as const)(
    'AWS %s for hours: the decision is told within a minute once it is well again',
    async (_, kind) => {
      const workspace = await open();
      const { aws } = workspace;
      await followed(workspace);
      const heal = aws.injectFault({ operation: 'ListOpportunities', kind });
      aws.review('AWS', 'O1001', 'Approved');
      const before = aws.requests('ListOpportunities').length;
      await letPass(workspace, 3 * HOUR, MINUTE);
      expect(aws.requests('ListOpportunities').length - before).toBeLessThan(4 * 180);
      expect(inThreads(workspace)).toEqual([]);
      heal();
      await within(workspace, MINUTE, () => inThreads(workspace).length === 1);
    },
  );

  test('AWS could not be asked when the sweep was due: it is not put off for another six hours', async () => {
    const workspace = await open();
    const { aws } = workspace;
    await followed(workspace);
    await letPass(workspace, 10 * MINUTE, MINUTE);
    aws.review('AWS', 'O1001', 'Approved', { keepLastModifiedDate: true });
    const heal = aws.injectFault({
      operation: 'ListOpportunities',
      kind: { type: 'html-503', execute: false },
    });
    await letPass(workspace, 7 * HOUR, 10 * MINUTE);
    heal();
    await within(workspace, HOUR, () => inThreads(workspace).length === 1, 5 * MINUTE);
  });

  test('the bot was away for days: the first poll finds what was decided meanwhile', async () => {
    const workspace = await open();
    const { aws } = workspace;
    await followed(workspace, 'O1001');
    await followed(workspace, 'O1002');
    await letPass(workspace, MINUTE);
    await workspace.end();
    aws.review('AWS', 'O1001', 'In review');
    workspace.clock.jump(2 * DAY);
    aws.review('AWS', 'O1001', 'Approved');
    aws.review('AWS', 'O1002', 'Rejected');
    workspace.clock.jump(3 * DAY);
    await workspace.begin();
    await within(workspace, MINUTE, () => inThreads(workspace).length === 2);
    expect(channelReads(workspace, 'Approved by AWS: O1001')()).toBe(true);
    expect(channelReads(workspace, 'Rejected by AWS: O1002')()).toBe(true);
  });

  test('weeks of review: every step is told once, and AWS is asked no more than the polls and sweeps need', async () => {
    const workspace = await open();
    const { aws } = workspace;
    await followed(workspace);
    await letPass(workspace, 5 * DAY, 2 * HOUR);
    aws.review('AWS', 'O1001', 'In review');
    await letPass(workspace, 14 * DAY, 2 * HOUR);
    aws.review('AWS', 'O1001', 'Approved');
    await letPass(workspace, 7 * DAY, 2 * HOUR);
    expect(inThreads(workspace).map(({ text }) => text)).toEqual(['Approved by AWS: O1001']);
    expect(inChannel(workspace)).toHaveLength(1);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
    // Beside one for each look for AWS's people, who may stand in either answer.
    const looks = aws.requests('GetAwsOpportunitySummary').length;
    expect(aws.requests('GetOpportunity').length - looks).toBeLessThan(5);
  });

  test('a quiet poll is one request, however many opportunities AWS is reviewing', async () => {
    const workspace = await open();
    const { aws, clock } = workspace;
    for (let number = 0; number < 300; number += 1) {
      aws.seed(
        anOpportunity({
          id: `O${5000 + number}`,
          now: new Date(clock.now().getTime() - number * HOUR),
          catalog: 'AWS',
          reviewStatus: 'In review',
        }),
      );
    }
    await followed(workspace);
    await letPass(workspace, MINUTE);
    const before = aws.requests().length;
    await letPass(workspace, 30 * MINUTE, 10_000);
    const asked = aws.requests().slice(before);
    expect(asked.every(({ operation }) => operation === 'ListOpportunities')).toBe(true);
    expect(asked.length).toBeGreaterThanOrEqual(30);
    expect(asked.length).toBeLessThanOrEqual(36);
    expect(inChannel(workspace)).toHaveLength(1);
  });

  test('three hundred that were changed together, by an import, are not read again with every poll', async () => {
    const workspace = await open();
    const { aws, clock } = workspace;
    for (let number = 0; number < 300; number += 1) {
      aws.seed(
        anOpportunity({
          id: `O${5000 + number}`,
          now: clock.now(),
          catalog: 'AWS',
          reviewStatus: 'Approved',
        }),
      );
    }
    await followed(workspace);
    await letPass(workspace, HOUR, MINUTE);
    const before = aws.requests('ListOpportunities').length;
    await letPass(workspace, 30 * MINUTE, 10_000);
    expect(aws.requests('ListOpportunities').length - before).toBeLessThanOrEqual(36);
  });

  test('more than a page of decisions at once are all told', async () => {
    const workspace = await open();
    const { aws, clock } = workspace;
    await followed(workspace);
    for (let number = 0; number < 250; number += 1) {
      aws.seed(
        anOpportunity({
          id: `O${5000 + number}`,
          now: clock.now(),
          catalog: 'AWS',
          reviewStatus: 'Approved',
        }),
      );
    }
    for (let number = 0; number < 250; number += 1) aws.review('AWS', `O${5000 + number}`, 'Approved');
    aws.review('AWS', 'O1001', 'Approved');
    await within(workspace, MINUTE, () => inThreads(workspace).length === 1, 1000);
  });

  test('opportunities that this bot did not submit are nobody else’s news', async () => {
    const workspace = await open();
    const { aws, deal, slack } = workspace;
    await followed(workspace);
    deal({ id: 'O2002', reviewStatus: 'Submitted' });
    deal({ id: 'O2003', catalog: 'Sandbox', reviewStatus: 'Submitted' });
    const calls = slack.calls('chat.postMessage').length;
    aws.review('AWS', 'O2002', 'Approved');
    aws.review('Sandbox', 'O2003', 'Rejected');
    await letPass(workspace, 10 * MINUTE);
    expect(slack.calls('chat.postMessage')).toHaveLength(calls);
    expect(slack.messages(deals).some((message) => reads(message).includes('O200'))).toBe(false);
  });
});
