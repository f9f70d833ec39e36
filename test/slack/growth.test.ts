import { describe, expect, test } from 'vitest';
import { readable } from '../../src/aws/values.ts';
import {
  isTooLong,
  opportunityIdsIn,
  opportunityIdsInMessage,
  parseOpenFormValue,
  parseOpportunityId,
  parseOpportunityIds,
  plainText,
} from '../../src/slack/opportunity-ids.ts';
import { foreign } from '../../src/slack/text.ts';

/**
 * What takes text from outside before anybody's right is asked takes time in proportion to it, also beside a length that
 * is refused: ten times the text less than thirty times the time, where by the square it would be a hundred times.
 * `npm run check:regular-expressions` asks the same of every expression by itself.
 */

const SHORT = 4000;
const TIMES = 10;
const LINEAR = 30;
/** Milliseconds that count as none: below them the machine's other work decides. */
const NOTHING = 1;

const took = (read: () => unknown): number => {
  const before = performance.now();
  read();
  return performance.now() - before;
};

/** How many times longer the long one takes: the best of some tries, side by side, since the machine has other work. Below `enough` no further ones are needed. */
function growth(short: () => unknown, long: () => unknown, enough: number): number {
  let [shortest, longest] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < 8; round += 1) {
    shortest = Math.min(shortest, took(short));
    longest = Math.min(longest, took(long));
    if (longest < enough * Math.max(shortest, NOTHING / LINEAR)) break;
  }
  return longest / Math.max(shortest, NOTHING / LINEAR);
}

const upTo = (length: number, unit: string, end = ''): string =>
  unit.repeat(Math.ceil(length / unit.length)).slice(0, length) + end;

const texts: readonly (readonly [string, (length: number) => string])[] = [
  ['digits', (length) => `O1 O2 ${upTo(length, '1')}!x`],
  ['angle brackets', (length) => upTo(length, '<')],
  ['beginnings of mentions', (length) => upTo(length, '<@')],
  ['beginnings of links', (length) => upTo(length, '<a|')],
  ['links', (length) => upTo(length, '<https://x.example/O1|O2>')],
  ['punctuation', (length) => `O1 O2 1${upTo(length, '.')}x`],
  ['quotes', (length) => upTo(length, '"', 'x')],
  ['escapes', (length) => upTo(length, '&amp;')],
  ['dots between digits', (length) => `O1 O2 ${upTo(length, 'O1.')}x`],
  ['underscores', (length) => `_${upTo(length, 'O1_')}x`],
  ['spaces', (length) => `status${upTo(length / 2, ' ')}O1 ${upTo(length / 2, ' ')}x`],
  ['IDs', (length) => upTo(length, 'O1 ')],
  ['other IDs', (length) => Array.from({ length: length / 6 }, (_, index) => `O${index}`).join(' ')],
  ['the letter O', (length) => upTo(length, 'O')],
  ['what nobody sees', (length) => `O${upTo(length, '\u200b')}1`],
  ['signs of two units', (length) => upTo(length, '👩‍💻')],
  ['marks upon one letter', (length) => `a${upTo(length, '\u0301')}`],
];

const section = (text: string) => ({ type: 'rich_text_section', elements: [{ type: 'text', text }] });
const readers: readonly (readonly [string, (text: string) => unknown])[] = [
  ['plainText', plainText],
  ['opportunityIdsIn', opportunityIdsIn],
  ['parseOpportunityId', parseOpportunityId],
  ['parseOpportunityIds', parseOpportunityIds],
  ['isTooLong', isTooLong],
  ['parseOpenFormValue', parseOpenFormValue],
  ['readable', readable],
  ['foreign', (text) => foreign(text, 200)],
  ['opportunityIdsInMessage, of its text', (text) => opportunityIdsInMessage({ text })],
  [
    'opportunityIdsInMessage, of a line in many pieces',
    (text) =>
      opportunityIdsInMessage({
        blocks: [
          {
            type: 'rich_text_section',
            elements: [...text].map((sign) => ({ type: 'text', text: sign })),
          },
        ],
      }),
  ],
  [
    'opportunityIdsInMessage, of many blocks',
    (text) => opportunityIdsInMessage({ blocks: (text.match(/.{1,40}/gsu) ?? []).map(section) }),
  ],
];

describe.each(readers)('%s takes time in proportion to', (_, read) => {
  test.each(texts)('%s', (__, textOf) => {
    const short = textOf(SHORT);
    const long = textOf(SHORT * TIMES);
    expect(
      growth(
        () => read(short),
        () => read(long),
        LINEAR,
      ),
    ).toBeLessThan(LINEAR);
  });
});

test('what takes time by the square is seen', () => {
  // From each sign it looks to the end, in vain.
  const bySquare = (length: number) => () => /x+y/.test('x'.repeat(length));
  expect(growth(bySquare(SHORT / 8), bySquare((SHORT / 8) * TIMES), 0)).toBeGreaterThan(LINEAR);
});
