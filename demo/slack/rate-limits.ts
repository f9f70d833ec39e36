import type { Clock } from '../../src/clock.ts';

/** Calls allowed at once, and how fast the allowance comes back. */
interface Limit {
  readonly burst: number;
  readonly everyMs: number;
}

/** One message a second a channel, "short bursts" allowed. https://docs.slack.dev/apis/web-api/rate-limits/ */
const POSTING: Limit = { burst: 3, everyMs: 1000 };
const perMinute = (calls: number): Limit => ({ burst: calls, everyMs: 60_000 / calls });
/** Tiers of the methods, on their pages. */
const TIER_2 = perMinute(20);
const TIER_3 = perMinute(50);
const TIER_4 = perMinute(100);

const LIMITS: Readonly<Record<string, Limit>> = {
  'chat.update': TIER_3,
  'chat.delete': TIER_3,
  'chat.postEphemeral': TIER_4,
  'conversations.info': TIER_3,
  'conversations.list': TIER_2,
  'conversations.members': TIER_4,
  'conversations.open': TIER_3,
  'users.info': TIER_4,
  'users.list': TIER_2,
  'usergroups.list': TIER_2,
  'usergroups.users.list': TIER_2,
  'bots.info': TIER_3,
  'views.open': TIER_4,
  'views.push': TIER_4,
  'views.update': TIER_4,
  'views.publish': TIER_4,
};

/** Counts a call; the seconds to wait where it is one too many. */
export type RateLimit = (method: string, channel: string | undefined) => number | undefined;

export function createRateLimit(clock: Clock): RateLimit {
  const buckets = new Map<string, { left: number; at: number }>();
  return (method, channel) => {
    const limit = method === 'chat.postMessage' ? POSTING : LIMITS[method];
    if (limit === undefined) return undefined;
    const key = method === 'chat.postMessage' ? `${method} ${channel ?? ''}` : method;
    const now = clock.monotonic();
    const bucket = buckets.get(key) ?? { left: limit.burst, at: now };
    const left = Math.min(limit.burst, bucket.left + (now - bucket.at) / limit.everyMs);
    buckets.set(key, { left: left >= 1 ? left - 1 : left, at: now });
    return left >= 1 ? undefined : Math.max(1, Math.ceil(((1 - left) * limit.everyMs) / 1000));
  };
}
