import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { connectReadOnly } from '../database/connect.ts';
import { runCommand } from './command.ts';
import { exportedRecords } from './export-records.ts';
import { csvOf, jsonOf } from './export-text.ts';

await runCommand({
  usage: `Usage: npm run -s export -- [--since 2026-01-01] [--format csv|json] > records.csv

  --since   records to which anything happened since then: a day (from midnight UTC) or a moment in ISO 8601,
            such as 2026-01-01T09:00:00Z; all records where it isn't given
  --format  csv (a line an event) or json (an array of records with their events); csv where it isn't given`,
  understand: (args) => {
    const { format, since } = parseArgs({
      args,
      options: { since: { type: 'string' }, format: { type: 'string', default: 'csv' } },
    }).values;
    if (format !== 'csv' && format !== 'json') {
      throw new Error(`--format takes csv or json, not "${format}".`);
    }
    const moment = since === undefined ? undefined : momentOf(since);
    if (since !== undefined && moment === undefined) {
      throw new Error(`--since takes a day, such as 2026-01-01, not "${since}".`);
    }
    return { format, since: moment };
  },
  failure: "The records can't be exported",
  run: async ({ format, since }, { config }) => {
    const { db, close } = await connectReadOnly(config().database);
    const records = exportedRecords(db, since);
    const text = format === 'csv' ? csvOf(records) : jsonOf(records);
    await pipeline(Readable.from(text), process.stdout, { end: false });
    await close();
    return 0;
  },
});

/** A day or a moment with its zone; anything else, 30 February too, is none. */
function momentOf(text: string): Date | undefined {
  const [, day = ''] =
    /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/.exec(text) ?? [];
  const midnight = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(day)) return undefined;
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}
