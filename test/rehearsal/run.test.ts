import { expect, test } from 'vitest';
import { CLAIMS } from '../../rehearsal/claims/index.ts';
import { clear } from '../../rehearsal/clear.ts';
import { rehearse, surroundingsOf } from '../../rehearsal/run.ts';
import { standIn } from './rehearsals.ts';

const MINUTE_MS = 60_000;
const some = CLAIMS.filter(({ id }) => /^(submit-without|submission-alone|status)-/.test(id));
const few = CLAIMS.filter(({ id }) => id === 'summary-before-submission');

test('an AWS that takes 12 s for each answer: it ends within ten minutes, says what it left out, and the next run closes the rest', async () => {
  const { aws, clock, begin } = await standIn();
  aws.injectFault({ kind: { type: 'latency', ms: 12_000 } });
  const play = begin();
  const { looked, ended } = await rehearse(some, play);
  expect(clock.monotonic()).toBeLessThan(10 * MINUTE_MS);
  expect(looked.at(-1)?.verdict).toEqual({ outcome: "can't be told", seen: 'the time was up' });
  expect(ended).toBe('the time is up');
  expect(play.notebook.entries().some(({ settled }) => settled === undefined)).toBe(true);

  aws.clearFaults();
  const next = begin();
  await clear(surroundingsOf(next), next.tell);
  expect(next.notebook.entries().filter(({ settled }) => settled === undefined)).toEqual([]);
});

test('a request that is throttled is made again, after as long as AWS says', async () => {
  const { aws, begin } = await standIn();
  aws.injectFault({
    operation: 'CreateOpportunity',
    times: 2,
    kind: { type: 'throttle', retryAfterMs: 2_500 },
  });
  const { looked } = await rehearse(few, begin());
  expect(looked.map(({ verdict }) => verdict.outcome)).toEqual(['holds']);
  const [first, second] = aws.requests('CreateOpportunity').map(({ at }) => at);
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(2_500);
});

test('credentials that AWS does not take end it in words', async () => {
  const { aws, begin } = await standIn();
  aws.injectFault({ kind: { type: 'error', name: 'UnrecognizedClientException' } });
  const { looked, ended } = await rehearse(few, begin());
  expect(looked).toEqual([]);
  expect(ended).toMatch(/^AWS takes nothing from here/);
});

test('a submission whose answer is lost is not sent again: it can’t be told, and the deal is closed', async () => {
  const { aws, begin } = await standIn();
  aws.injectFault({ operation: 'SubmitOpportunity', kind: { type: 'reset', execute: true } });
  const play = begin();
  const { looked } = await rehearse(
    CLAIMS.filter(({ id }) => id === 'submit-without-contacts'),
    play,
  );
  expect(looked.map(({ verdict }) => verdict.outcome)).toEqual(["can't be told"]);
  expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
  expect(play.notebook.entries().map(({ settled }) => settled)).toEqual(['closed']);
});
