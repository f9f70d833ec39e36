import diagnostics from 'node:diagnostics_channel';
import { setTimeout as delay } from 'node:timers/promises';
import type { JumpClock } from '../demo/jump-clock.ts';

/** Puts time forward step by step, in a process whose calls go through undici. */
export interface PassingTime {
  /**
   * A step in which no call takes any time: the next one waits until nothing is under way. What the stand-ins need
   * is no figure of the bot's.
   */
  pass(ms: number): Promise<void>;
}

/** Counts what is asked and not answered yet. "Diagnostics Channel Support", https://undici.nodejs.org */
export function passingTime(clock: JumpClock): PassingTime {
  let underWay = 0;
  const count = (channel: string, by: number) =>
    diagnostics.subscribe(channel, () => {
      underWay += by;
    });
  count('undici:request:create', 1);
  count('undici:request:trailers', -1);
  count('undici:request:error', -1);
  return {
    async pass(ms) {
      clock.jump(ms);
      do await delay(1);
      while (underWay > 0);
    },
  };
}
