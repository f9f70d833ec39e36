import { expect, test } from 'vitest';
import { adoptDatabase, claimDatabase, readBelonging } from '../../src/database/belonging.ts';
import { recorded, storeOn } from '../submissions/records.ts';
import { onEachDatabase } from './databases.ts';

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
