import { describe, expect, test } from 'vitest';
import { listed } from '../../../src/submissions/review/read-order.ts';
import { createTellings } from '../../../src/submissions/telling/tellings.ts';
import { onEachDatabase, passLeases } from '../../database/databases.ts';
import { at, LEASE_MS, recorded, sendingAt, storeOn } from '../records.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

onEachDatabase((database) => {
  const store = () => storeOn(database());
  /** What a list says at `ms`, with AWS's LastModifiedDate as of `modifiedMs`. */
  const read = (opportunityId: string, status: string, modifiedMs: number) => ({
    opportunityId,
    status,
    lastModifiedDate: at(modifiedMs).toISOString(),
  });
  const note = (page: readonly ReturnType<typeof read>[], ms: number, { tell = true, from = store() } = {}) =>
    from.noteReviews('Sandbox', page, { at: at(ms), tell });
  const list = (ms: number) => ({ ...listed(at(ms)), tell: true });
  const told = async (ms: number) => {
    const tellings = createTellings(database());
    const claimed = await tellings.claim({ owner: 'w', at: at(ms), limit: 50 });
    return Promise.all(
      claimed.map(async ({ content }) => {
        if (content.kind !== 'elsewhere') throw new Error(`Told a ${content.kind}.`);
        return store().decisionElsewhere(content.reviewId, content.sequence);
      }),
    );
  };

  describe("the reviews of what wasn't submitted with this bot", () => {
    test('how things stood at first is no news; a decision after that is, once, however often it is read', async () => {
      const page = [read('O1', 'In review', 0), read('O2', 'Approved', 0)];
      expect(await note(page, 1, { tell: false })).toBe(0);
      expect(await note([read('O1', 'In review', 0), read('O2', 'Approved', 5)], 5)).toBe(0);
      expect(await note([read('O1', 'Approved', 10)], 11)).toBe(1);
      expect(await note([read('O1', 'Approved', 20)], 21)).toBe(0);
      expect(await told(30)).toMatchObject([{ review: { opportunityId: 'O1' }, reviewStatus: 'Approved' }]);
      await passLeases(database().db, LEASE_MS);
      expect(await told(DAY_MS)).toHaveLength(1);
    });

    test('an older read, of a list that lags or an answer that was overtaken, changes nothing', async () => {
      await note([read('O1', 'In review', 0)], 1);
      expect(await note([read('O1', 'Action Required', 10)], 11)).toBe(1);
      expect(await note([read('O1', 'In review', 0)], 12)).toBe(0);
      expect(await note([read('O1', 'Action Required', 10)], 13)).toBe(0);
      // The same LastModifiedDate says nothing: then the list may be as old as lists are.
      expect(await store().noteReviews('Sandbox', [read('O1', 'In review', 10)], list(20))).toBe(0);
      expect(await note([read('O1', 'Action Required', 10)], 21)).toBe(0);
    });

    test('replicas that read the same page at the same time tell one decision once', async () => {
      const { replicas } = database();
      await note([read('O1', 'In review', 0), read('O2', 'In review', 0)], 1);
      const pages = [
        [read('O1', 'Approved', 10), read('O2', 'Rejected', 10), read('O3', 'Approved', 10)],
        [read('O3', 'Approved', 10), read('O2', 'Rejected', 10), read('O1', 'Approved', 10)],
      ];
      const counts = await Promise.all(
        [0, 1, 2, 3, 4, 5].map((n) =>
          note(pages[n % 2] ?? [], 11, { from: storeOn(replicas[n % replicas.length] ?? database()) }),
        ),
      );
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3);
      expect(await told(12)).toHaveLength(3);
    });

    test('what this bot has on its way or has submitted is left to its own record, even where that came later', async () => {
      await note([read('O1001', 'In review', 0)], 1);
      expect(await note([read('O1001', 'Action Required', 5)], 6)).toBe(1);
      await recorded(store(), {}, at(10));
      expect(await note([read('O1001', 'Approved', 20)], 21)).toBe(0);
      // The one that was still to be told has become the record's.
      const tellings = createTellings(database());
      const claimed = await tellings.claim({ owner: 'w', at: at(22), limit: 9 });
      const [elsewhere] = claimed.map(({ content }) => content).filter(({ kind }) => kind === 'elsewhere');
      if (elsewhere?.kind !== 'elsewhere') throw new Error('It was not told.');
      expect(await store().decisionElsewhere(elsewhere.reviewId, elsewhere.sequence)).toBeUndefined();
    });

    test('what this bot tried and did not get through is followed like anything submitted elsewhere', async () => {
      await recorded(store());
      await store().transition(await sendingAt(store(), 'w', at(1)), 'w', {
        to: 'refused',
        at: at(2),
        actor: 'bot',
        why: 'ValidationException',
      });
      await note([read('O1001', 'In review', 5)], 6);
      expect(await note([read('O1001', 'Approved', 10)], 11)).toBe(1);
    });

    test('its steps are kept, and the undecided are known', async () => {
      const page = [
        read('O1', 'Submitted', 0),
        read('O2', 'Rejected', 0),
        read('O3', 'Pending Submission', 0),
      ];
      await note(page, 1, { tell: false });
      await note([read('O1', 'In review', 10)], 11);
      expect(await store().undecidedReviews('Sandbox')).toEqual(['O1']);
      expect(await store().undecidedReviews('AWS')).toEqual([]);
      await note([read('O1', 'Action Required', 20)], 21);
      const [decision] = await told(22);
      const id = decision?.review.id ?? '';
      expect(await store().review('Sandbox', id)).toMatchObject({ opportunityId: 'O1', seenAt: at(1) });
      expect(await store().review('AWS', id)).toBeUndefined();
      expect(await store().reviewTrail(id, { offset: 1, limit: 5 })).toEqual({
        total: 3,
        events: [
          { at: at(11), from: 'Submitted', to: 'In review' },
          { at: at(21), from: 'In review', to: 'Action Required' },
        ],
      });
    });

    test('of several people who take one on at the same time, in different replicas, one does', async () => {
      const { replicas } = database();
      const adopt = (n: number) =>
        storeOn(replicas[n % replicas.length] ?? database()).adopt({
          teamId: 'T1',
          userId: `U${n}`,
          channelId: 'C1',
          threadTs: undefined,
          catalog: 'Sandbox',
          opportunityId: 'O1001',
          lastModifiedDate: at(0).toISOString(),
          nationalSecurity: false,
          involvementType: 'Co-Sell',
          visibility: 'Full',
          reviewStatus: 'Action Required',
          at: at(n),
        });
      const adopted = await Promise.all([0, 1, 2, 3, 4].map(adopt));
      expect(new Set(adopted.map((submission) => submission?.id)).size).toBe(1);
      expect((await store().followed('Sandbox', ['O1001'])).map(({ id }) => id)).toEqual([adopted[0]?.id]);
    });
  });
});
