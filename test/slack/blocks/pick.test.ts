import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readOptions } from '../../../demo/slack/answers.ts';
import { pickOptions } from '../../../src/slack/blocks/pick.ts';
import { parseOpportunityId } from '../../../src/slack/command-text.ts';
import type { Suggestions } from '../../../src/submissions/pick.ts';
import { hostileText } from '../hostile.ts';

const text = fc.option(hostileText, { nil: undefined });
const candidates = fc.array(
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
  { maxLength: 130 },
);
const suggestions: fc.Arbitrary<Suggestions> = fc.oneof(
  fc.record({
    type: fc.constant('found' as const),
    candidates,
    searched: fc.nat(),
    reach: fc.constantFrom('all' as const, 'bounded' as const, 'so-far' as const),
  }),
  fc.record({
    type: fc.constant('not-permitted' as const),
    why: fc.constantFrom(
      'guest' as const,
      'other-workspace' as const,
      'not-listed' as const,
      'channel' as const,
    ),
  }),
  fc.record({
    type: fc.constant('unavailable' as const),
    why: fc.constantFrom('busy' as const, 'operator' as const, 'refused' as const, 'ours' as const),
  }),
  fc.constantFrom<Suggestions>({ type: 'permission-unknown' }, { type: 'unknown-form' }),
);
const typedId = fc.option(fc.constantFrom('O1', 'O1234567890123456789'), { nil: undefined });

test('Slack shows the list whatever is in it', () => {
  fc.assert(
    fc.property(suggestions, typedId, (given, typed) => {
      const answer: unknown = JSON.parse(JSON.stringify(pickOptions(given, typed)));
      expect(readOptions(answer)).toMatchObject({ ok: true });
    }),
    { numRuns: 200 },
  );
});

test('a line is an opportunity with its whole ID in it, or its value is no ID', () => {
  fc.assert(
    fc.property(suggestions, typedId, (given, typed) => {
      const answer = pickOptions(given, typed);
      const options =
        'options' in answer ? answer.options : answer.option_groups.flatMap((group) => group.options);
      for (const { value = '', text } of options) {
        const id = parseOpportunityId(value);
        if (id !== undefined && id === value) expect(text.text.endsWith(id)).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});

test('no word of ours is cut off', () => {
  fc.assert(
    fc.property(suggestions, typedId, (given, typed) => {
      fc.pre(given.type !== 'found' || given.candidates.length === 0);
      expect(JSON.stringify(pickOptions(given, typed))).not.toContain('…');
    }),
  );
});
