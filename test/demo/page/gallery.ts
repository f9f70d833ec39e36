import type { HomeView, KnownBlock, ModalView } from '@slack/types';

const mrkdwn = (text: string) => ({ type: 'mrkdwn' as const, text });
const plain = (text: string) => ({ type: 'plain_text' as const, text });

/** A message with every block and every bit of mrkdwn that the page shows. */
export function galleryMessage(): KnownBlock[] {
  return [
    { type: 'header', text: plain('Approval pending') },
    {
      type: 'section',
      text: mrkdwn(
        '*Bold*, _italic_, ~struck~, `code`, <https://example.com/a?b=1&amp;c=2|a link>, <@U07ANASELLR>, <#C07DEALS000>, :tada: and snake_case_words\n&gt; quoted\n```fenced\n  text```&lt;b&gt;not bold&lt;/b&gt; <!date^1767225600^{date_num}|a date>',
      ),
      fields: [mrkdwn('*Involvement*\nCo-Sell'), mrkdwn('*Visibility*\nFull')],
      accessory: { type: 'button', text: plain('Beside'), action_id: 'beside' },
    },
    { type: 'context', elements: [mrkdwn('Request ID `1-2-3`'), plain('a note')] },
    { type: 'divider' },
    { type: 'image', image_url: 'https://example.com/chart.png', alt_text: 'A chart of the pipeline' },
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_list',
          style: 'bullet',
          elements: [
            {
              type: 'rich_text_section',
              elements: [{ type: 'text', text: 'an item', style: { bold: true } }],
            },
          ],
        },
      ],
    },
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          text: plain('Update'),
          action_id: 'update',
          style: 'primary',
          accessibility_label: 'Update this message',
        },
        {
          type: 'button',
          text: plain('Delete'),
          action_id: 'delete',
          style: 'danger',
          confirm: {
            title: plain('Really?'),
            text: mrkdwn('It is gone *for ever*.'),
            confirm: plain('Delete it'),
            deny: plain('Keep it'),
          },
        },
        { type: 'button', text: plain('Open'), action_id: 'open', url: 'https://example.com/' },
      ],
    },
  ];
}

/** A message in which one can choose. */
export function menusMessage(): KnownBlock[] {
  const later = { text: plain('In a week'), value: 'week' };
  return [
    {
      type: 'section',
      text: mrkdwn('O1001'),
      accessory: {
        type: 'overflow',
        action_id: 'more',
        options: [
          { text: plain('History'), value: 'history' },
          { text: plain('Open in Partner Central'), value: 'open', url: 'https://example.com/o1001' },
        ],
      },
    },
    {
      type: 'actions',
      elements: [
        {
          type: 'static_select',
          action_id: 'remind',
          placeholder: plain('Remind me'),
          options: [{ text: plain('Tomorrow'), value: 'day' }, later],
          confirm: {
            title: plain('Sure?'),
            text: plain('Really.'),
            confirm: plain('Yes'),
            deny: plain('No'),
          },
        },
      ],
    },
  ];
}

/** A home tab in which one chooses and searches. */
export function searchHome(): HomeView {
  const stages = ['Prospect', 'Qualified', 'Committed'];
  return {
    type: 'home',
    blocks: [
      {
        type: 'actions',
        block_id: 'filters',
        elements: [
          {
            type: 'multi_static_select',
            action_id: 'stages',
            placeholder: plain('Stages'),
            options: stages.map((stage) => ({ text: plain(stage), value: stage })),
          },
        ],
      },
      {
        type: 'section',
        block_id: 'search',
        text: plain('Any deal'),
        accessory: {
          type: 'external_select',
          action_id: 'search',
          placeholder: plain('Search'),
          min_query_length: 0,
        },
      },
    ],
  };
}

/** A modal whose last input is far below its first. */
export function longModal(): ModalView {
  const activities = [
    'Initialized discussions with customer',
    'Customer has shown interest',
    'Customer owns it',
  ];
  return {
    type: 'modal',
    callback_id: 'long',
    title: plain('A long one'),
    submit: plain('Save'),
    blocks: [
      {
        type: 'input',
        block_id: 'title',
        label: plain('Title'),
        element: {
          type: 'plain_text_input',
          action_id: 'title',
          focus_on_load: true,
          max_length: 40,
          initial_value: 'Dune survey',
        },
      },
      {
        type: 'input',
        block_id: 'activities',
        label: plain('Sales activities'),
        element: {
          type: 'multi_static_select',
          action_id: 'activities',
          options: activities.map((text, index) => ({ text: plain(text), value: String(index) })),
        },
      },
      ...Array.from({ length: 12 }, () => ({ type: 'section' as const, text: plain('A line. '.repeat(12)) })),
      {
        type: 'input',
        block_id: 'lock',
        label: plain('Understood'),
        element: {
          type: 'checkboxes',
          action_id: 'lock',
          options: [{ text: plain('It is locked then'), value: 'lock' }],
        },
      },
    ],
  };
}

/** A modal with every input that the page shows. */
export function galleryModal(): ModalView {
  return {
    type: 'modal',
    callback_id: 'gallery',
    title: plain('Submit opportunity'),
    submit: plain('Submit'),
    close: plain('Not now'),
    notify_on_close: true,
    blocks: [
      { type: 'alert', level: 'warning', text: mrkdwn('*Production*: AWS sees it.') },
      {
        type: 'input',
        block_id: 'involvement',
        label: plain('Involvement'),
        element: {
          type: 'radio_buttons',
          action_id: 'involvement',
          options: [
            { text: plain('Co-Sell'), value: 'co-sell', description: plain('Work on it with AWS.') },
            {
              text: plain('For Visibility Only'),
              value: 'visibility',
              description: plain('AWS only sees it.'),
            },
          ],
        },
      },
      {
        type: 'input',
        block_id: 'stage',
        label: plain('Stage'),
        element: {
          type: 'static_select',
          action_id: 'stage',
          options: [
            { text: plain('Qualified'), value: 'qualified' },
            { text: plain('Committed'), value: 'committed' },
          ],
          initial_option: { text: plain('Qualified'), value: 'qualified' },
        },
      },
      {
        type: 'input',
        block_id: 'close',
        label: plain('Target close date'),
        optional: true,
        element: { type: 'datepicker', action_id: 'close', initial_date: '2027-01-31' },
      },
      {
        type: 'input',
        block_id: 'problem',
        label: plain('Business problem'),
        hint: plain('At least 20 characters.'),
        element: { type: 'plain_text_input', action_id: 'problem', multiline: true },
      },
      {
        type: 'input',
        block_id: 'lock',
        label: plain('Understood'),
        element: {
          type: 'checkboxes',
          action_id: 'lock',
          options: [{ text: mrkdwn('*Nothing* can be edited until AWS has reviewed it'), value: 'lock' }],
        },
      },
      {
        type: 'actions',
        block_id: 'more',
        elements: [
          { type: 'button', text: plain('Another view'), action_id: 'push' },
          { type: 'button', text: plain('Reload'), action_id: 'reload' },
          { type: 'button', text: plain('Finish'), action_id: 'finish' },
        ],
      },
    ],
  };
}

/** A view to put on top of the gallery. */
export function secondModal(): ModalView {
  return {
    type: 'modal',
    callback_id: 'second',
    title: plain('On top'),
    close: plain('Back'),
    blocks: [{ type: 'section', text: plain('The one below waits.') }],
  };
}

/** What the gallery is replaced by, without any of its buttons. */
export function lastModal(): ModalView {
  return {
    type: 'modal',
    callback_id: 'last',
    title: plain('Finished'),
    blocks: [{ type: 'section', text: plain('All done') }],
  };
}
