import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { opportunityIdsInMessage } from '../../src/slack/message-text.ts';
import { openFormValue, parseOpenFormValue } from '../../src/slack/open-form-value.ts';

describe('the opportunity IDs in a message', () => {
  test.each<[string, unknown, readonly string[]]>([
    ['in its text', { text: 'O1001 and o1002, O1001' }, ['O1001', 'O1002']],
    [
      'in a link',
      { text: '<https://partnercentral.example/opportunities/O1001/details|Northwind>' },
      ['O1001'],
    ],
    [
      'in rich text',
      {
        text: '',
        blocks: [
          {
            type: 'rich_text',
            block_id: 'O9',
            elements: [
              {
                type: 'rich_text_section',
                elements: [
                  { type: 'text', text: 'see O1001 ' },
                  { type: 'link', url: 'https://x.example/O1002' },
                  { type: 'user', user_id: 'O3' },
                ],
              },
            ],
          },
        ],
      },
      ['O1001', 'O1002'],
    ],
    [
      'in what it quotes',
      { text: '', attachments: [{ fallback: 'O1001', from_url: 'https://x.example' }] },
      ['O1001'],
    ],
    ['not in mentions and channels', { text: '<@U07O1> <#C07O2|o3-team> <!subteam^S1|@o4>', user: 'O5' }, []],
    ['not in longer words and numbers', { text: 'PO1001 O1001x O12345678901234567890' }, []],
    ['nowhere', { text: undefined, blocks: null }, []],
  ])('%s', (_, message, ids) => {
    expect(opportunityIdsInMessage(message)).toEqual(ids);
  });

  test('all of them, so that too many are known as such, whatever the message is', () => {
    const text = Array.from({ length: 200 }, (_, index) => `O${index}`).join(' ');
    expect(opportunityIdsInMessage({ text })).toHaveLength(200);
    fc.assert(
      fc.property(fc.anything(), (message) => {
        expect(opportunityIdsInMessage(message).every((id) => /^O\d{1,19}$/.test(id))).toBe(true);
      }),
    );
  });
});

describe('what a button that opens the form carries', () => {
  const ids = fc.array(fc.bigInt({ min: 0n, max: 9_999_999_999_999_999_999n }).map(String), {
    maxLength: 25,
  });

  test('comes back as it was, and fits a button', () => {
    fc.assert(
      fc.property(ids, fc.constantFrom(undefined, '1700000000.000100'), (numbers, threadTs) => {
        const value = { opportunityIds: numbers.map((number) => `O${number}`), threadTs };
        expect(parseOpenFormValue(openFormValue(value))).toEqual(value);
        expect(openFormValue(value).length).toBeLessThanOrEqual(2000);
      }),
    );
  });

  test('of an older version, an ID or nothing, is understood', () => {
    expect(parseOpenFormValue('O1001')).toEqual({ opportunityIds: ['O1001'], threadTs: undefined });
    expect(parseOpenFormValue('')).toEqual({ opportunityIds: [], threadTs: undefined });
  });

  test('anything else is left out', () => {
    expect(parseOpenFormValue('O1,what,<!here> then')).toEqual({
      opportunityIds: ['O1'],
      threadTs: undefined,
    });
  });
});
