import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readable } from '../../src/aws/values.ts';

test.each([
  ['Bread &amp; Butter', 'Bread & Butter'],
  ['Bread &amp;amp; Butter', 'Bread & Butter'],
  ['&amp;amp;lt;b&amp;amp;gt; &amp;#39;', "<b> '"],
  ['https://a.example/?q=1&section=3&not=2&copy=1', 'https://a.example/?q=1&section=3&not=2&copy=1'],
  ['AT&T &ampersand &lt', 'AT&T &ampersand &lt'],
  ['R&amp;D &amp;notanentity;', 'R&D &notanentity;'],
])('%j reads %j', (fromAws, shown) => {
  expect(readable(fromAws)).toBe(shown);
});

test('what was saved several times over reads as it was first', () => {
  const encoded = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const plain = fc.stringMatching(/^[a-z <&?=]{0,40}$/);
  fc.assert(
    fc.property(plain, fc.nat({ max: 6 }), (text, times) => {
      const stored = Array.from({ length: times }).reduce<string>(encoded, text);
      expect(readable(stored)).toBe(text);
    }),
  );
});

test('however deep a text is encoded, reading it ends', () => {
  expect(readable(`&${'amp;'.repeat(10_000)}lt;`)).not.toContain('<');
});
