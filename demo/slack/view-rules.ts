import type { HomeView, KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { isObject } from '../json.ts';
import { plainText } from './block-objects.ts';
import { type Checked, checkBlocks } from './block-rules.ts';
import { complaint, complaints } from './slack-messages.ts';

/** Views with Slack's sizes. https://docs.slack.dev/reference/views/ */

type WithKnownBlocks<V> = V & { readonly blocks: KnownBlock[] };
export type CheckedModal = WithKnownBlocks<ModalView>;
export type CheckedHome = WithKnownBlocks<HomeView>;
export type CheckedView = CheckedModal | CheckedHome;

const common = {
  blocks: z.unknown(),
  private_metadata: z.string().max(3000).exactOptional(),
  callback_id: z.string().max(255).exactOptional(),
  external_id: z.string().max(255).exactOptional(),
};

const modal = z.strictObject({
  type: z.literal('modal'),
  ...common,
  title: plainText(24),
  submit: plainText(24).nullable().exactOptional(),
  close: plainText(24).nullable().exactOptional(),
  clear_on_close: z.boolean().exactOptional(),
  notify_on_close: z.boolean().exactOptional(),
  submit_disabled: z.boolean().exactOptional(),
});

const home = z.strictObject({ type: z.literal('home'), ...common });

/** A view larger than this is `view_too_large`: 250 KB. */
const LARGEST_VIEW_BYTES = 250_000;

/** Whether Slack would call a view `view_too_large`. */
export function isTooLarge(view: unknown): boolean {
  return Buffer.byteLength(JSON.stringify(view) ?? '') > LARGEST_VIEW_BYTES;
}

/** Checks a modal as Slack does; what wasn't set (or is null, as in a view sent back) is left out. */
export function checkModal(view: unknown): Checked<CheckedModal> {
  const parsed = modal.safeParse(view, { reportInput: true });
  const blocks = checkBlocks(isObject(view) ? view.blocks : undefined, 'modal', ['view', 'blocks']);
  if (!parsed.success) return { ok: false, messages: complaints(parsed.error.issues, ['view']) };
  if (!blocks.ok) return blocks;
  const { submit, close, submit_disabled: _, ...rest } = parsed.data;
  if (!submit && blocks.value.some((block) => block.type === 'input'))
    return { ok: false, messages: [complaint('missing required field: submit', ['view'])] };
  return {
    ok: true,
    value: {
      ...rest,
      ...(submit ? { submit } : {}),
      ...(close ? { close } : {}),
      blocks: [...blocks.value],
    },
  };
}

/** Checks a home tab as Slack does. */
export function checkHome(view: unknown): Checked<CheckedHome> {
  const parsed = home.safeParse(view, { reportInput: true });
  const blocks = checkBlocks(isObject(view) ? view.blocks : undefined, 'home', ['view', 'blocks']);
  if (!parsed.success) return { ok: false, messages: complaints(parsed.error.issues, ['view']) };
  if (!blocks.ok) return blocks;
  return { ok: true, value: { ...parsed.data, blocks: [...blocks.value] } };
}
