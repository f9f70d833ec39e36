import type { ModalView } from '@slack/types';
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { type Clock, sleep } from '../clock.ts';
import type { Logger } from '../observability/log.ts';

export type Opened =
  | { readonly type: 'opened'; readonly viewId: string; readonly hash: string }
  /** The trigger's 3 s are over, it was used, or Slack doesn't know it: a press brings another. */
  | { readonly type: 'expired' }
  | { readonly type: 'failed' };

type Updated =
  | { readonly type: 'shown'; readonly hash: string }
  /** It was closed, or shows something else by now. */
  | { readonly type: 'moved-on' | 'failed' };

export type Views = ReturnType<typeof createViews>;

/** Milliseconds between two questions whether an acknowledgement was taken, and for how long they are asked. */
const ASK_EVERY_MS = 100;
const ASK_FOR_MS = 3000;

/** `views.open` and `views.update`, over a client that answers within 2.5 s or not at all. */
export function createViews({ client, clock, log }: { client: WebClient; clock: Clock; log: Logger }) {
  const opened = (view: { readonly id?: string; readonly hash?: string } | undefined): Opened => ({
    type: 'opened',
    viewId: view?.id ?? '',
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

  return {
    /**
     * `name` is unique for ever: where Slack's answer got lost, the view is looked for by it, so that nobody is
     * left with a view that loads and never ends.
     */
    async open(triggerId: string, view: ModalView, name: string): Promise<Opened> {
      const named = { ...view, external_id: name };
      try {
        return opened((await client.views.open({ trigger_id: triggerId, view: named })).view);
      } catch (error) {
        if (isLostTrigger(error)) return { type: 'expired' };
        log.error({ error }, 'views.open failed');
        if (error instanceof WebAPIPlatformError) return { type: 'failed' };
      }
      try {
        return opened((await client.views.update({ external_id: name, view: named })).view);
      } catch {
        return { type: 'failed' };
      }
    },

    /**
     * Resolves once Slack shows `view`, which an acknowledgement has put in the place of another one. Slack may take that
     * after an update that was sent later (observed: slackapi/bolt-js#639, #907), and would show `view` for ever. It
     * is found by its `external_id`, one of its own, only from then on. Where it isn't there after 3 s it is closed, or
     * else an update has as good a chance as any.
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

    /** Shows `view` in place of the one that was opened by this name, where it is still open. */
    async replace(name: string, view: ModalView): Promise<void> {
      try {
        await client.views.update({ external_id: name, view: { ...view, external_id: name } });
      } catch (error) {
        if (!isNotThere(error)) log.error({ error }, 'views.update failed');
      }
    },

    /** The same, and only over what has this hash. Answers the hash of what is shown now; undefined: `view` isn't. */
    async updateAt(viewId: string, view: ModalView, hash: string): Promise<string | undefined> {
      const updated = await update(viewId, view, hash);
      return updated.type === 'shown' ? updated.hash : undefined;
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
