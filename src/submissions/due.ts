import { type RawBuilder, sql } from 'kysely';

/**
 * Nothing that is under way is put off, or held, for longer (milliseconds). What is planned for later was planned while
 * this machine's clock was ahead: it is due, else mending the clock would put it off for as long as it was wrong.
 */
const LONGEST_WAIT_MS = 20 * 60_000;
/** The longest that a service's own wish to be left alone is followed: it is asked again then. */
export const LONGEST_HINT_MS = 15 * 60_000;

const beyond = (at: Date): Date => new Date(at.getTime() + LONGEST_WAIT_MS);

/** Whether a moment that something waits for is still to come. */
export const isAhead = (moment: Date, at: Date): boolean => moment > at && moment <= beyond(at);

/** The same of a column, the other way round: its moment has come. */
export const hasCome = (column: 'due_at' | 'lease_until', at: Date): RawBuilder<boolean> =>
  sql<boolean>`(${sql.ref(column)} <= ${at.toISOString()} or ${sql.ref(column)} > ${beyond(at).toISOString()})`;
