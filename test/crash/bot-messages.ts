import { z } from 'zod';

/** What a bot's process is told at its start. */
export const botSettings = z.object({
  /** As `config.ts` reads it. */
  environment: z.record(z.string(), z.string()),
  submitsPerSecond: z.number(),
  credentials: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
  timeouts: z.object({ connectMs: z.number(), firstByteMs: z.number(), totalMs: z.number() }),
  /** The file by which all processes share their time. */
  clock: z.string(),
  /** Where it writes the points it passed before the signal struck. */
  journal: z.string(),
});
export type BotSettings = z.infer<typeof botSettings>;

/**
 * From now on points are counted, anew; at the one of this number (from 1), or the `nth` (the first) of this name, or
 * the first whose name is `like` this pattern, the signal strikes.
 */
export const botOrders = z.object({
  at: z.union([z.number(), z.string()]).optional(),
  nth: z.number().optional(),
  like: z.string().optional(),
  signal: z.enum(['SIGKILL', 'SIGSTOP']).optional(),
});
export type BotOrders = z.infer<typeof botOrders>;

/** Memory in megabytes, and what keeps the event loop alive: sockets, timers, files. */
const holdings = z.object({
  heap: z.number(),
  external: z.number(),
  resident: z.number(),
  handles: z.number(),
  /** The handles by their kind. */
  kinds: z.record(z.string(), z.number()),
});
export type Holdings = z.infer<typeof holdings>;

export const botReport = z.discriminatedUnion('type', [
  z.object({ type: z.literal('running') }),
  z.object({ type: z.literal('counting') }),
  z.object({ type: z.literal('holdings'), holdings }),
  z.object({ type: z.literal('traffic'), underWay: z.number() }),
  z.object({ type: z.literal('points'), passed: z.array(z.string()) }),
]);
export type BotReport = z.infer<typeof botReport>;
