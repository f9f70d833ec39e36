import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Altered } from '../../demo/partner-central/altered.ts';
import type { Observed } from '../../demo/partner-central/observed.ts';
import { startPartnerCentral } from '../../demo/partner-central/server.ts';
import type { PartnerCentralStandIn } from '../../demo/partner-central/stand-in.ts';
import { openGate } from '../../rehearsal/gate.ts';
import { openNotebook } from '../../rehearsal/notebook.ts';
import type { Play } from '../../rehearsal/run.ts';
import type { Clock } from '../../src/clock.ts';
import { temporaryFolder } from '../database/databases.ts';

/** A clock on which waiting takes no time: whoever waits is next, and it is that much later then. */
function leapingClock(start = new Date('2026-11-22T09:30:00.000Z')): Clock {
  let elapsed = 0;
  return {
    now: () => new Date(start.getTime() + elapsed),
    monotonic: () => elapsed,
    after(ms, run) {
      const at = elapsed + Math.max(0, ms);
      const waiting = setImmediate(() => {
        elapsed = Math.max(elapsed, at);
        run();
      });
      return () => clearImmediate(waiting);
    },
  };
}

export interface World {
  readonly aws: PartnerCentralStandIn;
  readonly clock: Clock;
  readonly notebookFile: string;
  /** A process: it knows what the notebook's file says, and no more. */
  readonly begin: () => Play;
  readonly told: string[];
}

export async function standIn(
  options: { readonly observed?: Partial<Observed>; readonly altered?: Partial<Altered> } = {},
): Promise<World> {
  const clock = leapingClock();
  const aws = await startPartnerCentral({ clock, quotas: true, ...options });
  const folder = await temporaryFolder();
  onTestFinished(async () => {
    await aws.close();
    await folder.remove();
  });
  const notebookFile = join(folder.path, 'notebook');
  const told: string[] = [];
  let ids = 0;
  const begin = (): Play => {
    const notebook = openNotebook(notebookFile);
    const gate = openGate(
      {
        endpoint: new URL(aws.url),
        region: 'us-east-1',
        credentials: async () => aws.credentials,
        clock,
        userAgent: 'submit-opportunity-bot|rehearsal',
      },
      notebook,
    );
    onTestFinished(() => gate.close());
    return {
      gate,
      notebook,
      clock,
      newId: () => {
        ids += 1;
        return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`;
      },
      tell: (line) => told.push(line),
    };
  };
  return { aws, clock, notebookFile, begin, told };
}
