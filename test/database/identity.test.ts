import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connect } from '../../src/database/connect.ts';
import { adoptDatabase, claimDatabase, createLineage, readBelonging } from '../../src/database/identity.ts';
import { backUpSqlite } from '../../src/database/sqlite.ts';
import { at, recorded, storeOn } from '../submissions/records.ts';
import { onEachDatabase, temporaryFolder } from './databases.ts';

const harbour = { teamId: 'T1', catalog: 'AWS' };

onEachDatabase((database) => {
  test('a database is that of the bot that starts first, and of nobody else', async () => {
    const { db } = database();
    await claimDatabase(db, harbour);
    await claimDatabase(db, harbour);
    for (const other of [
      { teamId: 'T2', catalog: 'AWS' },
      { teamId: 'T1', catalog: 'Sandbox' },
    ]) {
      await expect(claimDatabase(db, other)).rejects.toThrow(
        /belongs to the Slack workspace T1 with the catalog AWS, .* Use another database .*npm run -s adopt/,
      );
    }
    expect(await readBelonging(db)).toEqual(harbour);
  });

  test('of several that start together one gets it, and the others are told whose it is', async () => {
    const { db, replicas } = database();
    const bots = ['T1', 'T2', 'T3'].map((teamId) => ({ teamId, catalog: 'AWS' }));
    const started = await Promise.allSettled(
      bots.map((bot, index) => claimDatabase((replicas[index % replicas.length] ?? { db }).db, bot)),
    );
    expect(started.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    const owner = bots[started.findIndex(({ status }) => status === 'fulfilled')];
    expect(await readBelonging(db)).toEqual(owner);
  });

  test('it changes hands on purpose, not while requests of the other workspace are under way', async () => {
    const { db } = database();
    const { teamId } = await recorded(storeOn(database()));
    await claimDatabase(db, { teamId, catalog: 'AWS' });
    await adoptDatabase(db, { teamId, catalog: 'Sandbox' }, [teamId]);
    expect(await readBelonging(db)).toEqual({ teamId, catalog: 'Sandbox' });
    await expect(adoptDatabase(db, { teamId: 'T0OTHER', catalog: 'AWS' }, ['T0OTHER'])).rejects.toThrow(
      'requests of the other workspace are still under way',
    );
    expect(await readBelonging(db)).toEqual({ teamId, catalog: 'Sandbox' });
    await db.updateTable('submissions').set({ state: 'submitted' }).execute();
    await adoptDatabase(db, { teamId: 'T0OTHER', catalog: 'AWS' }, ['T0OTHER']);
    await claimDatabase(db, { teamId: 'T0OTHER', catalog: 'AWS' });
  });

  test('of a workspace it becomes that of its organisation, requests under way and all; not that of another one', async () => {
    const { db } = database();
    const { teamId } = await recorded(storeOn(database()));
    await claimDatabase(db, { teamId, catalog: 'AWS' });
    const group = { teamId: 'E0GROUP', catalog: 'AWS' };
    await expect(claimDatabase(db, group)).rejects.toThrow(
      "this bot's settings are those of the Slack organisation E0GROUP with the catalog AWS",
    );
    await expect(adoptDatabase(db, group, ['T0OTHER', 'T0THIRD'])).rejects.toThrow('still under way');
    await adoptDatabase(db, group, [teamId, 'T0OTHER']);
    await claimDatabase(db, group);
  });
});

const MINUTE = 60_000;
const HALF_AN_HOUR = 30 * MINUTE;

onEachDatabase((database) => {
  const lineageOf = (said: string[] = []) =>
    createLineage({
      ...database(),
      waitMs: HALF_AN_HOUR,
      onUnknown: (why) => said.push(why),
      onSetBack: async () => {},
    });

  test('a new database, and one that was only started again, was not set back', async () => {
    expect(await lineageOf().start(at(0))).toBeUndefined();
    expect(await lineageOf().start(at(MINUTE))).toBeUndefined();
    expect(await lineageOf().setBack(at(2 * MINUTE))).toBeUndefined();
  });

  test.each([
    ['another timeline: a standby took over', { timeline: '00000000' }, 'failover'],
    ['another cluster: a dump was restored', { cluster: '1' }, 'restore'],
  ])('%s: noticed at the fence, by every process, for half an hour', async (_, before, by) => {
    const { db, dialect } = database();
    const one = lineageOf();
    const other = lineageOf();
    await one.start(at(0));
    await other.start(at(0));
    // SQLite is no server, and PGlite has neither.
    const row = await db.selectFrom('lineage').select('cluster').executeTakeFirstOrThrow();
    if (dialect === 'sqlite' || row.cluster === null) return;
    await db.updateTable('lineage').set(before).execute();
    const until = at(MINUTE + HALF_AN_HOUR);
    const setBack = { by, until };
    expect(await db.transaction().execute((tx) => one.setBack(at(MINUTE), tx))).toEqual(setBack);
    expect(await other.setBack(at(2 * MINUTE))).toEqual(setBack);
    expect(await lineageOf().start(at(3 * MINUTE))).toEqual(setBack);
    expect(await one.setBack(until)).toBeUndefined();
  });
});

test('a copy that npm run backup made: noticed by the first bot that starts on it, and not the original', async () => {
  const [from, to] = [await temporaryFolder(), await temporaryFolder()];
  onTestFinished(async () => {
    await from.remove();
    await to.remove();
  });
  const noted: unknown[] = [];
  const begin = async (folder: string, from_: number) => {
    const connection = await connect({ type: 'sqlite', folder }, { onLostConnection: () => {} });
    try {
      const lineage = createLineage({
        ...connection,
        waitMs: HALF_AN_HOUR,
        onUnknown: () => {},
        onSetBack: async (_, setBack) => void noted.push(setBack),
      });
      return await lineage.start(at(from_));
    } finally {
      await connection.close();
    }
  };
  await begin(from.path, 0);
  await backUpSqlite(from.path, join(to.path, 'bot.sqlite'));
  expect(await begin(from.path, MINUTE)).toBeUndefined();
  const setBack = { by: 'restore', until: at(2 * MINUTE + HALF_AN_HOUR) };
  expect(await begin(to.path, 2 * MINUTE)).toEqual(setBack);
  expect(await begin(to.path, 3 * MINUTE)).toEqual(setBack);
  expect(await begin(to.path, 2 * MINUTE + HALF_AN_HOUR)).toBeUndefined();
  expect(noted).toEqual([setBack]);
});
