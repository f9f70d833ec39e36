import fc from 'fast-check';
import type { Suggestions } from '../../../src/submissions/pick.ts';
import { hostileText } from '../hostile.ts';
import { refusals } from './refusals.ts';

const text = fc.option(hostileText, { nil: undefined });
// Of the list each is there once.
const candidates = fc.uniqueArray(
  fc.record({
    id: fc.oneof(
      fc.bigInt({ min: 0n, max: 10n ** 19n - 1n }).map((number) => `O${number}`),
      hostileText.filter((id) => id !== ''),
    ),
    companyName: text,
    deal: fc.constant({ companyName: undefined, expectedSpend: [] }),
    stage: text,
    targetCloseDate: fc.option(fc.oneof(fc.constant('2031-03-12'), hostileText), { nil: undefined }),
    searched: fc.constant(''),
  }),
  { maxLength: 130, selector: ({ id }) => id },
);
/** Everything the list can be answered with. */
export const suggestions: fc.Arbitrary<Suggestions> = fc.oneof(
  fc.record({
    type: fc.constant('found' as const),
    candidates,
    searched: fc.nat(),
    reach: fc.constantFrom('all' as const, 'bounded' as const, 'so-far' as const),
  }),
  fc.record({
    type: fc.constant('not-permitted' as const),
    why: fc.constantFrom(...refusals),
  }),
  fc.record({
    type: fc.constant('unavailable' as const),
    why: fc.constantFrom('busy' as const, 'operator' as const, 'refused' as const, 'ours' as const),
  }),
  fc.constantFrom<Suggestions>({ type: 'permission-unknown' }, { type: 'unknown-form' }),
);
