import type { Block, KnownBlock, ModalView } from '@slack/types';
import type { Clock } from '../clock.ts';
import type { Views } from './views.ts';

/**
 * Whether two views show the same, as far as a choice changes them: which blocks there are, and what their texts say.
 * A view that stays as it is isn't sent.
 */
const showsSame = (one: readonly (KnownBlock | Block)[], other: readonly (KnownBlock | Block)[]): boolean =>
  JSON.stringify(one.map(textsOf)) === JSON.stringify(other.map(textsOf));

function textsOf(block: KnownBlock | Block): readonly unknown[] {
  const text = 'text' in block ? block.text : undefined;
  const elements = 'elements' in block && Array.isArray(block.elements) ? block.elements : [];
  return [
    block.block_id,
    readText(text),
    ...elements.map((element) => readText('text' in element && element.text)),
  ];
}

const readText = (text: unknown): unknown =>
  typeof text === 'object' && text !== null && 'text' in text ? text.text : text;

/** What a form shows: its blocks, by the hash that Slack gave them. */
interface Shown {
  readonly blocks: readonly (Block | KnownBlock)[];
  readonly hash: string;
}

/** A choice in an open form, as Slack tells of it. */
export interface ChoiceMade {
  readonly view: Shown & { readonly id: string };
  /** Slack's `action_ts`: seconds. */
  readonly at: string;
}

/** Milliseconds for which it is remembered what a form shows. */
const REMEMBERED_MS = 10_000;

/**
 * Shows in an open form what follows from a choice: of several quick ones from the last one made, in whichever order Slack
 * tells of them. A choice made before Slack took the update that followed from the one before comes with the hash from
 * before: then that update's own hash is used. Never none, so that no form comes over what Submit has put in its place.
 *
 * What another replica has shown isn't known here: an earlier choice's findings may then stay until the next choice. What
 * is submitted is judged by what was chosen, whatever is shown.
 */
export function createShowLatest({ views, clock }: { readonly views: Views; readonly clock: Clock }) {
  /** By the view's ID: when the last choice was made, and what the form shows once it has been dealt with. */
  const forms = new Map<string, { readonly at: string; readonly shown: Promise<Shown | undefined> }>();

  return async ({ view, at }: ChoiceMade, next: ModalView): Promise<void> => {
    const before = forms.get(view.id);
    if (before !== undefined && Number(before.at) > Number(at)) return;
    const show = async (): Promise<Shown | undefined> => {
      const shown = await before?.shown;
      if (forms.get(view.id) !== form) return shown;
      const known = shown === undefined ? [view] : [view, shown];
      if (known.every(({ blocks }) => showsSame(blocks, next.blocks))) return shown;
      for (const { hash } of known) {
        const updated = await views.updateAt(view.id, next, hash);
        if (updated !== undefined) return { blocks: next.blocks, hash: updated };
      }
      return shown;
    };
    const form = { at, shown: Promise.resolve().then(show) };
    forms.set(view.id, form);
    await form.shown;
    clock.after(REMEMBERED_MS, () => {
      if (forms.get(view.id) === form) forms.delete(view.id);
    });
  };
}
