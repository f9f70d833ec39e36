import { z } from 'zod';
import { ratioAtLeast, ratioAtMost } from '../figures.ts';
import { startAnswers } from '../roles/players.ts';
import { start } from '../roles/start.ts';
import { ending, type Row, takingTurns } from './row.ts';

const CLIENTS = ['ours', 'official', 'raw'] as const;
/** As many as the bot's own client has connections. */
const AT_ONCE = 8;
const report = z.object({ perSecond: z.number(), cpuMicros: z.number() });

/** What one GetOpportunity costs, signed and its answer read, by our client and by AWS's. */
export const signedCall: Row = {
  name: 'signed-call',
  measure: ({ rounds, seconds }) =>
    ending(async (keep) => {
      const { url } = (await keep(startAnswers())).ready;
      const callers = await Promise.all(
        CLIENTS.map((client) => keep(start('caller.ts', { client, url }, z.null()))),
      );
      const turn = (lasting: number) =>
        callers.map((caller) => () => caller.ask('run', { atOnce: AT_ONCE, seconds: lasting }, report));
      // Their code is compiled in a first turn that doesn't count.
      await takingTurns(1, turn(seconds / 2));
      const [ours = [], official = [], raw = []] = await takingTurns(rounds, turn(seconds / 2));
      const calls = (side: readonly z.infer<typeof report>[]) => side.map(({ perSecond }) => perSecond);
      const cpu = (side: readonly z.infer<typeof report>[]) => side.map(({ cpuMicros }) => cpuMicros);
      return [
        {
          what: 'Signed calls to Partner Central',
          unit: 'per second',
          rounds: calls(ours),
          against: { what: 'official client', rounds: calls(official) },
          targets: [ratioAtLeast(3)],
        },
        {
          what: 'Processor time of a signed call',
          unit: 'µs',
          rounds: cpu(ours),
          against: { what: 'official client', rounds: cpu(official) },
          targets: [ratioAtMost(0.35)],
        },
        {
          what: 'The same, against HTTP without signing or checking',
          unit: 'µs',
          rounds: cpu(ours),
          against: { what: 'undici', rounds: cpu(raw) },
        },
      ];
    }),
};
