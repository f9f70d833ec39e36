import type { Clock } from '../../clock.ts';
import { LONGEST_HINT_MS } from '../due.ts';

/** When something that didn't work is tried again. `random`: from 0 up to 1, for jitter. */
export function createDelays({ clock, random }: { readonly clock: Clock; readonly random: () => number }) {
  const later = (ms: number) => new Date(clock.now().getTime() + ms);
  return {
    later,

    /** Full jitter over exponential growth ("Exponential Backoff And Jitter", AWS Architecture Blog). */
    backoff: (tries: number, baseMs: number, mostMs: number) =>
      later(Math.max(250, random() * Math.min(mostMs, baseMs * 2 ** Math.min(tries, 20)))),

    /** When AWS said to come back. */
    hinted: (ms: number) => later(Math.min(ms, LONGEST_HINT_MS)),
  };
}
