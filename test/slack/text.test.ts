import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countryCodes } from '../../src/aws/lists.ts';
import { readable } from '../../src/aws/values.ts';
import { country, cut, day, dayAhead, escapeMrkdwn, foreign, moment, money } from '../../src/slack/text.ts';
import { hostileText } from './hostile.ts';

const graphemes = (text: string) =>
  [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment);
/** No `<`, no `>`, and no `&` but as part of the three escapes. */
const ESCAPED = /^(?:[^<>&]|&amp;|&lt;|&gt;)*$/u;

describe('escaping', () => {
  test.each([
    ['<!channel>', '&lt;!channel&gt;'],
    ['<@U1> & <https://a.example|click>', '&lt;@U1&gt; &amp; &lt;https://a.example|click&gt;'],
    ['&lt;', '&amp;lt;'],
    ['', ''],
  ])('%j can do nothing in Slack', (text, escaped) => {
    expect(escapeMrkdwn(text)).toBe(escaped);
  });

  test('nothing others wrote can mention, link or call a channel, and all of it is there to read', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const escaped = escapeMrkdwn(text);
        expect(escaped).toMatch(ESCAPED);
        const shown = escaped
          .replaceAll('\u2060', '')
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&amp;', '&');
        expect(shown).toBe(text.replaceAll('\u2060', ''));
      }),
    );
  });

  test('formatting characters of others stay what they are', () => {
    expect(escapeMrkdwn('*a* _b_ ~c~ `d`').replaceAll('\u2060', '')).toBe('*a* _b_ ~c~ `d`');
    expect(escapeMrkdwn('*a*')).not.toContain('*a*');
  });
});

describe("AWS's text as a person reads it", () => {
  test.each([
    ['Calder &amp; Finch', 'Calder & Finch'],
    ['&lt;b&gt;', '<b>'],
    ['caf&eacute; &#39;x&#39;', "café 'x'"],
    ['one\r\ntwo\rthree', 'one\ntwo\nthree'],
    ['a\u0000b\u0007c\u009bd', 'abcd'],
    ['abc\u202edef', 'abcdef'],
    ['\ufeffzero\u200bwidth', 'zerowidth'],
    ['tab\tand line\n', 'tab\tand line\n'],
    ['half \ud83d', 'half \ufffd'],
    ['&#xd800;', '\ufffd'],
  ])('%j reads %j', (text, shown) => {
    expect(readable(text)).toBe(shown);
  });

  test('it is decoded to its end: what was saved twice is encoded twice', () => {
    expect(readable('&amp;lt;')).toBe('<');
  });

  test('nothing invisible is left, and nothing that Slack could not store', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const shown = readable(text);
        expect(shown.isWellFormed()).toBe(true);
        expect(shown).not.toMatch(/(?![\n\t])\p{Cc}|[\u200B\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/u);
      }),
    );
  });
});

describe('cutting', () => {
  test.each([
    ['short', 10, 'short'],
    ['exactly ten', 11, 'exactly ten'],
    ['too long by far', 8, 'too lon…'],
    ['👩‍👩‍👧‍👧 family', 9, '…'],
    ['a👩‍👩‍👧‍👧 family', 13, 'a👩‍👩‍👧‍👧…'],
    ['cafe\u0301s', 5, 'caf…'],
    ['anything', 1, '…'],
    ['anything', 0, ''],
  ])('%j to %i is %j', (text, length, kept) => {
    expect(cut(text, length)).toBe(kept);
  });

  test('is never longer than it may be, never splits a character, and says that it cut', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 200 }), (text, length) => {
        const kept = cut(text, length);
        expect(kept.length).toBeLessThanOrEqual(length);
        if (text.length <= length) {
          expect(kept).toBe(text);
          return;
        }
        expect(kept.endsWith('…')).toBe(true);
        const whole = graphemes(text);
        const beginning = kept.slice(0, -1);
        const count = graphemes(beginning).length;
        expect(beginning).toBe(whole.slice(0, count).join(''));
      }),
    );
  });
});

describe('what others wrote, ready for a message', () => {
  test('is never longer than it may be, in code points or in UTF-16 units, and always escaped', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 300 }), (text, length) => {
        const shown = foreign(text, length);
        expect(shown.length).toBeLessThanOrEqual(length);
        expect([...shown].length).toBeLessThanOrEqual(length);
        expect(shown).toMatch(ESCAPED);
        expect(shown.isWellFormed()).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('keeps what fits as it is', () => {
    expect(foreign('  Lumière &amp; Cie  ', 30)).toBe('Lumière &amp; Cie');
  });

  test('never cuts an escape in two', () => {
    for (let length = 1; length < 40; length += 1) expect(foreign('&<>'.repeat(20), length)).toMatch(ESCAPED);
  });

  test('takes a very long text, and cuts it', () => {
    const shown = foreign('<🧵>'.repeat(500_000), 3000);
    expect(shown.length).toBeLessThanOrEqual(3000);
    expect(shown.length).toBeGreaterThan(1500);
    expect(shown.endsWith('…')).toBe(true);
  });
});

describe('dates and amounts', () => {
  test('a moment is read in everybody’s own time zone, and has a fallback in UTC', () => {
    expect(moment(new Date('2026-11-23T09:05:59.999Z'))).toBe(
      '<!date^1795424759^{date_short_pretty} {time}|2026-11-23 09:05 UTC>',
    );
  });

  test.each([
    ['2026-12-03', '3 Dec 2026'],
    ['2026-02-30', '2026-02-30'],
    ['soon', 'soon'],
    ['', ''],
    ['2026-12-03T00:00:00Z', '2026-12-03T00:00:00Z'],
  ])('the day %j is shown as %j', (text, shown) => {
    expect(day(text)).toBe(shown);
  });

  test.each([
    ['2026-12-03', '3 Dec'],
    ['2027-08-31', '31 Aug'],
    ['2027-11-24', '24 Nov 2027'],
    ['2026-11-20', '20 Nov 2026'],
    ['2026-02-30', '2026-02-30'],
    ['soon', 'soon'],
  ])('the day %j, seen on 23 November 2026, is shown as %j', (text, shown) => {
    expect(dayAhead(text, new Date('2026-11-23T09:00:00Z'))).toBe(shown);
  });

  test.each([
    ['2500.00', 'USD', '$2,500.00'],
    ['6200.5', 'EUR', '€6,200.50'],
    ['1000', undefined, '1,000'],
    ['1000', 'dollars', '1,000'],
    ['much', 'USD', 'much'],
    ['', 'USD', ''],
    ['Infinity', 'USD', 'Infinity'],
  ])('%j %j is shown as %j', (amount, currency, shown) => {
    expect(money(amount, currency)).toBe(shown);
  });

  test.each([
    ['FR', 'France'],
    ['ZZ', 'Unknown Region'],
    ['fr', 'fr'],
    ['France', 'France'],
    [undefined, undefined],
  ])('the country %j is shown as %j', (code, shown) => {
    expect(country(code)).toBe(shown);
  });

  test('no two countries of AWS’s list are shown alike', () => {
    expect(new Set(countryCodes.map(country)).size).toBe(countryCodes.length);
  });

  test('nothing AWS sends makes them throw', () => {
    const text = fc.oneof(hostileText, fc.string({ unit: fc.constantFrom('A', 'Z', '0', '9', '-', '.') }));
    fc.assert(
      fc.property(text, text, (one, other) => {
        day(one);
        money(one, other);
        country(one);
      }),
    );
  });
});
