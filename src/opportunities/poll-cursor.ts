import { z } from 'zod';
import { DAY_MS } from '../clock.ts';
import { LISTS_LAG_MS } from './opportunity.ts';

/** A poll asks again for what changed shortly before the newest it knows (milliseconds). */
const OVERLAP_MS = LISTS_LAG_MS;

const cursorSchema = z.object({
  /** AWS's newest `LastModifiedDate`. AWS's times are compared with AWS's only, ours with ours. */
  newest: z.iso.datetime(),
  /** Our time, when it was first read. */
  readAt: z.iso.datetime(),
  /** It was asked for again so long afterwards that nothing older can still turn up. */
  settled: z.boolean(),
});

/** Where the polls have come to. */
export type PollCursor = z.infer<typeof cursorSchema>;

/** A cursor as the job remembers it; undefined: there is none yet, or it isn't one. */
export function readCursor(text: string): PollCursor | undefined {
  try {
    return cursorSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/**
 * What the next poll asks for: everything modified after this moment of AWS's. The overlap ends once it has done
 * its service: else a thousand opportunities changed in one import would be read again with every poll.
 */
export function askAfter(cursor: PollCursor | undefined, at: Date): Date {
  // The first poll of all.
  if (cursor === undefined) return new Date(at.getTime() - DAY_MS);
  return new Date(Date.parse(cursor.newest) - (cursor.settled ? 0 : OVERLAP_MS));
}

/**
 * The cursor after a poll that began at `at` and read all its pages; `modified` are the dates in them. Where it found
 * nothing at all the next one begins where it began, however much later that is.
 */
export function cursorAfter(
  cursor: PollCursor | undefined,
  modified: readonly { readonly LastModifiedDate: string }[],
  at: Date,
): PollCursor {
  const before = cursor ?? {
    newest: askAfter(cursor, at).toISOString(),
    readAt: at.toISOString(),
    settled: true,
  };
  const newest = modified
    .map(({ LastModifiedDate }) => Date.parse(LastModifiedDate))
    .filter(Number.isFinite)
    .reduce((one, other) => Math.max(one, other), Date.parse(before.newest));
  if (newest > Date.parse(before.newest)) {
    return { newest: new Date(newest).toISOString(), readAt: at.toISOString(), settled: false };
  }
  return { ...before, settled: before.settled || at.getTime() - Date.parse(before.readAt) > OVERLAP_MS };
}
