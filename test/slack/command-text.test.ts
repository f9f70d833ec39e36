import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCommandText, type Suggestion } from '../../src/slack/command-text.ts';
import { parseOpportunityId } from '../../src/slack/opportunity-ids.ts';
import { hostileText } from './hostile.ts';

const O123 = { type: 'opportunity', opportunityId: 'O123' } as const;

describe('what is typed after /submit-opportunity', () => {
  test.each([
    'O123',
    'o123',
    '  O123  ',
    '`O123`',
    '``` O123 ```',
    '"O123"',
    '“O123”',
    "'o123'",
    '*O123*',
    '_O123_',
    'o 123',
    'O\t123',
    '\u200bO123\ufeff',
    'https://partnercentral.awspartner.com/partnercentral2/s/opportunity/O123',
    '<https://partnercentral.example/opportunity/O123>',
    '<https://partnercentral.example/opportunity/O123|O123>',
    '<https://partnercentral.example/view?id=o123&tab=1|my deal>',
    'https://partnercentral.example/O123/edit#top',
    'ID: O123',
    '*O1*23',
    '_O1_23',
    'O123.',
    '(O123)',
    '（O123）',
    '#O123',
    '&lt;O123&gt;',
    'Ｏ１２３',
    'ｏ１２３',
    '\u200eO123\u200f',
    '\u2066O123\u2069',
    '\u202aO1\u202c23\u202e',
    'O1\u00ad2\u200b3',
    'O1\ufe0f2\u061c3',
    'submit O123',
    'Submit opportunity O123, please.',
    'O123 please',
    'O123!',
    '«O123»',
    '123',
    '`123`',
    'submit 123',
  ])('%j is the opportunity O123', (typed) => {
    expect(parseCommandText(typed)).toEqual(O123);
  });

  test.each([
    '',
    '   ',
    '``',
    '\u200b',
    '<@U07O123|o123>',
    '<#C07|o123-team>',
    'O',
    'submit my deal please',
    '...',
  ])('%j asks which one', (typed) => {
    expect(parseCommandText(typed)).toEqual({ type: 'ask' });
  });

  test.each(['help', 'HELP', ' Help ', '`help`', '?'])('%j explains', (typed) => {
    expect(parseCommandText(typed)).toEqual({ type: 'help' });
  });

  test.each(['status O123', 'STATUS `o123`', 'O123 status', 'status <https://x.example/O123|deal>'])(
    '%j asks where O123 stands',
    (typed) => {
      expect(parseCommandText(typed)).toEqual({ type: 'status', opportunityId: 'O123' });
    },
  );

  test('status alone, and list', () => {
    expect(parseCommandText(' Status ')).toEqual({ type: 'status', opportunityId: undefined });
    expect(parseCommandText('LIST')).toEqual({ type: 'list' });
    expect(parseCommandText('list please')).toEqual({ type: 'list' });
  });

  const O123_OR_STATUS: readonly Suggestion[] = [
    { type: 'submit', opportunityIds: ['O123'] },
    { type: 'status', opportunityId: 'O123' },
  ];
  test.each<[string, readonly Suggestion[]]>([
    ['hepl', [{ type: 'help' }]],
    ['Lists', [{ type: 'list' }]],
    ['statsu', [{ type: 'status', opportunityId: undefined }]],
    ['list all', [{ type: 'list' }]],
    ['status of Northwind', [{ type: 'status', opportunityId: undefined }]],
    ['sumbit', [{ type: 'submit', opportunityIds: [] }]],
    ['0123', [{ type: 'submit', opportunityIds: ['O123'] }]],
    ['OO123', [{ type: 'submit', opportunityIds: ['O123'] }]],
    ['O-123', [{ type: 'submit', opportunityIds: ['O123'] }]],
    ['cancel O123', O123_OR_STATUS],
    ['help O123', O123_OR_STATUS],
    ['O123 456', O123_OR_STATUS],
    ['what about o123?', O123_OR_STATUS],
    ['withdraw O123 O456', [{ type: 'submit', opportunityIds: ['O123', 'O456'] }]],
    ['status O123 O456', [{ type: 'submit', opportunityIds: ['O123', 'O456'] }]],
    ['O12345678901234567890', []],
    ['O123x', []],
    ['O12.3', []],
    ['O12_3', []],
    ['12 34', []],
    ['https://partnercentral.example/opportunity/', []],
    ['https://partnercentral.example/PO123', []],
    [`${'long '.repeat(20)}`, []],
  ])('%j is not taken for anything, and is quoted as it was typed', (text, suggestions) => {
    expect(parseCommandText(text)).toEqual({ type: 'unclear', typed: text.trim(), suggestions });
  });

  test.each(['Northwind', 'northwind traders', 'Müller & Söhne', 'X123', 'helpful'])(
    '%j may be a customer',
    (text) => {
      expect(parseCommandText(text)).toEqual({ type: 'search', query: text });
    },
  );

  test.each([
    'O123 O456',
    'O123, O456',
    'o123 and https://partnercentral.example/O456',
    '<https://partnercentral.example/O123|O456>',
    'o456 O123 O456, O123',
    'ID: O123; ID: O456',
    '`O123`\nO456',
    '(O123), \u2066O456\u2069.',
    '#Ｏ１２３ *O4*56',
    'O123，O456。',
    '<https://partnercentral.example/O123|my Q3 deal>, <https://partnercentral.example/O456|9 o’clock>',
  ])('%j names two', (typed) => {
    const parsed = parseCommandText(typed);
    expect(parsed).toMatchObject({ type: 'several' });
    expect(parsed.type === 'several' ? [...parsed.opportunityIds].sort() : []).toEqual(['O123', 'O456']);
  });

  test.each(['O123 O123', 'o123, O123,O123', 'O123. (O123)'])('%j names one, more than once', (typed) => {
    expect(parseCommandText(typed)).toEqual(O123);
  });

  test.each([
    ['O123 O456 789', ['789']],
    ['O123, O456, O12a', ['O12A']],
    ['O123 O456 O12345678901234567890', ['O12345678901234567890']],
    ['O123 O456 O12_3 and O4.5.', ['O12_3', 'O4.5']],
  ])('%j: what may have been meant as an ID is not passed over', (typed, unread) => {
    const parsed = parseCommandText(typed);
    expect(parsed.type === 'several' ? parsed.leftOut.map((piece) => piece.toUpperCase()) : parsed).toEqual(
      unread,
    );
  });

  test('every ID AWS may give is understood, in any dress', () => {
    const id = fc.bigInt({ min: 0n, max: 9_999_999_999_999_999_999n }).map((digits) => `O${digits}`);
    const dress = fc.constantFrom<(id: string) => string>(
      (text) => text,
      (text) => text.toLowerCase(),
      (text) => ` \`${text}\` `,
      (text) => `<https://partnercentral.example/opportunity/${text}|${text}>`,
      (text) => `https://partnercentral.example/opportunity/${text.toLowerCase()}?from=slack`,
    );
    fc.assert(
      fc.property(id, dress, (opportunityId, dressed) => {
        expect(parseCommandText(dressed(opportunityId))).toEqual({ type: 'opportunity', opportunityId });
      }),
    );
  });

  test('whatever is typed, nothing throws, and only an ID of AWS’s form comes out', () => {
    const typed = fc.oneof(
      hostileText,
      fc.string({ unit: fc.constantFrom(...'oO019 `<>|/:?=_*~\u200bıſ\n') }),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const parsed = parseCommandText(text);
        if (parsed.type === 'opportunity') expect(parsed.opportunityId).toMatch(/^O[0-9]{1,19}$/);
        if (parsed.type === 'several') {
          expect(parsed.opportunityIds.filter((id) => !/^O[0-9]{1,19}$/.test(id))).toEqual([]);
          expect(new Set(parsed.opportunityIds).size).toBe(parsed.opportunityIds.length);
        }
        if ('typed' in parsed) expect(parsed.typed).toBe(text.trim());
        expect(parseOpportunityId(text) ?? 'O1').toMatch(/^O[0-9]{1,19}$/);
      }),
      { numRuns: 500 },
    );
  });

  test.each(['x', '1', '<', '👩', 'O1 '])('3,000 characters of %j are read, and not one more', (sign) => {
    const most = [...sign.repeat(3000)].slice(0, 3000).join('');
    expect(parseCommandText(most).type).not.toBe('too-long');
    expect(parseCommandText(`${most}x`)).toEqual({ type: 'too-long' });
  });
});
