import { expect, test } from 'vitest';
import { awsError, type FaultKind, onSubmit } from './aws-faults.ts';
import { MINUTE } from './passing-time.ts';
import { buttons, reads } from './words-on-screen.ts';
import { ana, deals, overBothTransports } from './workspace.ts';

/** Found by reading: AWS has it, and nobody is credited. */
const FOUND = "AWS has it; we can't tell whose request did it: O1001";

/** After each of these nobody knows whether AWS took it: only reading tells. */
const DOUBTS: readonly (readonly [string, (execute: boolean) => FaultKind])[] = [
  ['an internal error', (execute) => awsError('InternalServerException', { execute })],
  ['unavailability', (execute) => awsError('ServiceUnavailable', { status: 503, execute })],
  ["a gateway's page", (execute) => ({ type: 'html-503', execute })],
  ['an answer that is cut off', (execute) => ({ type: 'truncated-body', execute })],
  ['an empty answer without a request ID', (execute) => ({ type: 'empty-body', execute })],
  ['an answer that AWS never gives', (execute) => ({ type: 'odd-200', execute })],
  ['a reset', (execute) => ({ type: 'reset', execute })],
  ['no answer at all', (execute) => ({ type: 'hang', execute })],
];

overBothTransports('when nobody knows whether AWS took it', (open) => {
  test.each(DOUBTS)('%s, and AWS had taken it: found out by reading, sent once', async (_, kind) => {
    const { deal, slack, aws, later, submit, message } = await open({ timeouts: { firstByteMs: 100 } });
    deal();
    aws.injectFault(onSubmit(kind(true)));
    await submit('O1001');
    const doubt = await message('Not sure AWS got it: O1001');
    expect(reads(doubt)).toContain("won't send it twice");
    expect(buttons(doubt)).not.toContain('Try again');
    await later(5_000);
    expect((await message(FOUND)).ts).toBe(doubt.ts);
    expect(slack.messages(deals)).toHaveLength(1);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
    expect(aws.submissionsExecuted('O1001')).toBe(1);
  });

  test.each(DOUBTS)(
    '%s, and AWS had not: said only after 15 minutes, never sent again by itself',
    async (_, kind) => {
      const { deal, slack, aws, later, submit, message, press, modal } = await open({
        timeouts: { firstByteMs: 100 },
      });
      deal();
      const heal = aws.injectFault(onSubmit(kind(false)));
      await submit('O1001', { involvement: 'For Visibility Only', visibility: 'Limited' });
      await message('Not sure AWS got it: O1001');
      heal();
      const askedBefore = aws.requests('GetOpportunity').length;
      await later(10 * MINUTE);
      await expect.poll(() => aws.requests('GetOpportunity').length).toBeGreaterThan(askedBefore);
      await message('Not sure AWS got it');
      await later(6 * MINUTE);
      const unseen = await message('Probably not submitted: O1001');
      expect(reads(unseen)).toContain('AWS still shows Pending Submission');
      expect(aws.requests('SubmitOpportunity')).toHaveLength(1);

      await press(unseen, 'try_again');
      await modal('How should AWS be involved?');
      await slack.fillIn(ana, { lock: ['understood'] });
      await slack.submitView(ana);
      await message('Approval pending: O1001');
      expect(aws.submissionsExecuted('O1001')).toBe(1);
    },
  );

  test('AWS took it with other choices than ours: credited to nobody', async () => {
    const { deal, aws, later, submit, message } = await open();
    deal();
    aws.injectFault(onSubmit({ type: 'reset', execute: false }));
    await submit('O1001');
    await message('Not sure AWS got it');
    deal({ reviewStatus: 'Submitted', involvementType: 'For Visibility Only', visibility: 'Full' });
    await later(5_000);
    const found = reads(await message(FOUND));
    expect(found).toContain('AWS shows it as For Visibility Only, Full.');
  });

  test('AWS took it, and its choices cannot be read: said, credited to nobody', async () => {
    const { deal, aws, later, submit, message } = await open();
    deal();
    aws.injectFault(onSubmit({ type: 'reset', execute: true }));
    await submit('O1001');
    await message('Not sure AWS got it');
    aws.injectFault({ operation: 'GetAwsOpportunitySummary', kind: awsError('AccessDeniedException') });
    await later(5_000);
    expect(reads(await message(FOUND))).not.toContain('AWS shows it as');
  });

  test('reading fails too: it goes on looking until it knows', async () => {
    const { deal, aws, later, submit, message } = await open();
    deal();
    aws.injectFault(onSubmit({ type: 'reset', execute: true }));
    await submit('O1001');
    await message('Not sure AWS got it');
    const heal = aws.injectFault({ operation: 'GetOpportunity', kind: { type: 'html-503', execute: false } });
    await later(20 * MINUTE);
    const before = aws.requests('GetOpportunity').length;
    await later(20 * MINUTE);
    await expect.poll(() => aws.requests('GetOpportunity').length).toBeGreaterThan(before);
    await message('Not sure AWS got it');
    heal();
    await later(20 * MINUTE);
    await message(FOUND);
  });

  test('Check status while it is looked for looks at once', async () => {
    const { deal, aws, submit, message, press } = await open();
    deal();
    aws.injectFault(onSubmit({ type: 'reset', execute: true }));
    await submit('O1001');
    await press(await message('Not sure AWS got it'), 'check_status');
    await message("AWS's review says: *Submitted*");
    await message(FOUND);
  });

  test('it was found to be submitted later than we believed: the message says so', async () => {
    const { deal, aws, later, submit, message, press } = await open();
    deal();
    aws.injectFault(onSubmit({ type: 'reset', execute: false }));
    await submit('O1001');
    await message('Not sure AWS got it');
    await later(16 * MINUTE);
    const unseen = await message('Probably not submitted');
    deal({ reviewStatus: 'Submitted', involvementType: 'Co-Sell', visibility: 'Full' });
    await press(unseen, 'check_status');
    await message(FOUND);
  });
});
