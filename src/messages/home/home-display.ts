import type { WebClient } from '@slack/web-api';
import type { Logger } from '../../observability/log.ts';
import type { DealPage } from '../../slack/deal-page.ts';
import { webApiFailure } from '../../slack/refusals.ts';
import { homeView } from '../kinds/home.ts';
import type { HomeDisplay, Shown } from './publish.ts';

/** Errors of Slack's that say it is Slack's trouble, not the tab's or the person's. */
const PASSING = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);

/**
 * `views.publish`, with its failures as data. It needs no scope.
 * ("views.publish", https://docs.slack.dev/reference/methods/views.publish)
 */
export function createHomeDisplay(options: {
  /** Neither retries nor waits by itself: a tab that failed is due again anyway. */
  readonly client: WebClient;
  readonly log: Logger;
  readonly dealPage: DealPage;
}): HomeDisplay {
  const { client, log, dealPage } = options;
  return {
    async show(who, tab, hash) {
      try {
        const { view } = await client.views.publish({
          user_id: who.userId,
          view: homeView(tab, dealPage),
          // An empty one conflicts with every view (observed: slack-go/slack#1462).
          ...(hash === undefined || hash === '' ? {} : { hash }),
        });
        return { type: 'shown', hash: view?.hash ?? '' };
      } catch (error) {
        const failure = failureOf(error);
        if (failure.type !== 'overtaken') {
          log.warn(
            { error: failure.error },
            failure.error === 'not_enabled'
              ? 'the Slack app has no home tab: bring its manifest up to date, from manifest.yml'
              : 'a home tab could not be published',
          );
        }
        return failure;
      }
    },
  };
}

/** @throws what isn't a failure of the call. */
function failureOf(error: unknown): Exclude<Shown, { type: 'shown' }> {
  const failure = webApiFailure(error);
  if (failure === undefined) throw error;
  if (failure.type === 'later') return failure;
  const { error: code } = failure;
  if (code === 'hash_conflict') return { type: 'overtaken' };
  return PASSING.has(code)
    ? { type: 'later', error: code, retryAfterMs: undefined }
    : { type: 'refused', error: code };
}
