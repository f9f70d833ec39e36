import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { readToolConfig } from '../config/config.ts';
import { loadEnvFile } from '../config/env-file.ts';
import { connectReadOnly } from '../database/connect.ts';
import { exportedRecords } from './export-records.ts';
import { csvOf, jsonOf } from './export-text.ts';
import { helpIfAsked, misused } from './usage.ts';

const USAGE = `Usage: npm run -s export -- [--since 2026-01-01] [--format csv|json] > records.csv

  --since   records to which anything happened since then: a day (from midnight UTC) or a moment in ISO 8601,
            such as 2026-01-01T09:00:00Z; all records where it isn't given
  --format  csv (a line an event) or json (an array of records with their events); csv where it isn't given`;

loadEnvFile();

const args = process.argv.slice(2);
helpIfAsked(args, USAGE);
const asked = readArguments(args);
if (!asked.ok) misused(asked.problem, USAGE);
const config = readToolConfig(process.env);
if (!config.ok) {
  console.error(config.problems.join('\n'));
  process.exit(1);
}
try {
  const { db, close } = await connectReadOnly(config.database);
  const records = exportedRecords(db, asked.since);
  const text = asked.format === 'csv' ? csvOf(records) : jsonOf(records);
  await pipeline(Readable.from(text), process.stdout, { end: false });
  await close();
} catch (error) {
  // Whoever reads along has read enough (`| head`).
  if (error instanceof Error && 'code' in error && error.code === 'EPIPE') process.exit(0);
  console.error(`The records can't be exported: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

function readArguments(
  args: readonly string[],
):
  | { readonly ok: true; readonly since: Date | undefined; readonly format: 'csv' | 'json' }
  | { readonly ok: false; readonly problem: string } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { since: { type: 'string' }, format: { type: 'string', default: 'csv' } },
    });
    const { format } = values;
    if (format !== 'csv' && format !== 'json') {
      return { ok: false, problem: `--format takes csv or json, not "${format}".` };
    }
    if (values.since === undefined) return { ok: true, since: undefined, format };
    const since = momentOf(values.since);
    return since === undefined
      ? { ok: false, problem: `--since takes a day, such as 2026-01-01, not "${values.since}".` }
      : { ok: true, since, format };
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** A day or a moment with its zone; anything else, 30 February too, is none. */
function momentOf(text: string): Date | undefined {
  const [, day = ''] =
    /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/.exec(text) ?? [];
  const midnight = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(day)) return undefined;
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}
