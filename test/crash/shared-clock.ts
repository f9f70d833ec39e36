import { openSync, readSync, writeSync } from 'node:fs';
import type { Clock } from '../../src/clock.ts';

export interface SharedClock extends Clock {
  /** Lets `ms` pass at once, in every process that reads the same file. */
  jump(ms: number): void;
  /** Sets the wall clock of the bots' machine so much off, for those who read it as theirs. */
  setWallClock(offByMs: number): void;
}

/** How late a timer may notice that time was put forward (milliseconds of the machine). */
const NOTICED_WITHIN_MS = 10;

/**
 * The machine's clock, put forward by what `file` says: several processes share it, and minutes pass in all of
 * them between two lines of a test. Also in one that is stopped: it finds the time gone when it wakes. `machine`: whose
 * it is; only the bots' wall clock is ever set wrong.
 */
export function sharedClock(file: string, machine: 'bots' | 'others' = 'others'): SharedClock {
  const opened = openSync(file, 'a+');
  const writable = openSync(file, 'r+');
  const bytes = Buffer.alloc(8);
  const read = (at: number) => (readSync(opened, bytes, 0, 8, at) === 8 ? bytes.readDoubleLE() : 0);
  const write = (at: number, value: number) => {
    const next = Buffer.alloc(8);
    next.writeDoubleLE(value);
    writeSync(writable, next, 0, 8, at);
  };
  const offset = () => read(0);
  const offBy = () => (machine === 'bots' ? read(8) : 0);
  const monotonic = () => performance.now() + offset();

  return {
    now: () => new Date(Date.now() + offset() + offBy()),
    monotonic,
    after(ms, run) {
      const due = monotonic() + ms;
      let timer: NodeJS.Timeout;
      const look = () => {
        const left = due - monotonic();
        if (left <= 0) {
          run();
          return;
        }
        timer = setTimeout(look, Math.min(left, NOTICED_WITHIN_MS));
        timer.unref();
      };
      // Never at once: what a timer does comes after what the caller does.
      timer = setTimeout(look, Math.min(Math.max(ms, 0), NOTICED_WITHIN_MS));
      timer.unref();
      return () => clearTimeout(timer);
    },
    jump: (ms) => write(0, offset() + ms),
    setWallClock: (offByMs) => write(8, offByMs),
  };
}
