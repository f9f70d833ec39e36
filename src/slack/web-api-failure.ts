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

/** An error of Slack's client as data; undefined: it is none. */
export function webApiFailure(error: unknown): WebApiFailure | undefined {
  if (error instanceof WebAPIPlatformError) return { type: 'platform', error: error.data.error };
  if (error instanceof WebAPIRateLimitedError) {
    return { type: 'later', error: 'ratelimited', retryAfterMs: error.retryAfter * 1000 };
  }
  if (error instanceof WebAPIHTTPError) {
    return { type: 'later', error: `HTTP ${error.statusCode}`, retryAfterMs: undefined };
  }
  return error instanceof WebAPIRequestError
    ? { type: 'later', error: 'no answer from Slack', retryAfterMs: undefined }
    : undefined;
}
