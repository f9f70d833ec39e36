import { type RawBuilder, sql } from 'kysely';

/**
 * Nothing that is under way is put off for longer (milliseconds). What is planned for later was planned while this
 * machine's clock was ahead: it is due, else mending the clock would put it off for as long as it was wrong.
 */
const LONGEST_WAIT_MS = 20 * 60_000;
/** The longest that a service's own wish to be left alone is followed: it is asked again then. */
export const LONGEST_HINT_MS = 15 * 60_000;

/** What is planned for after this moment (ISO 8601) is due. */
export const beyond = (at: Date): string => new Date(at.getTime() + LONGEST_WAIT_MS).toISOString();

/** Whether a moment that something waits for is still to come. */
export const isAhead = (moment: Date, at: Date): boolean =>
  moment > at && moment.getTime() - at.getTime() <= LONGEST_WAIT_MS;

/** The same of a row's `due_at`, the other way round: its moment has come. */
export const hasCome = (at: Date): RawBuilder<boolean> =>
  sql<boolean>`(due_at <= ${at.toISOString()} or due_at > ${beyond(at)})`;
