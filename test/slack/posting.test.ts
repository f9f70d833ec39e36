import type { KnownBlock } from '@slack/types';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isTooLong } from '../../demo/slack/message-content.ts';
import { button, context, facts, header, type Message, section } from '../../src/slack/blocks/elements.ts';
import { LIMITS } from '../../src/slack/limits.ts';
import { fitting, textSize } from '../../src/slack/posting.ts';

const actions: KnownBlock = {
  type: 'actions',
  elements: [button({ text: 'History', label: 'History', actionId: 'history' })],
};
const message = (blocks: KnownBlock[]): Message => ({ text: 'Approval pending: O1001', blocks });

test.each([
  ['a letter counts one', [section('x')], 1],
  ['& counts five, < and > four', [section('&<>')], 13],
  ['a header counts a hundred more', [header('Deal')], 104],
  ['fields, notes and buttons count too', [facts([['a', 'b']]), context('c', 'd'), actions], 14],
] as const)('%s', (_, blocks, size) => {
  expect(textSize(blocks)).toBe(size);
});

test('what fits stays as it is', () => {
  const whole = message([header('Deal'), ...[1, 2, 3].map(() => section('x'.repeat(2900))), actions]);
  expect(fitting(whole)).toBe(whole);
});

test('what does not fit loses what is too much, says so, and keeps its buttons', () => {
  const long = [1, 2, 3].map(() => section('&'.repeat(700)));
  const sent = fitting(message([header('Deal'), ...long, section('The end'), actions]));
  expect(sent.blocks.map(({ type }) => type)).toEqual([
    'header',
    'section',
    'section',
    'section',
    'actions',
    'context',
  ]);
  expect(JSON.stringify(sent.blocks)).toContain('The end');
  expect(JSON.stringify(sent.blocks)).toContain('more than fits');
});

test('no message exceeds what Slack takes, whatever is in it', () => {
  const text = fc
    .integer({ min: 1, max: 3000 })
    .chain((length) =>
      fc.constantFrom('x', '&', '<', '&amp;', '🧵').map((sign) => sign.repeat(length).slice(0, 3000)),
    );
  const block = fc.oneof(
    text.map(section),
    text.map(header),
    text.map((value) => context(value, value)),
    text.map((value) => facts([['Name', value.slice(0, 1900)]])),
    fc.constant(actions),
  );
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 20 }), (blocks) => {
      const sent = fitting(message(blocks));
      expect(textSize(sent.blocks)).toBeLessThanOrEqual(LIMITS.messageText);
      expect(isTooLong(sent.blocks)).toBe(false);
      expect(sent.blocks.length).toBeLessThanOrEqual(blocks.length);
      expect(sent.blocks.filter(({ type }) => type === 'actions')).toEqual(
        blocks.filter(({ type }) => type === 'actions'),
      );
    }),
  );
});
