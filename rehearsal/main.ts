import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { standardCredentials } from '../src/aws/credentials.ts';
import { runCommand } from '../src/cli/command.ts';
import { systemClock } from '../src/clock.ts';
import { CLAIMS } from './claims/index.ts';
import { clear } from './clear.ts';
import { openGate } from './gate.ts';
import { openNotebook } from './notebook.ts';
import { reportOf } from './report.ts';
import { plannedDeals, rehearse, surroundingsOf } from './run.ts';
import { whereToRehearse } from './settings.ts';
import { asTable } from './table.ts';

const NOTEBOOK = 'rehearsal-notebook.jsonl';

interface Asked {
  readonly yes: boolean;
  readonly long: boolean;
  readonly clear: boolean;
  readonly notebook: string;
}

await runCommand<Asked>({
  usage: `Usage: npm run rehearse [-- --yes] [--long] [--clear] [--notebook FILE]

  --yes            doesn't ask first
  --long           also what takes an hour, or waits until 23:30 UTC
  --clear          only closes what an earlier run left open
  --notebook FILE  what rehearsals made (${NOTEBOOK})

Finds out in AWS's Sandbox what the bot relies on: makes opportunities of a made-up customer, submits and changes them,
and closes them as far as AWS allows. Never in Production, and never with an opportunity that it didn't make. Writes
rehearsal-DATE.json, without names, accounts and addresses. docs/rehearsal.md has the rest.`,
  understand: (args) => {
    const { values } = parseArgs({
      args,
      options: {
        yes: { type: 'boolean', default: false },
        long: { type: 'boolean', default: false },
        clear: { type: 'boolean', default: false },
        notebook: { type: 'string', default: NOTEBOOK },
      },
    });
    return values;
  },
  failure: 'There was no rehearsal',
  run: async (asked) => {
    const where = whereToRehearse(process.env);
    const notebook = openNotebook(asked.notebook);
    const claims = CLAIMS.filter(({ long }) => asked.long || long === undefined);
    console.log(planned(where.at, claims.length, plannedDeals(claims), asked));
    if (!(asked.yes || (await agreed()))) return 1;

    const gate = openGate(
      {
        endpoint: where.endpoint,
        region: where.region,
        credentials: standardCredentials(),
        clock: systemClock,
        userAgent: 'submit-opportunity-bot|rehearsal',
      },
      notebook,
    );
    const play = {
      gate,
      notebook,
      clock: systemClock,
      newId: randomUUID,
      tell: (line: string) => console.log(line),
    };
    // The clock's own timers keep no process alive.
    const awake = setInterval(() => {}, 60_000);
    try {
      if (asked.clear) {
        await clear(surroundingsOf(play), play.tell);
        return 0;
      }
      const before = notebook.entries().length;
      const startedAt = systemClock.monotonic();
      const rehearsed = await rehearse(claims, play);
      const report = reportOf({
        ...rehearsed,
        at: where.at,
        now: systemClock.now(),
        ms: systemClock.monotonic() - startedAt,
        entries: notebook.entries().slice(before),
      });
      const file = written(JSON.stringify(report, undefined, 2), report.date);
      console.log(`\n${asTable(report)}\n\nThe report: ${file}`);
      return report.ended === null && report.claims.every(({ outcome }) => outcome !== 'differs') ? 0 : 1;
    } finally {
      clearInterval(awake);
      await gate.close();
    }
  },
});

function planned(at: string, claims: number, deals: number, asked: Asked): string {
  if (asked.clear) return `Closes in Sandbox (${at}) what earlier rehearsals left open.`;
  return [
    `Looks at ${claims} claims in Sandbox (${at}). For that it makes about ${deals} opportunities of a made-up customer, submits and`,
    'changes them, and closes them in the end; drafts stay, since nothing deletes one. At most one write a second, under',
    `ten minutes${asked.long ? ', but for what waits: until 23:30 UTC at most, and an hour more' : ''}. What it makes is written down in ${asked.notebook}.`,
  ].join('\n');
}

async function agreed(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    console.error('Nobody can be asked here: give --yes.');
    return false;
  }
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await asking.question('Go on? (yes) ')).trim());
  } finally {
    asking.close();
  }
}

/** Writes the report beside those there are; answers the file's name. */
function written(text: string, date: string): string {
  for (let number = 1; ; number += 1) {
    const file = `rehearsal-${date}${number === 1 ? '' : `-${number}`}.json`;
    try {
      writeFileSync(file, `${text}\n`, { flag: 'wx' });
      return file;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
}
