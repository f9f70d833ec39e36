import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';

/*
 * Slack's error codes, by what they are about. From the pages of `chat.postMessage` and `chat.update`
 * (https://docs.slack.dev/reference/methods/chat.postMessage); what isn't there was observed, and says where.
 */

/** It stays so: this place takes no message of the bot's, or the message to be edited isn't there or can't be edited any more. */
const LASTING = new Set([
  'not_in_channel',
  'channel_not_found',
  'is_archived',
  'is_inactive',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'no_permission',
  'access_denied',
  'ekm_access_denied',
  'app_access_restricted',
  'team_access_not_granted',
  'channel_is_frozen',
  'messages_tab_disabled',
  // Of workspaces on the free plan: https://github.com/getsentry/sentry/issues/84876.
  'message_limit_exceeded',
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
]);

/** That message takes no reply; the channel may take a message. */
const REPLY = new Set([
  'cannot_reply_to_message',
  'restricted_action_thread_locked',
  'restricted_action_non_threadable_channel',
]);

/** Something about how the message is made. */
const CONTENT = new Set(['msg_blocks_too_long', 'invalid_blocks', 'invalid_blocks_format', 'msg_too_long']);

/** Slack's own trouble, which passes, or the bot's token's, which is the operator's: another place helps with neither. */
const PASSING = new Set([
  'fatal_error',
  'internal_error',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
  'accesslimited',
  'not_authed',
  'invalid_auth',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'missing_scope',
  'not_allowed_token_type',
  'org_login_required',
  'two_factor_setup_required',
]);

/** What a refusal is about. `unknown`: it may pass, and it may not. */
export function refusalAbout(error: string): 'lasting' | 'reply' | 'content' | 'passing' | 'unknown' {
  if (LASTING.has(error)) return 'lasting';
  if (REPLY.has(error)) return 'reply';
  if (CONTENT.has(error)) return 'content';
  return PASSING.has(error) ? 'passing' : 'unknown';
}

const ABSENT = new Set(['not_in_channel', 'channel_not_found']);
const CLOSED = /^(?:is_archived|is_inactive|channel_is_frozen|no_permission|restricted_action.*)$/;

/** Why a place takes no message, as far as people can do something about it. */
export type WhyNot =
  /** The bot isn't in it: an invitation helps. */
  | 'absent'
  /** Archived, frozen or restricted. */
  | 'closed'
  /** Anything else, by Slack's name for it. */
  | { readonly code: string };

/** Why a place took nothing, for people. */
export function whyNot(error: string): WhyNot {
  if (ABSENT.has(error)) return 'absent';
  return CLOSED.test(error) ? 'closed' : { code: error.replaceAll(/[^a-z_]/g, '') };
}

/** Why a call of Slack's Web API failed. */
type WebApiFailure =
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
