import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Connection } from '../../src/database/connect.ts';
import { newRow } from '../../src/opportunities/rows.ts';
import { createEntries } from '../../src/submissions/entries.ts';
import { onEachDatabase } from '../database/databases.ts';
import { plansOf } from '../database/plans.ts';
import { aRead, at, claimedAt, recorded, reviewedAt, sendingAt, storeOn } from './records.ts';

onEachDatabase((database) => {
  const store = () => storeOn(database());
  const ids = ({ entries }: { entries: readonly { opportunityId: string }[] }) =>
    entries.map(({ opportunityId }) => opportunityId);

  test('one’s own and everybody else’s, newest first, and how many more there are', async () => {
    for (const [number, userId] of ['U1', 'U2', 'U1', 'U1', 'U3'].entries()) {
      await recorded(store(), { opportunityId: `O${number}`, userId }, at(number));
    }
    await recorded(store(), { opportunityId: 'O9', userId: 'U1', catalog: 'AWS' }, at(9));
    const own = await store().entriesOfPerson('Sandbox', 'U1', 2);
    expect(ids(own)).toEqual(['O3', 'O2']);
    expect(own).toMatchObject({ more: 1, orMore: false });
    const others = await store().entriesOfOthers('Sandbox', 'U1', 2);
    expect(ids(others)).toEqual(['O4', 'O1']);
    expect(others.more).toBe(0);
  });

  test('of an opportunity only the newest record counts, whoever made it', async () => {
    const first = await recorded(store(), { userId: 'U1' });
    await store().cancel(first.id, 'U1', at(1));
    await recorded(store(), { userId: 'U2' }, at(2));
    expect(ids(await store().entriesOfPerson('Sandbox', 'U1', 5))).toEqual([]);
    expect(ids(await store().entriesOfOthers('Sandbox', 'U1', 5))).toEqual(['O1001']);
  });

  test('what AWS has counts, though somebody asked for it later and that came to nothing', async () => {
    const first = await recorded(store(), { userId: 'U1' });
    const sending = await sendingAt(store(), 'me', at(1));
    await store().transition(sending, 'me', { to: 'submitted', at: at(2), actor: 'bot', why: '-' });
    const later = await recorded(store(), { userId: 'U2' }, at(3));
    expect(
      ids(await store().entriesOfPerson('Sandbox', 'U1', 5, 'waiting')),
      'that one may still take its place',
    ).toEqual([]);
    await store().cancel(later.id, 'U2', at(4));
    expect(ids(await store().entriesOfPerson('Sandbox', 'U1', 5, 'waiting'))).toEqual(['O1001']);
    expect((await store().entryOf('Sandbox', 'O1001'))?.id).toBe(first.id);
    // Moved back by AWS, it is as if it had never been there.
    await reviewedAt(store(), 'Pending Submission', at(5));
    expect((await store().entryOf('Sandbox', 'O1001'))?.id).toBe(later.id);
  });

  test.each([
    ['Submitted', 'under way'],
    ['In-Review', 'under way'],
    ['Escalated', 'under way'],
    ['Action Required', 'needs somebody'],
    ['action-required', 'needs somebody'],
    ['Approved', 'settled'],
    ['rejected', 'settled'],
  ])('submitted, and AWS says %s: %s', async (reviewStatus, where) => {
    await recorded(store());
    const sending = await sendingAt(store(), 'me', at(1));
    await store().transition(sending, 'me', {
      to: 'submitted',
      at: at(2),
      actor: 'bot',
      why: 'AWS accepted it',
      review: aRead(reviewStatus),
    });
    const needing = ids(await store().entriesOfPerson('Sandbox', 'U1', 5, 'needs'));
    const underWay = ids(await store().entriesOfPerson('Sandbox', 'U1', 5, 'waiting'));
    expect({ needing, underWay }).toEqual({
      needing: where === 'needs somebody' ? ['O1001'] : [],
      underWay: where === 'under way' ? ['O1001'] : [],
    });
    expect(ids(await store().entriesOfPerson('Sandbox', 'U2', 5, 'waiting'))).toEqual([]);
  });

  test('what is on its way, and what needs somebody before it goes anywhere', async () => {
    await recorded(store(), { opportunityId: 'O1' }, at(0));
    const changed = await claimedAt(store(), 'me', at(1));
    await store().transition(changed, 'me', { to: 'changed', at: at(2), actor: 'bot', why: 'changed' });
    await recorded(store(), { opportunityId: 'O2' }, at(3));
    await recorded(store(), { opportunityId: 'O3' }, at(4));
    const cancelled = await recorded(store(), { opportunityId: 'O4' }, at(5));
    await store().cancel(cancelled.id, 'U1', at(6));
    expect(ids(await store().entriesOfPerson('Sandbox', 'U1', 5, 'needs'))).toEqual(['O1']);
    expect(ids(await store().entriesOfPerson('Sandbox', 'U1', 5, 'waiting'))).toEqual(['O3', 'O2']);
  });

  test('the longest waiting first, the latest decided first; of one person or of all, a page at a time', async () => {
    for (const [number, userId] of ['U1', 'U2', 'U1'].entries()) {
      await recorded(store(), { opportunityId: `O${number}`, userId }, at(number));
      await store().transition(await sendingAt(store(), 'me', at(1000 * (number + 1))), 'me', {
        to: 'submitted',
        at: at(1000 * (number + 1) + 1),
        actor: 'bot',
        why: 'AWS accepted it',
        review: aRead('Submitted', { opportunityId: `O${number}` }),
      });
    }
    const waiting = async (limit: number) => {
      const { entries, total } = await store().part('Sandbox', 'waiting', limit);
      return { ids: ids({ entries }), total };
    };
    expect(await waiting(5)).toEqual({ ids: ['O0', 'O1', 'O2'], total: 3 });
    expect(await waiting(2)).toEqual({ ids: ['O0', 'O1'], total: 3 });

    const decide = (opportunityId: string, status: string, ms: number) =>
      reviewedAt(store(), status, at(ms), { opportunityId });
    await decide('O2', 'Rejected', 10_000);
    await decide('O0', 'Approved', 20_000);
    // Asked about again, it is decided no later for it.
    await decide('O2', 'Rejected', 30_000);
    const decidedSince = async (ms: number) =>
      (await store().counts('Sandbox', at(ms)))
        .map(({ reviewStatus, count }) => `${count} ${reviewStatus}`)
        .sort();
    expect(await decidedSince(5000)).toEqual(['1 Approved', '1 Rejected', '1 Submitted']);
    expect(await decidedSince(15_000)).toEqual(['1 Approved', '1 Submitted']);
    expect(await waiting(5)).toEqual({ ids: ['O1'], total: 1 });
  });

  test('what needs somebody and what waits is read from an index', async () => {
    const { db, dialect } = database();
    await seed(database());
    for (const part of ['waiting', 'needs'] as const) {
      // What counts them all may read all: what shows six of them may not.
      const [rows] = await plansOf(db, dialect, (watched) =>
        createEntries({ db: watched }).part('Sandbox', part, 6),
      );
      expect(rows).toMatch(/opportunities_(part|decided)/);
      expect(rows).not.toMatch(/Seq Scan|SCAN opportunities/);
    }
  });
});

/** So many opportunities that the database reads an index rather than the table: ten people's, in every part. */
async function seed({ db, dialect }: Connection): Promise<void> {
  const parts = ['waiting', 'waiting', 'needs', 'decided', 'settled'] as const;
  for (let start = 0; start < 3000; start += 250) {
    const rows = Array.from({ length: 250 }, (_, index) => {
      const number = start + index;
      const part = parts[number % parts.length] ?? 'settled';
      const deal = { catalog: 'Sandbox', opportunityId: `O${number}` } as const;
      return {
        ...newRow(`record ${number}`, deal, false, at(number)),
        user_id: `U${number % 10}`,
        part,
        decided_at: part === 'decided' ? at(number).toISOString() : null,
      };
    });
    await db.insertInto('opportunities').values(rows).execute();
  }
  await (dialect === 'sqlite' ? sql`analyze` : sql`analyze opportunities`).execute(db);
}
