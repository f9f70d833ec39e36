import fc from 'fast-check';

/** Pieces that break what isn't careful: escapes, mentions, emoji of many parts, marks, halves of characters. */
const piece = fc.constantFrom(
  '<!channel>',
  '<@U123>',
  '<https://evil.example|Approve>',
  '&lt;!here&gt;',
  '&amp;amp;',
  '&#60;',
  '&',
  '<',
  '>',
  '*bold*',
  '`code`',
  '👩‍👩‍👧‍👧',
  '🇫🇷',
  'e\u0301\u0302\u0323',
  '\ud83d',
  '\udc4d',
  '\u202eabc',
  '\u2060',
  '\u0000',
  '\r\n',
  '漢字',
  'مرحبا',
  ' ',
  'plain words',
);

/** Text as somebody careless or hostile might have written it into an opportunity, of any length. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.tuple(piece, fc.integer({ min: 100, max: 3000 })).map(([text, times]) => text.repeat(times)),
);
