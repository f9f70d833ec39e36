import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connect } from '../../src/database/connect.ts';
import { createLineage } from '../../src/database/lineage.ts';
import { backUpSqlite } from '../../src/database/sqlite-files.ts';
import { at } from '../submissions/records.ts';
import { onEachDatabase, temporaryFolder } from './databases.ts';

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
    expect(await lineageOf().setBack(database().db, at(2 * MINUTE))).toBeUndefined();
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
    expect(await db.transaction().execute((tx) => one.setBack(tx, at(MINUTE)))).toEqual(setBack);
    expect(await other.setBack(db, at(2 * MINUTE))).toEqual(setBack);
    expect(await lineageOf().start(at(3 * MINUTE))).toEqual(setBack);
    expect(await one.setBack(db, until)).toBeUndefined();
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
