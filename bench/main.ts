import { readFileSync, writeFileSync } from 'node:fs';
import { misused, understood } from '../src/cli/command.ts';
import { FULL, TINY } from './effort.ts';
import type { Measured } from './figures.ts';
import { thisMachine } from './machine.ts';
import { asJson, asMarkdown, asText, withTable } from './report.ts';
import { rows } from './rows/index.ts';

/** `npm run bench`: measures every row of the table in docs/performance.md and prints it. */
const USAGE = `Usage: npm run bench -- [options]

  --only NAME   this row alone: ${rows.map(({ name }) => name).join(', ')}
  --json        for a program
  --write FILE  puts the table between the markers of this document
  --tiny        the least of everything: whether it runs, not what it costs`;

const options = understood(USAGE, {
  only: { type: 'string' },
  json: { type: 'boolean', default: false },
  write: { type: 'string' },
  tiny: { type: 'boolean', default: false },
});
const chosen = rows.filter(({ name }) => options.only === undefined || name === options.only);
if (chosen.length === 0) misused(`There is no row ${options.only}.`, USAGE);

const postgres = process.env.TEST_DATABASE_URL;
const surroundings = { postgres: postgres === '' ? undefined : postgres };
const figures: Measured[] = [];
for (const { name, measure } of chosen) {
  const began = performance.now();
  try {
    figures.push(...(await measure(options.tiny ? TINY : FULL, surroundings)));
  } catch (error) {
    console.error(error);
    figures.push({ what: name, skipped: 'it failed' });
    process.exitCode = 1;
  }
  console.error(`${name}: ${((performance.now() - began) / 1000).toFixed(0)} s`);
}
const report = { date: new Date().toISOString().slice(0, 10), machine: thisMachine(), figures };
console.log(options.json ? asJson(report) : asText(report));
if (options.write !== undefined) {
  writeFileSync(options.write, withTable(readFileSync(options.write, 'utf8'), asMarkdown(report)));
}
