import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readOptions } from '../../../demo/slack/answers.ts';
import { pickOptions } from '../../../src/slack/forms/pick.ts';
import { parseOpportunityId } from '../../../src/slack/opportunity-ids.ts';
import { suggestions } from './arbitrary-suggestions.ts';

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
