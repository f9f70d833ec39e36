import { z } from 'zod';
import {
  choiceOption,
  colorScheme,
  confirmDialog,
  conversationFilter,
  dispatchActionConfig,
  optionGroup,
  overflowOption,
  plainText,
  selectOption,
} from './block-objects.ts';

/**
 * Block elements with Slack's sizes. Every interactive one has an action_id by the time it is checked: where
 * an app leaves it out, Slack makes one up.
 * https://docs.slack.dev/reference/block-kit/block-elements/
 */

const actionable = { action_id: z.string().min(1).max(255) };
const confirmable = { confirm: confirmDialog.exactOptional() };
const focusable = { focus_on_load: z.boolean().exactOptional() };
const placeholdable = { placeholder: plainText(150).exactOptional() };
const several = { max_selected_items: z.number().int().min(1).exactOptional() };
const dispatchable = { dispatch_action_config: dispatchActionConfig.exactOptional() };
const select = { ...actionable, ...confirmable, ...focusable, ...placeholdable };
const typed = { ...actionable, ...focusable, ...placeholdable, ...dispatchable };
const offered = {
  options: z.array(selectOption).min(1).max(100).exactOptional(),
  option_groups: z.array(optionGroup).min(1).max(100).exactOptional(),
};
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

const button = z.strictObject({
  type: z.literal('button'),
  ...actionable,
  ...confirmable,
  text: plainText(75),
  value: z.string().max(2000).exactOptional(),
  url: z.string().max(3000).exactOptional(),
  style: colorScheme.exactOptional(),
  accessibility_label: z.string().max(75).exactOptional(),
});

const checkboxes = z.strictObject({
  type: z.literal('checkboxes'),
  ...actionable,
  ...confirmable,
  ...focusable,
  options: z.array(choiceOption).min(1).max(10),
  initial_options: z.array(choiceOption).min(1).exactOptional(),
});

const radioButtons = z.strictObject({
  type: z.literal('radio_buttons'),
  ...actionable,
  ...confirmable,
  ...focusable,
  options: z.array(choiceOption).min(1).max(10),
  initial_option: choiceOption.exactOptional(),
});

const datepicker = z.strictObject({
  type: z.literal('datepicker'),
  ...select,
  initial_date: date.exactOptional(),
});

const datetimepicker = z.strictObject({
  type: z.literal('datetimepicker'),
  ...actionable,
  ...confirmable,
  ...focusable,
  initial_date_time: z.number().int().exactOptional(),
});

const timepicker = z.strictObject({
  type: z.literal('timepicker'),
  ...select,
  initial_time: time.exactOptional(),
  timezone: z.string().exactOptional(),
});

const overflow = z.strictObject({
  type: z.literal('overflow'),
  ...actionable,
  ...confirmable,
  options: z.array(overflowOption).min(1).max(5),
});

const selects = [
  z.strictObject({
    type: z.literal('static_select'),
    ...select,
    ...offered,
    initial_option: selectOption.exactOptional(),
  }),
  z.strictObject({
    type: z.literal('external_select'),
    ...select,
    initial_option: selectOption.exactOptional(),
    min_query_length: z.number().int().min(0).exactOptional(),
  }),
  z.strictObject({ type: z.literal('users_select'), ...select, initial_user: z.string().exactOptional() }),
  z.strictObject({
    type: z.literal('channels_select'),
    ...select,
    initial_channel: z.string().exactOptional(),
    response_url_enabled: z.boolean().exactOptional(),
  }),
  z.strictObject({
    type: z.literal('conversations_select'),
    ...select,
    initial_conversation: z.string().exactOptional(),
    default_to_current_conversation: z.boolean().exactOptional(),
    response_url_enabled: z.boolean().exactOptional(),
    filter: conversationFilter.exactOptional(),
  }),
] as const;

const multiSelects = [
  z
    .strictObject({
      type: z.literal('multi_static_select'),
      ...select,
      ...several,
      ...offered,
      initial_options: z.array(selectOption).min(1).exactOptional(),
    })
    // Observed: slackapi/python-slack-sdk#974, bolt-js#1496.
    .refine(
      ({ option_groups: groups, initial_options: chosen = [] }) =>
        groups === undefined ||
        groups.some(({ options }) => {
          const values = new Set(options.map(({ value }) => value));
          return chosen.every(({ value }) => values.has(value));
        }),
      { message: 'initial_options must all be of one of the option_groups' },
    ),
  z.strictObject({
    type: z.literal('multi_external_select'),
    ...select,
    ...several,
    initial_options: z.array(selectOption).min(1).exactOptional(),
    min_query_length: z.number().int().min(0).exactOptional(),
  }),
  z.strictObject({
    type: z.literal('multi_users_select'),
    ...select,
    ...several,
    initial_users: z.array(z.string()).exactOptional(),
  }),
  z.strictObject({
    type: z.literal('multi_channels_select'),
    ...select,
    ...several,
    initial_channels: z.array(z.string()).exactOptional(),
  }),
  z.strictObject({
    type: z.literal('multi_conversations_select'),
    ...select,
    ...several,
    initial_conversations: z.array(z.string()).exactOptional(),
    default_to_current_conversation: z.boolean().exactOptional(),
    filter: conversationFilter.exactOptional(),
  }),
] as const;

const textInputs = [
  z.strictObject({
    type: z.literal('plain_text_input'),
    ...typed,
    initial_value: z.string().max(3000).exactOptional(),
    multiline: z.boolean().exactOptional(),
    min_length: z.number().int().min(0).max(3000).exactOptional(),
    max_length: z.number().int().min(1).max(3000).exactOptional(),
  }),
  z.strictObject({
    type: z.literal('email_text_input'),
    ...typed,
    initial_value: z.string().exactOptional(),
  }),
  z.strictObject({ type: z.literal('url_text_input'), ...typed, initial_value: z.string().exactOptional() }),
  z.strictObject({
    type: z.literal('number_input'),
    ...typed,
    is_decimal_allowed: z.boolean(),
    initial_value: z.string().exactOptional(),
    min_value: z.string().exactOptional(),
    max_value: z.string().exactOptional(),
  }),
] as const;

/** An image inside a section or a context, by its address: the stand-in holds no files. */
export const imageElement = z.strictObject({
  type: z.literal('image'),
  alt_text: z.string().max(2000),
  image_url: z.string().min(1).max(3000),
});

export const actionsElement = z.discriminatedUnion('type', [
  button,
  checkboxes,
  datepicker,
  datetimepicker,
  ...multiSelects,
  overflow,
  radioButtons,
  ...selects,
  timepicker,
]);

export const inputElement = z.discriminatedUnion('type', [
  checkboxes,
  datepicker,
  datetimepicker,
  ...multiSelects,
  radioButtons,
  ...selects,
  ...textInputs,
  timepicker,
]);

export const sectionAccessory = z.discriminatedUnion('type', [
  button,
  checkboxes,
  datepicker,
  imageElement,
  ...multiSelects,
  overflow,
  radioButtons,
  ...selects,
  timepicker,
]);
