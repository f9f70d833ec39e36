import type { Clock } from '../src/clock.ts';

export interface JumpClock extends Clock {
  /** Lets `ms` pass at once: timers that fall due run, the others come nearer. */
  jump(ms: number): void;
}

interface Timer {
  readonly at: number;
  readonly run: () => void;
  handle: NodeJS.Timeout;
}

/** A clock that runs as the machine's does and can be put forward: days of waiting pass at once. */
export function jumpClock(): JumpClock {
  let offset = 0;
  const timers = new Set<Timer>();
  const monotonic = () => performance.now() + offset;

  const fire = (timer: Timer) => {
    clearTimeout(timer.handle);
    if (timers.delete(timer)) timer.run();
  };
  const arm = (timer: Timer) => {
    clearTimeout(timer.handle);
    timer.handle = setTimeout(() => fire(timer), Math.max(0, timer.at - monotonic()));
    timer.handle.unref();
  };

  return {
    now: () => new Date(Date.now() + offset),
    monotonic,
    after(ms, run) {
      const timer: Timer = { at: monotonic() + ms, run, handle: setTimeout(() => fire(timer), ms) };
      timer.handle.unref();
      timers.add(timer);
      return () => {
        clearTimeout(timer.handle);
        timers.delete(timer);
      };
    },
    jump(ms) {
      offset += ms;
      for (const timer of [...timers].sort((one, other) => one.at - other.at)) {
        if (timer.at <= monotonic()) fire(timer);
        else arm(timer);
      }
    },
  };
}
