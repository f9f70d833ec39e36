import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { type RawBuilder, sql } from 'kysely';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { type Connection, connect, connectBeside } from '../../src/database/connect.ts';
import { claimAt, recorded, storeOn } from '../submissions/records.ts';
import { cuttableConnection } from './cuttable-connection.ts';
import { asAdministrator, postgresUrl, temporaryFolder, temporaryPostgres } from './databases.ts';

const open: Pick<Connection, 'close'>[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((connection) => connection.close()));
});

const lost: Error[] = [];
async function connecting(
  config: Parameters<typeof connect>[0],
  { exclusive = true }: { exclusive?: boolean } = {},
): Promise<Connection> {
  const connection = await connect(config, { exclusive, onLostConnection: (error) => lost.push(error) });
  open.push(connection);
  return connection;
}

async function reading(config: Parameters<typeof connect>[0]): Promise<Connection> {
  const connection = await connectBeside(config, 'read');
  open.push(connection);
  return connection;
}

/** Takes a connection back before the test ends, as a bot that is stopped does. */
async function stop(connection: Connection): Promise<void> {
  open.splice(open.indexOf(connection), 1);
  await connection.close();
}

describe('SQLite', () => {
  async function aFolder(): Promise<string> {
    const folder = await temporaryFolder();
    onTestFinished(folder.remove);
    return join(folder.path, 'data');
  }
  const sqlite = (folder: string) => ({ type: 'sqlite', folder }) as const;

  test('the folder is made, and what is in it is for the bot alone', async () => {
    const folder = await aFolder();
    await recorded(storeOn(await connecting(sqlite(folder))));
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    const files = await readdir(folder);
    expect(files).toEqual(expect.arrayContaining(['bot.lock', 'bot.sqlite', 'bot.sqlite-wal']));
    for (const file of files) expect((await stat(join(folder, file))).mode & 0o077, file).toBe(0);
  });

  test('a start that breaks off in the middle of making the tables leaves none; the next one makes them all', async () => {
    const folder = await aFolder();
    await mkdir(folder);
    const obstacle = new SqliteDatabase(join(folder, 'bot.sqlite'));
    onTestFinished(() => {
      obstacle.close();
    });
    const made = () => obstacle.prepare("select name from sqlite_master where name = 'forms'").all();
    obstacle.exec('create table submission_events (id text)');
    await expect(connecting(sqlite(folder))).rejects.toThrow(/could not be brought up to date/);
    expect(made()).toEqual([]);
    obstacle.exec('drop table submission_events');
    await recorded(storeOn(await connecting(sqlite(folder))));
    expect(made()).toHaveLength(1);
  });

  test('what was recorded is there after a restart', async () => {
    const folder = await aFolder();
    const first = await connecting(sqlite(folder));
    const submission = await recorded(storeOn(first));
    await stop(first);
    expect(await storeOn(await connecting(sqlite(folder))).find(submission.id)).toEqual(submission);
  });

  test('a commit is on the disk when it is answered, and a foreign key holds', async () => {
    const { db } = await connecting(sqlite(await aFolder()));
    const pragma = async (name: string) =>
      (await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(db)).rows[0];
    expect(await pragma('journal_mode')).toEqual({ journal_mode: 'wal' });
    expect(await pragma('synchronous')).toEqual({ synchronous: 2 });
    expect(await pragma('foreign_keys')).toEqual({ foreign_keys: 1 });
  });

  test('a second bot with the same data refuses to start, and says what to do', async () => {
    const folder = await aFolder();
    await connecting(sqlite(folder));
    await expect(connecting(sqlite(folder))).rejects.toThrow(
      `Another bot is already running with the data in ${folder}. Stop it first, or use PostgreSQL (DATABASE_URL)`,
    );
  });

  test('so does one in another process', async () => {
    const folder = await aFolder();
    await connecting(sqlite(folder));
    expect(await inAnotherProcess(sqlite(folder))).toContain('Another bot is already running');
  });

  test('once the first one has stopped, the next one starts', async () => {
    const folder = await aFolder();
    const first = await connecting(sqlite(folder));
    await expect(connecting(sqlite(folder))).rejects.toThrow('Another bot');
    await stop(first);
    await expect(connecting(sqlite(folder))).resolves.toBeDefined();
  });

  test('our own tools read while the bot runs and writes, and write nothing', async () => {
    const folder = await aFolder();
    const bot = storeOn(await connecting(sqlite(folder)));
    const before = await recorded(bot, { opportunityId: 'O1' });
    const tool = await reading(sqlite(folder));
    const found = () => tool.db.selectFrom('submissions').select('id').execute();
    expect(await found()).toEqual([{ id: before.id }]);
    await recorded(bot, { opportunityId: 'O2' });
    expect(await found()).toHaveLength(2);
    await expect(tool.db.deleteFrom('outbox').execute()).rejects.toThrow('readonly');
  });

  test('one that writes waits for a transaction of the bot, and does not make it fail', async () => {
    const folder = await aFolder();
    const { db } = await connecting(sqlite(folder));
    const tool = new SqliteDatabase(join(folder, 'bot.sqlite'), { timeout: 0 });
    onTestFinished(() => {
      tool.close();
    });
    const write = () => tool.prepare("insert into deliveries (id, at) values ('E1', '-')").run();
    await db.transaction().execute(async (tx) => {
      await tx.selectFrom('deliveries').selectAll().execute();
      expect(write).toThrow('database is locked');
      await tx.insertInto('deliveries').values({ id: 'E2', at: '-' }).execute();
    });
    expect(write().changes).toBe(1);
  });

  test('they read also after the bot has stopped', async () => {
    const folder = await aFolder();
    const bot = await connecting(sqlite(folder));
    await recorded(storeOn(bot));
    await stop(bot);
    const tool = await reading(sqlite(folder));
    expect(await tool.db.selectFrom('submissions').select('id').execute()).toHaveLength(1);
  });

  test('they make no database where there is none, and say so', async () => {
    const folder = await aFolder();
    await expect(connectBeside(sqlite(folder), 'read')).rejects.toThrow(
      `there is no database in ${folder} yet`,
    );
    await expect(stat(folder)).rejects.toThrow('ENOENT');
  });

  test('a folder that is a file is named, with the setting', async () => {
    const folder = await aFolder();
    await writeFile(folder, '');
    await expect(connecting(sqlite(folder))).rejects.toThrow(/DATA_DIR.*EEXIST/);
  });

  test.each(['bot.sqlite', 'bot.lock'])('so is one in which %s cannot be opened', async (file) => {
    const folder = await aFolder();
    await mkdir(join(folder, file), { recursive: true });
    await expect(connecting(sqlite(folder))).rejects.toThrow(/DATA_DIR.*unable to open database file/);
  });

  test.skipIf(process.getuid?.() === 0)('so is one that may not be written', async () => {
    const folder = await aFolder();
    await mkdir(folder, { mode: 0o500 });
    await expect(connecting(sqlite(folder))).rejects.toThrow(/DATA_DIR.*EACCES/);
  });

  test('a start that failed holds nothing: the next one can start', async () => {
    const folder = await aFolder();
    await mkdir(join(folder, 'bot.sqlite', 'in-the-way'), { recursive: true });
    await expect(connecting(sqlite(folder))).rejects.toThrow('DATA_DIR');
    await expect(connecting(sqlite(folder))).rejects.not.toThrow('Another bot');
  });

  test('data of a trial version is refused by the bot and its tools, and a new one named as the way', async () => {
    const folder = await aFolder();
    const trial = await connecting(sqlite(folder));
    await sql`update kysely_migration set name = '001-submissions'`.execute(trial.db);
    await stop(trial);
    for (const open of [
      () => connecting(sqlite(folder)),
      () => connectBeside(sqlite(folder), 'read'),
      () => connectBeside(sqlite(folder), 'write'),
    ]) {
      await expect(open()).rejects.toThrow('made by a trial version of this bot: start with a new one');
    }
  });

  test('data of a newer version is refused, and left as it is', async () => {
    const folder = await aFolder();
    const newer = await connecting(sqlite(folder));
    await fromTheFuture(newer);
    await stop(newer);
    await expect(connecting(sqlite(folder))).rejects.toThrow(
      'The database was made by a newer version of this bot.',
    );
    await expect(connecting(sqlite(folder)), 'and holds no lock').rejects.toThrow('newer version');
  });
});

describe.skipIf(postgresUrl === undefined)(
  postgresUrl === undefined ? 'PostgreSQL: left out, TEST_DATABASE_URL names no server' : 'PostgreSQL',
  () => {
    async function aDatabase() {
      const { url, drop } = await temporaryPostgres(postgresUrl ?? '');
      onTestFinished(drop);
      return { type: 'postgres', url } as const;
    }

    test('replicas that start together on an empty database all start, and migrate it once', async () => {
      const config = await aDatabase();
      const started = await Promise.all(Array.from({ length: 6 }, () => connecting(config)));
      const [first] = started;
      if (first === undefined) throw new Error('None started.');
      const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(first.db);
      expect(rows.filter(({ name }) => name === '001-schema')).toHaveLength(1);
      expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
      for (const connection of started) await storeOn(connection).nextTry(new Date());
    });

    test('so do processes', async () => {
      const config = await aDatabase();
      const ended = await Promise.all(Array.from({ length: 3 }, () => inAnotherProcess(config)));
      expect(ended).toEqual(['connected', 'connected', 'connected']);
    });

    test('a database of a newer version is refused', async () => {
      const config = await aDatabase();
      await fromTheFuture(await connecting(config));
      await expect(connecting(config)).rejects.toThrow('made by a newer version of this bot');
    });

    test('a server that is not there is said to be so, without the password', async () => {
      const url = new URL(postgresUrl ?? '');
      url.port = '1';
      url.username = 'bot';
      url.password = 'correct-horse';
      const failed = connecting({ type: 'postgres', url: url.href });
      await expect(failed).rejects.toThrow(/DATABASE_URL.*can't be reached/);
      await expect(failed).rejects.not.toThrow('correct-horse');
    });

    test('so is a database that the server does not have', async () => {
      const url = new URL(postgresUrl ?? '');
      url.pathname = '/no_such_database';
      await expect(connecting({ type: 'postgres', url: url.href })).rejects.toThrow('no_such_database');
    });

    test('connections that the server ends are replaced', async () => {
      const config = await aDatabase();
      const connection = await connecting(config);
      const store = storeOn(connection);
      const submission = await recorded(store);
      lost.length = 0;
      await asAdministrator(config.url, (client) =>
        client.query(
          'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
        ),
      );
      await expect.poll(() => lost.length).toBeGreaterThan(0);
      expect(await store.find(submission.id)).toEqual(submission);
      expect(await claimAt(store, 'w', submission.requestedAt)).toHaveLength(1);
    });

    test('connections on which the server has fallen silent are given up, not used again', async () => {
      const { url } = await aDatabase();
      const way = await cuttableConnection(url);
      onTestFinished(way.close);
      const store = storeOn(await connecting({ type: 'postgres', url: way.url }));
      const manyReads = () => Promise.allSettled(Array.from({ length: 10 }, () => store.nextTry(new Date())));
      await manyReads();
      way.silence();
      expect((await manyReads()).map(({ status }) => status)).not.toContain('fulfilled');
      expect((await manyReads()).map(({ status }) => status)).not.toContain('rejected');
    });

    test('a statement or a lock that takes too long is given up, so that Slack gets its answer in time', async () => {
      const { db } = await connecting(await aDatabase());
      const inTransaction = <Row>(query: RawBuilder<Row>) =>
        db.transaction().execute((tx) => query.execute(tx));
      const { rows } = await inTransaction(
        sql`select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock`,
      );
      expect(rows).toEqual([{ statement: '1400ms', lock: '1s' }]);
      await expect(inTransaction(sql`select pg_sleep(30)`)).rejects.toThrow('statement timeout');
      // A read that writes nothing is given up by the bot itself.
      await expect(sql`select pg_sleep(30)`.execute(db)).rejects.toThrow('Query read timeout');
    });

    test('a commit that waits for a lock is given up, and leaves nothing behind', async () => {
      const config = await aDatabase();
      const store = storeOn(await connecting(config));
      await asAdministrator(config.url, async (client) => {
        await client.query('begin');
        await client.query('lock table submissions in access exclusive mode');
        await expect(recorded(store)).rejects.toThrow('lock timeout');
        await client.query('rollback');
      });
      expect(await store.entryOf('Sandbox', 'O1001')).toBeUndefined();
      expect(await recorded(store)).toMatchObject({ state: 'requested' });
    });
  },
);

/** A migration that this code doesn't know has run. */
async function fromTheFuture({ db }: Connection): Promise<void> {
  await sql`insert into kysely_migration (name, timestamp) values ('999-from-the-future', '2030-01-01')`.execute(
    db,
  );
}

/** What a bot of its own process says that connects to the same database: `connected`, or why it can't. */
async function inAnotherProcess(config: Parameters<typeof connect>[0]): Promise<string> {
  const child = fork(new URL('./connecting-process.ts', import.meta.url), [JSON.stringify(config)], {
    execArgv: [],
  });
  const [message] = await once(child, 'message');
  if (child.exitCode === null) await once(child, 'exit');
  return String(message);
}
