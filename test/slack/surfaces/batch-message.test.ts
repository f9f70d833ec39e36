import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { batchMessage } from '../../../src/messages/kinds/batch.ts';
import { compactMessage } from '../../../src/messages/kinds/submission.ts';
import type { Batch } from '../../../src/submissions/batches.ts';
import { explain } from '../../../src/submissions/explain.ts';
import type { Reviewed } from '../../../src/submissions/submission.ts';
import { aSubmission, at } from '../../submissions/records.ts';
import { CONFIDENTIAL, circumstances, submissions } from './arbitrary.ts';
import { DEAL_PAGE, expectSlackToTake } from './in-slack.ts';

const batch: Batch = {
  id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  createdAt: at(0),
  teamId: 'T1',
  userId: 'U1',
  channelId: 'C1',
  threadTs: undefined,
  responseUrl: undefined,
  catalog: 'AWS',
};
const bot = { catalog: 'AWS', paused: false } as const;
const shown = (records: readonly Reviewed[]) =>
  batchMessage({ ...bot, dealPage: DEAL_PAGE, batch, submissions: records });
const inStates = (...states: readonly Partial<Reviewed>[]) =>
  states.map((given, index) => aSubmission({ opportunityId: `O${index + 1}`, catalog: 'AWS', ...given }));
const headline = (records: readonly Reviewed[]) => shown(records).text;

describe('the message of a batch', () => {
  test('is taken by Slack for 25 of whatever may have come of them, and holds no deal’s details', () => {
    fc.assert(
      fc.property(fc.array(submissions, { minLength: 1, maxLength: 25 }), circumstances, (records, given) => {
        // AWS's own status is shown in any message; it is no detail of the deal.
        const plain = records.map((record) => ({ ...record, reviewStatus: 'In review' }));
        const message = batchMessage({
          ...given,
          dealPage: DEAL_PAGE,
          batch,
          submissions: plain,
          hint: 'To change that: `/invite @bot`',
        });
        expectSlackToTake(message);
        expect(JSON.stringify(message)).not.toContain(CONFIDENTIAL);
      }),
    );
  });

  test('is taken with the longest of everything', () => {
    const records = Array.from({ length: 25 }, (_, index) =>
      aSubmission({
        opportunityId: `O${'9'.repeat(17)}${10 + index}`,
        state: 'submitted',
        reviewStatus: `${index}${'<'.repeat(100)}`,
      }),
    );
    expectSlackToTake(shown(records));
  });

  test('counts each as what became of it, what AWS has first and what needs somebody last', () => {
    expect(headline(inStates({ state: 'requested' }, { state: 'sending' }))).toBe('2 waiting');
    expect(headline(inStates({ state: 'refused' }))).toBe('1 needs fixing');
    expect(
      headline(
        inStates(
          { state: 'refused' },
          { state: 'submitted' },
          { state: 'uncertain' },
          { state: 'changed' },
          { state: 'cancelled' },
          // Throttled once, and waiting again.
          { state: 'requested', sendingAt: at(1) },
          { state: 'expired', sendingAt: at(1) },
          { state: 'submitted', reviewStatus: 'Approved' },
        ),
      ),
    ).toBe('1 with AWS, 1 approved, 1 waiting, 1 not sure, 1 cancelled, 3 need fixing');
  });

  test('offers to take back the rest while some wait, and no longer', () => {
    const has = (records: readonly Reviewed[]) => JSON.stringify(shown(records)).includes('Cancel the rest');
    expect(has(inStates({ state: 'submitted' }, { state: 'requested' }))).toBe(true);
    expect(has(inStates({ state: 'submitted' }, { state: 'sending' }))).toBe(false);
  });

  test('has one button for all that need fixing, and none where nothing does', () => {
    const text = JSON.stringify(
      shown(inStates({ state: 'refused' }, { state: 'submitted' }, { state: 'changed' })),
    );
    expect(text).toContain('Fix 2 deals');
    expect(text).toContain('"value":"O1,O3"');
    expect(JSON.stringify(shown(inStates({ state: 'submitted' })))).not.toContain('Fix');
  });

  test('names those of which the same is to be said together', () => {
    const text = JSON.stringify(
      shown(inStates({ state: 'submitted' }, { state: 'cancelled' }, { state: 'submitted' })),
    );
    expect(text).toMatch(/Approval pending\*: [^,]*\|O1>, [^,]*\|O3>/);
    expect(text).toMatch(/Cancelled\*: [^,]*\|O2>/);
  });
});

test('a submission’s own message in the thread of a batch is taken by Slack, and holds no deal’s details', () => {
  fc.assert(
    fc.property(submissions, circumstances, (submission, given) => {
      const plain = { ...submission, reviewStatus: 'In review' };
      const message = compactMessage({
        dealPage: DEAL_PAGE,
        submission: plain,
        explanation: explain(plain, given),
      });
      expectSlackToTake(message);
      expect(JSON.stringify(message)).not.toContain(CONFIDENTIAL);
    }),
  );
});
