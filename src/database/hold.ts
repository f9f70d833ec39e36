import type { Clock } from '../clock.ts';
import type { Connection } from './connect.ts';

/** Whether this process may still take its database for its own. */
export interface Hold {
  /** Looks, and begins to look again and again. */
  start(): void;
  stop(): void;
  /** Looks now. False: it has ended, for good. */
  isOurs(): boolean;
}

/** Milliseconds between two looks, where nobody asks. */
const LOOK_EVERY_MS = 5000;

/** `onLost` is told once, in words for the operator: from then on nothing may be sent, and the process is to end. */
export function createHold({
  whyLost,
  clock,
  onLost,
}: {
  readonly whyLost: Connection['whyLost'];
  readonly clock: Clock;
  readonly onLost: (message: string) => void;
}): Hold {
  let lost = false;
  let cancel = (): void => {};

  const isOurs = (): boolean => {
    const why = lost ? undefined : whyLost();
    if (why !== undefined) {
      lost = true;
      onLost(why);
    }
    return !lost;
  };
  const look = (): void => {
    if (isOurs()) cancel = clock.after(LOOK_EVERY_MS, look);
  };
  return { start: look, stop: () => cancel(), isOurs };
}
