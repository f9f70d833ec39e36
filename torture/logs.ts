import { z } from 'zod';
import type { BotProcess } from '../test/crash/bot-process.ts';

/** What the bots' logs say, read on as they grow. A database that fails over forgets what it had committed; a log doesn't. */
export interface LogBook {
  /** Reads on, and answers the lines that are new. */
  read(): readonly string[];
  /** Submissions that passed the fence. */
  readonly fences: readonly Noted[];
  /** Edits that were recorded. */
  readonly editsRecorded: readonly Noted[];
}

/** A record of an opportunity, and when something was committed of it (milliseconds of the clock). */
export interface Noted {
  readonly id: string;
  readonly opportunityId: string;
  readonly at: number;
}

const lineSchema = z.object({
  time: z.number(),
  submission: z.string().default(''),
  edit: z.string().default(''),
  opportunity: z.string(),
  msg: z.string(),
});

/** @param clockAt what the run's clock showed at a moment of the machine */
export function createLogBook(
  bots: () => readonly BotProcess[],
  clockAt: (machine: number) => number,
): LogBook {
  const read = new Map<BotProcess, number>();
  const fences: Noted[] = [];
  const editsRecorded: Noted[] = [];

  const note = (line: string): void => {
    if (!/"msg":"(sending|an edit of the deal recorded)"/.test(line)) return;
    const { time, submission, edit, opportunity: opportunityId, msg } = lineSchema.parse(JSON.parse(line));
    const at = clockAt(time);
    if (msg === 'sending') fences.push({ id: submission, opportunityId, at });
    else editsRecorded.push({ id: edit, opportunityId, at });
  };
  return {
    fences,
    editsRecorded,
    read: () =>
      bots().flatMap((bot) => {
        const from = read.get(bot) ?? 0;
        const output = bot.output();
        // What is written of a line may not be all of it yet.
        const end = bot.ended() === undefined ? output.lastIndexOf('\n') + 1 : output.length;
        read.set(bot, end);
        const lines = output
          .slice(from, end)
          .split('\n')
          .filter((line) => line !== '');
        for (const line of lines) note(line);
        return lines;
      }),
  };
}
