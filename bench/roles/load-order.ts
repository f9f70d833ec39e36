import { z } from 'zod';

/** What the load's process is told to do. */
export const loadOrder = z.object({
  /** Where Slack's requests go. */
  port: z.number(),
  /** Commands, or forms submitted, the bot's own or the plain one's: of person, opportunity and form by a number that counts up from `first`. */
  requests: z.object({ type: z.enum(['commands', 'submissions', 'plain-submissions']), first: z.number() }),
  /** As many a second, come what may; or so many at a time, each followed by the next as soon as it is answered. */
  pace: z.union([z.object({ perSecond: z.number() }), z.object({ atOnce: z.number() })]),
  seconds: z.number(),
  /** Where the bot may answer a command later. */
  responseUrl: z.string(),
});
export type LoadOrder = z.infer<typeof loadOrder>;

/** How it went. */
export const loadReport = z.object({
  /** Milliseconds from a request's sending to its answer, of those that were acknowledged. */
  waits: z.array(z.number()),
  /** Requests that were answered with something else than an acknowledgement. */
  refused: z.number(),
  seconds: z.number(),
  /** The system's monotonic clock (nanoseconds) when the first request was sent. */
  began: z.string(),
});
export type LoadReport = z.infer<typeof loadReport>;
