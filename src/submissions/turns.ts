import type { Clock } from '../clock.ts';
import type { Duties, DutyName } from './duties.ts';

const LEASE_MS = 5 * 60_000;

/** What a round knows of its turn. */
export interface Turn {
  readonly at: Date;
  /** What the last round had to remember; empty where it was the first. */
  readonly value: string;
  /** The duty stays this replica's while it is at it. */
  keep(): Promise<void>;
}

/** How a round ended. */
export interface Ended {
  readonly succeeded: boolean;
  readonly againAt: Date;
  /** What the next round has to know; nothing where it isn't given. */
  readonly value?: string;
}

/** Does a round of a duty if its time has come and no other replica has it. True: it did. */
export type InTurn = (name: DutyName, round: (turn: Turn) => Promise<Ended>) => Promise<boolean>;

/** A round that throws keeps the duty until its lease runs out: whatever was wrong, it isn't tried again at once. */
export function createTurns(dependencies: {
  readonly duties: Duties;
  readonly clock: Clock;
  readonly owner: string;
}): InTurn {
  const { duties, clock, owner } = dependencies;
  const leaseUntil = () => new Date(clock.now().getTime() + LEASE_MS);
  return async (name, round) => {
    const at = clock.now();
    const duty = await duties.take(name, { owner, at, leaseUntil: leaseUntil() });
    if (duty === undefined) return false;
    const keep = () => duties.renew(name, { owner, leaseUntil: leaseUntil() });
    const { value = '', ...ended } = await round({ at, value: duty.value, keep });
    await duties.done(name, { owner, at: clock.now(), value, ...ended });
    return true;
  };
}
