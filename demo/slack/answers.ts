import { z } from 'zod';
import { isObject } from '../json.ts';
import { optionGroup, selectOption } from './block-objects.ts';
import type { Checked } from './block-rules.ts';
import { complaints } from './slack-messages.ts';
import type { OfferedGroup } from './stand-in.ts';
import { type CheckedModal, checkModal } from './view-rules.ts';
import type { StoredView } from './views.ts';

/** What an app's answer to a `view_submission` asks for. */
export type SubmissionAnswer =
  | { readonly action: 'close' }
  | { readonly action: 'clear' }
  | { readonly action: 'errors'; readonly errors: Readonly<Record<string, string>> }
  | { readonly action: 'update' | 'push'; readonly view: CheckedModal };

const errorsAnswer = z.strictObject({
  response_action: z.literal('errors'),
  errors: z.record(z.string(), z.string()),
});

function wrong<T>(...messages: readonly string[]): Checked<T> {
  return { ok: false, messages };
}

/**
 * Reads `response_action`. Errors may name only block_ids of input blocks; nothing at all closes the view.
 * https://docs.slack.dev/surfaces/modals/#response_actions
 */
export function readSubmissionAnswer(payload: unknown, stored: StoredView): Checked<SubmissionAnswer> {
  if (payload === undefined || payload === null || payload === '')
    return { ok: true, value: { action: 'close' } };
  if (!isObject(payload)) return wrong('the answer to a view_submission must be empty or JSON');
  if (Object.keys(payload).length === 0) return { ok: true, value: { action: 'close' } };
  switch (payload.response_action) {
    case 'clear':
      return { ok: true, value: { action: 'clear' } };
    case 'errors': {
      const parsed = errorsAnswer.safeParse(payload);
      if (!parsed.success) return wrong('errors must hold a text for each block_id');
      const inputs = new Set(
        stored.view.blocks.flatMap((block) => (block.type === 'input' ? [block.block_id] : [])),
      );
      const named = Object.keys(parsed.data.errors);
      const unknown = named.filter((blockId) => !inputs.has(blockId));
      if (named.length === 0) return wrong('errors names no block_id');
      return unknown.length > 0
        ? wrong(`errors names what isn't an input block: ${unknown.join(', ')}`)
        : { ok: true, value: { action: 'errors', errors: parsed.data.errors } };
    }
    case 'update':
    case 'push': {
      const view = checkModal(payload.view);
      return view.ok ? { ok: true, value: { action: payload.response_action, view: view.value } } : view;
    }
    default:
      return wrong(`unknown response_action: ${String(payload.response_action)}`);
  }
}

const suggestions = z.union([
  z.strictObject({ options: z.array(selectOption).max(100) }),
  z.strictObject({ option_groups: z.array(optionGroup).max(100) }),
]);

/** Reads the answer to a `block_suggestion`. */
export function readOptions(payload: unknown): Checked<readonly OfferedGroup[]> {
  const parsed = suggestions.safeParse(payload, { reportInput: true });
  if (!parsed.success) return { ok: false, messages: complaints(parsed.error.issues, []) };
  return {
    ok: true,
    value:
      'options' in parsed.data
        ? [{ label: undefined, options: parsed.data.options }]
        : parsed.data.option_groups.map(({ label, options }) => ({ label: label.text, options })),
  };
}
