import { sql } from 'kysely';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { type Connection, connect } from '../../src/database/connect.ts';
import { recorded, storeOn } from '../submissions/records.ts';
import { asAdministrator, postgresUrl, temporaryPostgres } from './databases.ts';
import { type PoolMode, pgbouncer, startPooler } from './pooler.ts';

const open: Connection[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((connection) => connection.close()));
});

async function connecting(url: string): Promise<Connection> {
  const connection = await connect(
    { type: 'postgres', url },
    { exclusive: true, onLostConnection: () => {} },
  );
  open.push(connection);
  return connection;
}

async function aDatabase(): Promise<{ readonly url: string; readonly name: string }> {
  const { url, drop } = await temporaryPostgres(postgresUrl ?? '');
  onTestFinished(drop);
  return { url, name: new URL(url).pathname.slice(1) };
}

/** What holds for a statement that writes by itself, and for one in a transaction. */
async function inForce({ db }: Connection, setting: string): Promise<readonly string[]> {
  const note = (on: typeof db, id: string) =>
    on
      .insertInto('deliveries')
      .values({ id, at: '2026-01-01T00:00:00.000Z' })
      .returning(sql<string>`current_setting(${sql.lit(setting)})`.as('value'))
      .executeTakeFirstOrThrow();
  const alone = await note(db, `${setting} alone`);
  const together = await db.transaction().execute((tx) => note(tx, `${setting} together`));
  return [alone.value, together.value];
}

const server = postgresUrl === undefined ? ' (left out: TEST_DATABASE_URL names no server)' : '';

describe.skipIf(postgresUrl === undefined)(`what a write relies on is in force${server}`, () => {
  test('a commit that was answered is on disk, whatever the database has for a default', async () => {
    const { url, name } = await aDatabase();
    for (const level of ['off', 'local', 'remote_write']) {
      await asAdministrator(url, (client) =>
        client.query(`alter database ${name} set synchronous_commit = ${level}`),
      );
      const connection = await connecting(url);
      expect(await inForce(connection, 'synchronous_commit'), level).toEqual(['on', 'on']);
      await connection.db.deleteFrom('deliveries').execute();
    }
  });

  test('an operator who asks for more keeps it', async () => {
    const { url, name } = await aDatabase();
    await asAdministrator(url, (client) =>
      client.query(`alter database ${name} set synchronous_commit = remote_apply`),
    );
    const connection = await connecting(url);
    expect(await inForce(connection, 'synchronous_commit')).toEqual(['remote_apply', 'remote_apply']);
  });

  test('a statement that fails by itself leaves its connection usable, and nothing behind', async () => {
    const { url } = await aDatabase();
    const { db } = await connecting(url);
    const twice = () =>
      db.insertInto('deliveries').values({ id: 'one', at: '2026-01-01T00:00:00.000Z' }).execute();
    await twice();
    for (let tries = 0; tries < 20; tries += 1) await expect(twice()).rejects.toThrow(/duplicate key/);
    expect(await db.selectFrom('deliveries').select('id').execute()).toEqual([{ id: 'one' }]);
    await asAdministrator(url, async (client) => {
      const { rows } = await client.query(
        "select count(*)::int as open from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'",
      );
      expect(rows).toEqual([{ open: 0 }]);
    });
  });
});

const pooler = pgbouncer === undefined ? ' (left out: there is no pgbouncer)' : server;

describe.skipIf(postgresUrl === undefined || pgbouncer === undefined)(`behind PgBouncer${pooler}`, () => {
  async function pooled(url: string, mode: PoolMode): Promise<string> {
    const between = await startPooler(url, { mode });
    onTestFinished(between.stop);
    return between.url;
  }

  test.each<PoolMode>(['transaction', 'session'])(
    'pool_mode %s: the bot starts, records, and its time-outs hold',
    async (mode) => {
      const { url } = await aDatabase();
      const connection = await connecting(await pooled(url, mode));
      expect(await recorded(storeOn(connection))).toMatchObject({ state: 'requested' });
      expect(await inForce(connection, 'statement_timeout')).toEqual(['1400ms', '1400ms']);
      expect(await inForce(connection, 'lock_timeout')).toEqual(['1s', '1s']);
    },
  );

  test('replicas that start together on an empty database all start, and migrate it once', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { url } = await aDatabase();
      const through = await pooled(url, 'transaction');
      const started = await Promise.all([1, 2, 3, 4, 5].map(() => connecting(through)));
      expect(started).toHaveLength(5);
    }
  });

  test('a write that was given up takes no effect later, when its lock is free', async () => {
    const { url } = await aDatabase();
    const connection = await connecting(await pooled(url, 'transaction'));
    const store = storeOn(connection);
    const { id } = await recorded(store);
    await asAdministrator(url, async (client) => {
      await client.query('begin');
      await client.query('select * from submissions for update');
      await expect(
        connection.db.updateTable('submissions').set({ tries: 7 }).where('id', '=', id).execute(),
      ).rejects.toThrow('lock timeout');
      await client.query('commit');
    });
    expect(await store.find(id)).toMatchObject({ tries: 0 });
  });

  test('pool_mode statement: the bot says which setting to change, instead of starting', async () => {
    const { url } = await aDatabase();
    await expect(connecting(await pooled(url, 'statement'))).rejects.toThrow(/pool_mode/);
  });
});
