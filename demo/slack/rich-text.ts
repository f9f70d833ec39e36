import { z } from 'zod';

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

const element = z.discriminatedUnion('type', [
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
const section = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(element) });

/** What a `rich_text` block holds. */
export const richTextElement = z.discriminatedUnion('type', [
  section,
  z.strictObject({
    type: z.literal('rich_text_list'),
    style: z.enum(['bullet', 'ordered']),
    elements: z.array(section),
    indent: z.number().int().min(0).max(8).exactOptional(),
    border,
  }),
  z.strictObject({ type: z.literal('rich_text_quote'), elements: z.array(element), border }),
  z.strictObject({
    type: z.literal('rich_text_preformatted'),
    elements: z.array(z.discriminatedUnion('type', [text, link])),
    border,
  }),
]);
