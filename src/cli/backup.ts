import { backUpSqlite } from '../database/sqlite.ts';
import { Misused, runCommand } from './command.ts';

await runCommand({
  usage: `Usage: npm run -s backup -- --to FILE

  --to  the file to make, beside which nothing is overwritten; SQLite only. The bot may run meanwhile.`,
  options: { to: { type: 'string', default: '' } },
  failure: 'Nothing was backed up',
  run: async ({ to }, { config }) => {
    if (to === '') throw new Misused('Say where to: --to FILE.');
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
