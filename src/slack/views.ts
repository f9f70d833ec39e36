import type { ModalView } from '@slack/types';
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Logger } from '../log.ts';

export type Opened =
  | { readonly type: 'opened'; readonly viewId: string; readonly hash: string }
  /** The trigger's 3 s are over, or it was used. */
  | { readonly type: 'expired' }
  | { readonly type: 'failed' };

export type Views = ReturnType<typeof createViews>;

/** `views.open` and `views.update`, over a client that answers within 2.5 s or not at all. */
export function createViews({ client, log }: { client: WebClient; log: Logger }) {
  const opened = (view: { readonly id?: string; readonly hash?: string } | undefined): Opened => ({
    type: 'opened',
    viewId: view?.id ?? '',
    hash: view?.hash ?? '',
  });

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
        if (isExpiredTrigger(error)) return { type: 'expired' };
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
     * Shows `view` in place of an open one. With `hash`, only if nobody changed it meanwhile. A person who closed
     * the view or moved on is no failure; anything else is answered with false.
     */
    async update(viewId: string, view: ModalView, hash?: string): Promise<boolean> {
      try {
        await client.views.update({ view_id: viewId, view, ...(hash === undefined ? {} : { hash }) });
        return true;
      } catch (error) {
        if (isGone(error)) return true;
        log.error({ error }, 'views.update failed');
        return false;
      }
    },
  };
}

/** Slack says it in two ways. */
function isExpiredTrigger(error: unknown): boolean {
  if (!(error instanceof WebAPIPlatformError)) return false;
  const { error: code, response_metadata } = error.data;
  if (code === 'expired_trigger_id' || code === 'exchanged_trigger_id' || code === 'trigger_exchanged')
    return true;
  return (
    code === 'invalid_arguments' &&
    (response_metadata?.messages ?? []).some((message) => /trigger_id.*expired/.test(message))
  );
}

const isGone = (error: unknown): boolean =>
  error instanceof WebAPIPlatformError &&
  ['hash_conflict', 'view_not_found', 'not_found'].includes(error.data.error);
