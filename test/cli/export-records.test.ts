import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type ExportedRecord, exportedRecords } from '../../src/cli/export.ts';
import { createEdits } from '../../src/edits/edits.ts';
import { onEachDatabase } from '../database/databases.ts';
import { anEditForm, at, recorded, storeOn } from '../submissions/records.ts';

onEachDatabase((database) => {
  const store = () => storeOn(database());
  const exported = async (since?: Date): Promise<ExportedRecord[]> => {
    const records: ExportedRecord[] = [];
    for await (const record of exportedRecords(database().db, since)) records.push(record);
    return records;
  };
  const opportunities = async (since?: Date) => (await exported(since)).map(({ opportunity }) => opportunity);

  test('more than fit a page: oldest first, each once, those of the same moment too', async () => {
    await recorded(store(), { opportunityId: 'O1' }, at(0));
    const { db } = database();
    const row = await db.selectFrom('submissions').selectAll().executeTakeFirstOrThrow();
    for (const second of [1, 2, 3]) {
      const rows = Array.from({ length: 400 }, (_, number) => ({
        ...row,
        id: randomUUID(),
        form_id: randomUUID(),
        opportunity_id: `O${second}${String(number).padStart(3, '0')}`,
        requested_at: at(second * 1000).toISOString(),
      }));
      await db.insertInto('submissions').values(rows).execute();
    }
    const all = await exported();
    expect(all).toHaveLength(1201);
    expect(new Set(all.map(({ opportunity }) => opportunity)).size).toBe(1201);
    const times = all.map(({ requestedAt }) => requestedAt);
    expect(times).toEqual(times.toSorted());
  });

  test('edits of deals come after the submissions: which fields, by whom, what came of it, and no value', async () => {
    const edits = createEdits({ ...database(), newId: randomUUID, store: storeOn(database()) });
    await recorded(store(), { opportunityId: 'O1' }, at(0));
    for (const [index, opportunityId] of ['O1', 'O2', 'O3'].entries()) {
      const form = anEditForm({ opportunityId, userId: 'U2' });
      await edits.recordEdit(form, new Map([['Project.Title', 'Northwind']]), at(index));
    }
    const all = await exported();
    expect(all.map(({ kind, opportunity }) => [kind, opportunity])).toEqual([
      ['submission', 'O1'],
      ['edit', 'O1'],
      ['edit', 'O2'],
      ['edit', 'O3'],
    ]);
    expect(all.at(-1)).toMatchObject({
      requestedBy: 'U2',
      changedFields: 'Project.Title',
      state: 'requested',
      events: [{ actor: 'U2', fromState: null, toState: 'requested', why: 'saved in Slack' }],
    });
    expect(JSON.stringify(all)).not.toContain('Northwind');
    expect(await opportunities(at(1))).toEqual(['O2', 'O3']);
  });

  test('since a moment: whatever something happened to since, with its whole trail', async () => {
    const old = await recorded(store(), { opportunityId: 'O1' }, at(0));
    await recorded(store(), { opportunityId: 'O2' }, at(0));
    await store().cancel(old.id, 'U2', at(5000));
    expect(await opportunities(at(5000))).toEqual(['O1']);
    expect(await opportunities(at(5001))).toEqual([]);
    const [record] = await exported(at(5000));
    expect(record).toMatchObject({ state: 'cancelled', requestedBy: 'U1', requestedAt: at(0).toISOString() });
    expect(record?.events).toMatchObject([
      { at: at(0).toISOString(), actor: 'U1', fromState: null, toState: 'requested', why: 'Co-Sell, Full' },
      { at: at(5000).toISOString(), actor: 'U2', fromState: 'requested', toState: 'cancelled' },
    ]);
  });
});
