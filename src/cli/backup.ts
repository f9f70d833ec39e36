import { parseArgs } from 'node:util';
import { backUpSqlite } from '../database/sqlite.ts';
import { runCommand } from './command.ts';

await runCommand({
  usage: `Usage: npm run -s backup -- --to FILE

  --to  the file to make, beside which nothing is overwritten; SQLite only. The bot may run meanwhile.`,
  understand: (args) => {
    const { to = '' } = parseArgs({ args, options: { to: { type: 'string' } } }).values;
    if (to === '') throw new Error('Say where to: --to FILE.');
    return to;
  },
  failure: 'Nothing was backed up',
  run: async (to, { config }) => {
    const { database } = config();
    if (database.type === 'postgres') {
      console.error(
        'The data is in PostgreSQL, which has tools of its own: pg_dump --format=custom --file=FILE "$DATABASE_URL"',
      );
      return 1;
    }
    await backUpSqlite(database.folder, to);
    console.log(`Backed up to ${to}. docs/data.md says how to restore it.`);
    return 0;
  },
});
