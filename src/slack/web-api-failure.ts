import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';

/** Why a call of Slack's Web API failed. */
export type WebApiFailure =
  /** Slack said so itself; `error` is its name for it. */
  | { readonly type: 'platform'; readonly error: string }
  /** It wasn't answered as it should be: another time it may be. */
  | { readonly type: 'later'; readonly error: string; readonly retryAfterMs: number | undefined };

/** How long Slack is left alone where it doesn't say for how long (milliseconds). */
const PAUSE_MS = 10_000;

/** `rate_limited` is `chat.postMessage`'s own name for it; it may come as a body, which says no time. */
const RATE_LIMITED = new Set(['ratelimited', 'rate_limited']);

const rateLimited = (retryAfterMs = PAUSE_MS): WebApiFailure => ({
  type: 'later',
  error: 'ratelimited',
  retryAfterMs,
});

/** An error of Slack's client as data, `error` being a word that the log may show; undefined: it is none. */
export function webApiFailure(error: unknown): WebApiFailure | undefined {
  if (error instanceof WebAPIPlatformError) {
    return RATE_LIMITED.has(error.data.error) ? rateLimited() : { type: 'platform', error: error.data.error };
  }
  if (error instanceof WebAPIRateLimitedError) return rateLimited(error.retryAfter * 1000);
  if (error instanceof WebAPIHTTPError) {
    return error.statusCode === 429
      ? rateLimited()
      : { type: 'later', error: `http_${error.statusCode}`, retryAfterMs: undefined };
  }
  return error instanceof WebAPIRequestError
    ? { type: 'later', error: 'no_answer', retryAfterMs: undefined }
    : undefined;
}
