import type { Clock } from '../../../src/clock.ts';

export interface ManualClock extends Clock {
  /** Lets time pass: timers that are due run, in their order. */
  advance(ms: number): void;
  /** How many milliseconds from now each timer is due. */
  due(): readonly number[];
}

/** A clock that stands still until it is told otherwise. */
export function manualClock(start = Date.UTC(2026, 10, 23, 9)): ManualClock {
  let elapsed = 0;
  let timers: { readonly at: number; readonly run: () => void }[] = [];
  return {
    now: () => new Date(start + elapsed),
    monotonic: () => elapsed,
    after: (ms, run) => {
      const timer = { at: elapsed + ms, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((known) => known !== timer);
      };
    },
    due: () => timers.map((timer) => timer.at - elapsed),
    advance: (ms) => {
      const end = elapsed + ms;
      for (;;) {
        const due = timers.filter((timer) => timer.at <= end).sort((one, other) => one.at - other.at)[0];
        if (due === undefined) break;
        timers = timers.filter((timer) => timer !== due);
        elapsed = due.at;
        due.run();
      }
      elapsed = end;
    },
  };
}
