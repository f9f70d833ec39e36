import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { connectReadOnly } from '../database/connect.ts';
import { Misused, runCommand } from './command.ts';
import { asJsonText, csvOf, exportedRecords } from './export-records.ts';

await runCommand({
  usage: `Usage: npm run -s export -- [--since 2026-01-01] [--format csv|json] > records.csv

  --since   records to which anything happened since then: a day (from midnight UTC) or a moment in ISO 8601,
            such as 2026-01-01T09:00:00Z; all records where it isn't given
  --format  csv (a line an event) or json (an array of records with their events); csv where it isn't given`,
  options: { since: { type: 'string' }, format: { type: 'string', default: 'csv' } },
  failure: "The records can't be exported",
  run: async ({ format, since }, { config }) => {
    if (format !== 'csv' && format !== 'json') {
      throw new Misused(`--format takes csv or json, not "${format}".`);
    }
    const moment = since === undefined ? undefined : momentOf(since);
    const { db, close } = await connectReadOnly(config().database);
    const records = exportedRecords(db, moment);
    const text = format === 'csv' ? csvOf(records) : asJsonText(records);
    await pipeline(Readable.from(text), process.stdout, { end: false });
    await close();
    return 0;
  },
});

/** A day or a moment with its zone. @throws Misused for anything else, 30 February too */
function momentOf(text: string): Date {
  const [, day = ''] =
    /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/.exec(text) ?? [];
  const midnight = new Date(`${day}T00:00:00Z`);
  const moment = new Date(text);
  if (
    [midnight, moment].some((each) => Number.isNaN(each.getTime())) ||
    !midnight.toISOString().startsWith(day)
  ) {
    throw new Misused(`--since takes a day, such as 2026-01-01, not "${text}".`);
  }
  return moment;
}
