import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  openFormValue,
  opportunityIdsInMessage,
  parseOpenFormValue,
} from '../../src/slack/opportunity-ids.ts';

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
    [
      'in a notification of another app',
      {
        text: '',
        attachments: [
          {
            fallback: '[no preview available]',
            fields: [{ title: 'Deal', value: '*O*1001', short: true }],
            footer: 'CRM · O1002',
            author_name: 'O1003',
          },
        ],
      },
      ['O1001', 'O1002', 'O1003'],
    ],
    [
      'in an e-mail that was forwarded',
      {
        files: [{ mode: 'email', subject: 'O1001', plain_text: 'about O1002', preview_plain_text: 'O1003' }],
      },
      ['O1001', 'O1002', 'O1003'],
    ],
    [
      "not in a button's value, nor in a field's that nobody reads",
      {
        blocks: [{ type: 'actions', elements: [{ type: 'button', value: 'O1001', text: { text: 'Open' } }] }],
        attachments: [{ actions: [{ type: 'button', text: 'Open', value: 'O1002' }], value: 'O1003' }],
      },
      [],
    ],
    [
      'not in a text that blocks stand in place of, nor in a fallback beside a text',
      {
        text: 'O1001',
        blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'About O1002' } }],
        attachments: [{ fallback: 'O1003', text: 'see O1004' }],
      },
      ['O1004', 'O1002'],
    ],
    [
      'not in what has to be opened first, nor in what apps note beside it',
      {
        text: 'O1001',
        metadata: { event_payload: { text: 'O1002', title: 'O1003' } },
        attachments: [
          {
            blocks: [
              {
                type: 'actions',
                elements: [
                  {
                    type: 'static_select',
                    placeholder: { text: 'Choose' },
                    options: [{ text: { text: 'O1004' }, value: 'O1005' }],
                  },
                  { type: 'button', text: { text: 'Open' }, confirm: { title: { text: 'O1006' } } },
                ],
              },
            ],
          },
        ],
      },
      ['O1001'],
    ],
    [
      'whole, where only a part of it is bold',
      {
        text: '*O1001*22 and _O1003_44',
        blocks: [
          {
            type: 'rich_text',
            elements: [
              {
                type: 'rich_text_section',
                elements: [
                  { type: 'text', text: 'O1001', style: { bold: true } },
                  { type: 'text', text: '22 and ' },
                  { type: 'text', text: 'O1003', style: { italic: true } },
                  { type: 'text', text: '44' },
                ],
              },
            ],
          },
        ],
      },
      ['O100122', 'O100344'],
    ],
    [
      'dressed as people paste it',
      { text: '\u2066O1001\u2069. (O1002) #Ｏ１００３ O10\u00ad04' },
      ['O1001', 'O1002', 'O1003', 'O1004'],
    ],
    ['not a piece of a number or a name', { text: 'O12.3 O1_234 v2_O5.pdf' }, ['O5']],
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
