import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { z } from 'zod';
import { standardCredentials } from '../src/aws/client.ts';
import { runCommand } from '../src/cli/command.ts';
import { systemClock } from '../src/clock.ts';
import { applied, asDifference, changesBy } from './apply.ts';
import { CLAIMS } from './claims/index.ts';
import { clear } from './clear.ts';
import { differences } from './compare.ts';
import { openGate } from './gate.ts';
import { openNotebook } from './notebook.ts';
import { type Report, reportOf, reportSchema } from './report.ts';
import { plannedDeals, rehearse, surroundingsOf } from './run.ts';
import { whereToRehearse } from './settings.ts';
import { asTable } from './table.ts';

const EVIDENCE = new URL('../src/aws/rehearsed.json', import.meta.url);
const evidencesSchema = z.record(
  z.string(),
  z.object({ holds: z.boolean(), date: z.iso.date(), source: z.string() }),
);
const NOTEBOOK = 'rehearsal-notebook.jsonl';

await runCommand({
  usage: `Usage: npm run rehearse [-- --yes] [--long] [--compare OLD] [--notebook FILE]
       npm run rehearse -- --clear [--yes] [--notebook FILE]
       npm run rehearse -- --apply REPORT [--yes]

  --yes            doesn't ask first
  --long           also what takes an hour, or waits until 23:30 UTC
  --compare OLD    says what AWS changed since this report
  --clear          only closes what an earlier run left open
  --apply REPORT   shows what a report changes in the evidence beside the bot's rules, and changes it; asks AWS nothing
  --notebook FILE  what rehearsals made (${NOTEBOOK})

Finds out in AWS's Sandbox what the bot relies on: makes opportunities of a made-up customer, submits and changes them,
and closes them as far as AWS allows. Never in Production, and never with an opportunity that it didn't make. Writes
rehearsal-DATE.json, without names, accounts and addresses. docs/rehearsal.md has the rest.`,
  options: {
    yes: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    clear: { type: 'boolean', default: false },
    notebook: { type: 'string', default: NOTEBOOK },
    compare: { type: 'string' },
    apply: { type: 'string' },
  },
  failure: 'There was no rehearsal',
  run: async (asked) => {
    if (asked.apply !== undefined) return apply(asked.apply, asked.yes);
    const old = asked.compare === undefined ? undefined : readReport(asked.compare);
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
      const file = written(JSON.stringify(report, undefined, 1), report.date);
      console.log(`\n${asTable(report)}\n\nThe report: ${file}`);
      if (old !== undefined) console.log(`\n${since(old, report)}`);
      return report.ended === null && report.claims.every(({ outcome }) => outcome !== 'differs') ? 0 : 1;
    } finally {
      clearInterval(awake);
      await gate.close();
    }
  },
});

function planned(
  at: string,
  claims: number,
  deals: number,
  asked: { readonly clear: boolean; readonly long: boolean; readonly notebook: string },
): string {
  if (asked.clear) return `Closes in Sandbox (${at}) what earlier rehearsals left open.`;
  return [
    `Looks at ${claims} claims in Sandbox (${at}). For that it makes about ${deals} opportunities of a made-up customer, submits and`,
    'changes them, and closes them in the end; drafts stay, since nothing deletes one. At most one write a second, under',
    `ten minutes${asked.long ? ', but for what waits: until 23:30 UTC at most, and an hour more' : ''}. What it makes is written down in ${asked.notebook}.`,
  ].join('\n');
}

function since(old: Report, report: Report): string {
  const lines = differences(old, report);
  return [
    lines.length === 0
      ? `Nothing that AWS changed since ${old.date}.`
      : `What AWS changed since ${old.date}:`,
    ...lines.map((line) => `  ${line}`),
  ].join('\n');
}

/** Shows what a report changes in the evidence, and writes it where somebody agrees. */
async function apply(file: string, yes: boolean): Promise<0 | 1> {
  const known = evidencesSchema.parse(JSON.parse(readFileSync(EVIDENCE, 'utf8')));
  const found = changesBy(readReport(file), basename(file), CLAIMS, known);
  console.log(asDifference(found));
  if (found.changes.length === 0) return 0;
  if (!(yes || (await agreed()))) return 1;
  writeFileSync(EVIDENCE, `${JSON.stringify(applied(known, found.changes), undefined, 2)}\n`);
  console.log('Written to src/aws/rehearsed.json: look at the difference, and commit it with the report.');
  return 0;
}

/** @throws Error in words where it is no report */
function readReport(file: string): Report {
  const read = reportSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!read.success) throw new Error(`${file} is not the report of a rehearsal.`);
  return read.data;
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
