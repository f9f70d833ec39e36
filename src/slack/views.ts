import type { Block, KnownBlock, ModalView } from '@slack/types';
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { type Clock, sleep } from '../clock.ts';
import type { Logger } from '../observability/log.ts';

type Opened =
  | { readonly type: 'opened'; readonly id: string; readonly hash: string }
  /** The trigger's 3 s are over, it was used, or Slack doesn't know it: a press brings another. */
  | { readonly type: 'expired' }
  | { readonly type: 'failed' };

type Updated =
  | { readonly type: 'shown'; readonly hash: string }
  /** It was closed, or shows something else by now. */
  | { readonly type: 'moved-on' | 'failed' };

/** A choice in an open form. */
interface ChoiceMade {
  readonly view: Shown & { readonly id: string };
  /** Slack's `action_ts`: seconds. */
  readonly at: string;
}

/** What a form shows: its blocks, by the hash that Slack gave them. */
interface Shown {
  readonly blocks: readonly (Block | KnownBlock)[];
  readonly hash: string;
}

/** Milliseconds between two questions whether an acknowledgement was taken, and for how long they are asked. */
const ASK_EVERY_MS = 100;
const ASK_FOR_MS = 3000;
/** Milliseconds for which it is remembered what a form shows. */
const REMEMBERED_MS = 10_000;

/** `views.open`, `views.push` and `views.update`, over a client that answers within 2.5 s or not at all. */
export function createViews({ client, clock, log }: { client: WebClient; clock: Clock; log: Logger }) {
  const opened = (view: { readonly id?: string; readonly hash?: string } | undefined): Opened => ({
    type: 'opened',
    id: view?.id ?? '',
    hash: view?.hash ?? '',
  });

  const update = async (viewId: string, view: ModalView, hash: string | undefined): Promise<Updated> => {
    const call = () =>
      client.views.update({
        view_id: viewId,
        // It keeps the name it was opened with, by which it is found again.
        view: { ...view, external_id: view.private_metadata ?? '' },
        // An empty one conflicts with every view (observed: slack-go/slack#1462).
        ...(hash === undefined || hash === '' ? {} : { hash }),
      });
    try {
      // Slack was seen not to find a view that is open, and to find it again (slackapi/java-slack-sdk#1220).
      const { view: shown } = await call().catch((error: unknown) => {
        if (!isNotThere(error)) throw error;
        return sleep(clock, ASK_EVERY_MS).then(call);
      });
      return { type: 'shown', hash: shown?.hash ?? '' };
    } catch (error) {
      if (isNotThere(error) || isOvertaken(error)) return { type: 'moved-on' };
      log.error({ error }, 'views.update failed');
      return { type: 'failed' };
    }
  };

  /** By the view's ID: when the last choice in it was made, and what it shows once that has been dealt with. */
  const forms = new Map<string, { readonly at: string; readonly shown: Promise<Shown | undefined> }>();

  return {
    /**
     * Opens a view. `name` is unique for ever: where Slack's answer got lost, the view is found by it, so that nobody is left
     * with a view that loads and never ends.
     */
    async open(
      triggerId: string,
      view: ModalView,
      name: string,
      /** `over`: on top of the view in which the trigger was made, which is there again once this one is closed. */
      where: 'alone' | 'over' = 'alone',
    ): Promise<Opened> {
      const named = { trigger_id: triggerId, view: { ...view, external_id: name } };
      try {
        return opened((await (where === 'alone' ? client.views.open(named) : client.views.push(named))).view);
      } catch (error) {
        if (isLostTrigger(error)) return { type: 'expired' };
        log.error({ error }, 'views.open failed');
        if (error instanceof WebAPIPlatformError) return { type: 'failed' };
      }
      try {
        return opened((await client.views.update({ external_id: name, view: named.view })).view);
      } catch {
        return { type: 'failed' };
      }
    },

    /**
     * Resolves once Slack shows `view`, which an acknowledgement has put in the place of another one: an update that is sent
     * before that may be taken first, and then `view` would stay for ever (observed: slackapi/bolt-js#639, #907). Only from
     * then on is it found by its `external_id`, which is its own. Where it isn't there after 3 s, it is closed, or an update
     * has as good a chance as any.
     */
    async taken(view: ModalView & { readonly external_id: string }): Promise<void> {
      for (const until = clock.monotonic() + ASK_FOR_MS; clock.monotonic() < until; ) {
        try {
          await client.views.update({ external_id: view.external_id, view });
          return;
        } catch (error) {
          if (error instanceof WebAPIPlatformError && !isNotThere(error)) {
            log.warn({ error }, 'a view that an acknowledgement showed could not be found');
            return;
          }
          await sleep(clock, ASK_EVERY_MS);
        }
      }
    },

    /**
     * Shows `view` in place of an open one. With `hash`, only if nobody changed it meanwhile. A person who closed
     * the view or moved on is no failure; anything else is answered with false.
     */
    update: async (viewId: string, view: ModalView, hash?: string): Promise<boolean> =>
      (await update(viewId, view, hash)).type !== 'failed',

    /** Shows `view` in place of the one that has this name. False: there is none that is open, or none yet. */
    async replace(name: string, view: ModalView): Promise<boolean> {
      try {
        await client.views.update({ external_id: name, view: { ...view, external_id: name } });
      } catch (error) {
        if (isNotThere(error)) return false;
        log.error({ error }, 'views.update failed');
      }
      return true;
    },

    /**
     * Shows in an open form what follows from a choice: of several quick ones from the last one made, in whichever order
     * Slack tells of them. A choice that was made before Slack had taken the update for the one before comes with the hash
     * from before that: then the update's own hash is used. Never none, so that no form comes over what Submit has put in
     * its place.
     *
     * What another replica has shown isn't known here: an earlier choice's findings may then stay until the next choice.
     * What is submitted is judged by what was chosen, whatever is shown.
     */
    async showLatest({ view, at }: ChoiceMade, next: ModalView): Promise<void> {
      const before = forms.get(view.id);
      if (before !== undefined && Number(before.at) > Number(at)) return;
      const show = async (): Promise<Shown | undefined> => {
        const shown = await before?.shown;
        if (forms.get(view.id) !== form) return shown;
        const known = shown === undefined ? [view] : [view, shown];
        if (known.every(({ blocks }) => showsSame(blocks, next.blocks))) return shown;
        for (const { hash } of known) {
          const updated = await update(view.id, next, hash);
          if (updated.type === 'shown') return { blocks: next.blocks, hash: updated.hash };
        }
        return shown;
      };
      const form = { at, shown: Promise.resolve().then(show) };
      forms.set(view.id, form);
      await form.shown;
      clock.after(REMEMBERED_MS, () => {
        if (forms.get(view.id) === form) forms.delete(view.id);
      });
    },
  };
}

/** Names for a trigger that opens nothing any more; a second process may have been given it. */
const LOST_TRIGGER = [
  'expired_trigger_id',
  'exchanged_trigger_id',
  'trigger_exchanged',
  'invalid_trigger_id',
];

/** Slack says it by a name, or as an argument that is invalid (observed: slackapi/bolt-js#1371, #1108, #1888). */
function isLostTrigger(error: unknown): boolean {
  if (!(error instanceof WebAPIPlatformError)) return false;
  const { error: code, response_metadata } = error.data;
  if (LOST_TRIGGER.includes(code)) return true;
  return (
    code === 'invalid_arguments' &&
    (response_metadata?.messages ?? []).some(
      (message) => message.includes('trigger_id') && /expired|invalid|exchanged/.test(message),
    )
  );
}

const isNotThere = (error: unknown): boolean =>
  error instanceof WebAPIPlatformError && ['view_not_found', 'not_found'].includes(error.data.error);

const isOvertaken = (error: unknown): boolean =>
  error instanceof WebAPIPlatformError && error.data.error === 'hash_conflict';

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
    readText('hint' in block && block.hint),
    'element' in block && actionOf(block.element),
    ...elements.map((element) => readText('text' in element && element.text)),
  ];
}

/** An input of another kind has another name. */
const actionOf = (element: unknown): unknown =>
  typeof element === 'object' && element !== null && 'action_id' in element ? element.action_id : element;

const readText = (text: unknown): unknown =>
  typeof text === 'object' && text !== null && 'text' in text ? text.text : text;
