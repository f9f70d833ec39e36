import { z } from 'zod';
import { actionsElement, imageElement, inputElement, sectionAccessory } from './block-elements.ts';
import { anyText, plainText } from './block-objects.ts';

/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block/ */

const style = z
  .strictObject({
    bold: z.boolean().exactOptional(),
    code: z.boolean().exactOptional(),
    italic: z.boolean().exactOptional(),
    strike: z.boolean().exactOptional(),
    underline: z.boolean().exactOptional(),
  })
  .exactOptional();

const text = z.strictObject({ type: z.literal('text'), text: z.string().min(1), style });
const link = z.strictObject({
  type: z.literal('link'),
  url: z.string().min(1).max(3000),
  text: z.string().exactOptional(),
  unsafe: z.boolean().exactOptional(),
  style,
});

const richTextInline = z.discriminatedUnion('type', [
  text,
  link,
  z.strictObject({ type: z.literal('broadcast'), range: z.enum(['here', 'channel', 'everyone']), style }),
  z.strictObject({ type: z.literal('channel'), channel_id: z.string().min(1), style }),
  z.strictObject({ type: z.literal('user'), user_id: z.string().min(1), style }),
  z.strictObject({ type: z.literal('usergroup'), usergroup_id: z.string().min(1), style }),
  z.strictObject({
    type: z.literal('emoji'),
    name: z.string().min(1),
    unicode: z.string().exactOptional(),
    url: z.string().exactOptional(),
    style,
  }),
  z.strictObject({
    type: z.literal('date'),
    timestamp: z.number().int(),
    format: z.string().min(1),
    url: z.string().exactOptional(),
    fallback: z.string().exactOptional(),
    style,
  }),
]);

const border = z.union([z.literal(0), z.literal(1)]).exactOptional();
const richTextSection = z.strictObject({
  type: z.literal('rich_text_section'),
  elements: z.array(richTextInline),
});

/** What a `rich_text` block holds. */
const richTextElement = z.discriminatedUnion('type', [
  richTextSection,
  z.strictObject({
    type: z.literal('rich_text_list'),
    style: z.enum(['bullet', 'ordered']),
    elements: z.array(richTextSection),
    indent: z.number().int().min(0).max(8).exactOptional(),
    border,
  }),
  z.strictObject({ type: z.literal('rich_text_quote'), elements: z.array(richTextInline), border }),
  z.strictObject({
    type: z.literal('rich_text_preformatted'),
    elements: z.array(z.discriminatedUnion('type', [text, link])),
    border,
  }),
]);

/**
 * Blocks with Slack's sizes: those an app like ours uses. A type that Slack knows and the stand-in doesn't is
 * refused like a misspelt one.
 * https://docs.slack.dev/reference/block-kit/blocks/
 */

const identified = { block_id: z.string().min(1).max(255) };

const section = z
  .strictObject({
    type: z.literal('section'),
    ...identified,
    text: anyText(3000).exactOptional(),
    fields: z.array(anyText(2000)).min(1).max(10).exactOptional(),
    accessory: sectionAccessory.exactOptional(),
    expand: z.boolean().exactOptional(),
  })
  .refine((block) => block.text !== undefined || block.fields !== undefined, {
    message: 'missing required field: text or fields',
  });

export const knownBlock = z.discriminatedUnion('type', [
  section,
  z.strictObject({ type: z.literal('divider'), ...identified }),
  z.strictObject({ type: z.literal('header'), ...identified, text: plainText(150) }),
  z.strictObject({
    type: z.literal('context'),
    ...identified,
    elements: z
      .array(z.union([anyText(3000), imageElement]))
      .min(1)
      .max(10),
  }),
  z.strictObject({
    type: z.literal('actions'),
    ...identified,
    elements: z.array(actionsElement).min(1).max(25),
  }),
  z.strictObject({
    type: z.literal('input'),
    ...identified,
    label: plainText(2000),
    hint: plainText(2000).exactOptional(),
    optional: z.boolean().exactOptional(),
    dispatch_action: z.boolean().exactOptional(),
    element: inputElement,
  }),
  z.strictObject({
    type: z.literal('image'),
    ...identified,
    alt_text: z.string().max(2000),
    title: plainText(2000).exactOptional(),
    image_url: z.string().min(1).max(3000),
  }),
  z.strictObject({ type: z.literal('markdown'), ...identified, text: z.string().min(1).max(12_000) }),
  z.strictObject({ type: z.literal('rich_text'), ...identified, elements: z.array(richTextElement) }),
  z.strictObject({
    type: z.literal('alert'),
    ...identified,
    text: anyText(200),
    level: z.enum(['default', 'info', 'warning', 'error', 'success']).exactOptional(),
  }),
]);

export type CheckedBlock = z.infer<typeof knownBlock>;
