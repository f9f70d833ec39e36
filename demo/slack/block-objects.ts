import { z } from 'zod';

/**
 * Composition objects with Slack's sizes.
 * https://docs.slack.dev/reference/block-kit/composition-objects/
 */

export const plainText = (maximum: number) =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(maximum),
    emoji: z.boolean().exactOptional(),
  });

const mrkdwn = (maximum: number) =>
  z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().min(1).max(maximum),
    verbatim: z.boolean().exactOptional(),
  });

export const anyText = (maximum: number) =>
  z.discriminatedUnion('type', [plainText(maximum), mrkdwn(maximum)]);

export const colorScheme = z.enum(['primary', 'danger']);

export const confirmDialog = z.strictObject({
  title: plainText(100).exactOptional(),
  text: anyText(300),
  confirm: plainText(30).exactOptional(),
  deny: plainText(30).exactOptional(),
  style: colorScheme.exactOptional(),
});

/** An option of a select or an overflow menu: only an overflow menu's may have a `url`. */
export const selectOption = z.strictObject({
  text: plainText(75),
  value: z.string().max(150),
  description: plainText(75).exactOptional(),
});

export const overflowOption = selectOption.extend({ url: z.string().max(3000).exactOptional() });

/** An option of radio buttons and checkboxes. */
export const choiceOption = z.union([selectOption, selectOption.extend({ text: mrkdwn(75) })]);

export const optionGroup = z.strictObject({
  label: plainText(75),
  options: z.array(selectOption).min(1).max(100),
});

export const dispatchActionConfig = z.strictObject({
  trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])).exactOptional(),
});

export const conversationFilter = z.strictObject({
  include: z
    .array(z.enum(['im', 'mpim', 'private', 'public']))
    .min(1)
    .exactOptional(),
  exclude_external_shared_channels: z.boolean().exactOptional(),
  exclude_bot_users: z.boolean().exactOptional(),
});
