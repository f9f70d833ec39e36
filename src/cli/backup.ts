import { parseArgs } from 'node:util';
import { readToolConfig } from '../config/config.ts';
import { loadEnvFile } from '../config/env-file.ts';
import { backUpSqlite } from '../database/back-up.ts';
import { understood } from './usage.ts';

const USAGE = `Usage: npm run -s backup -- --to FILE

  --to  the file to make, beside which nothing is overwritten; SQLite only. The bot may run meanwhile.`;

loadEnvFile();

const to = understood(process.argv.slice(2), USAGE, (args) => {
  const { to = '' } = parseArgs({ args, options: { to: { type: 'string' } } }).values;
  if (to === '') throw new Error('Say where to: --to FILE.');
  return to;
});
const config = readToolConfig(process.env);
if (!config.ok) {
  console.error(config.problems.join('\n'));
  process.exit(1);
}
if (config.database.type === 'postgres') {
  console.error(
    'The data is in PostgreSQL, which has tools of its own: pg_dump --format=custom --file=FILE "$DATABASE_URL"',
  );
  process.exit(1);
}
try {
  await backUpSqlite(config.database.folder, to);
  console.log(`Backed up to ${to}. docs/data.md says how to restore it.`);
} catch (error) {
  console.error(`Nothing was backed up: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
