import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Catalog } from '../../../src/aws/terms.ts';
import { remind, reminderStands } from '../../../src/messages/kinds/reminder.ts';
import { tellOnce } from '../../../src/messages/outbox.ts';
import { createOutbox } from '../../../src/messages/queue.ts';
import { onEachDatabase, type Replica } from '../../database/databases.ts';
import { aRead, at, recorded, reviewedAt, sendingAt, storeOn, takeAll } from '../../submissions/records.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const DECISIONS = ['Approved', 'Rejected', 'Action Required'];

onEachDatabase((database) => {
  const store = () => storeOn(database());
  const onReplica = (n: number) => {
    const { replicas } = database();
    return replicas[n % replicas.length] ?? database();
  };
  const botOn = (on: Replica, catalog: Catalog = 'Sandbox') => ({ database: on, newId: randomUUID, catalog });
  const waiting = (ms: number, on: Replica = database()) =>
    remind(botOn(on), 'waiting', { before: at(ms - 10 * DAY_MS) }, at(ms));
  const sentBack = (ms: number) =>
    remind(botOn(database()), 'action-required', { before: at(ms - 3 * DAY_MS) }, at(ms));

  /** A submission that AWS accepted at 2. */
  async function submitted(): Promise<string> {
    await recorded(store());
    await store().transition(await sendingAt(store(), 'w', at(1)), 'w', {
      to: 'submitted',
      at: at(2),
      actor: 'bot',
      why: 'accepted',
      review: aRead('Submitted', { targetCloseDate: '2026-11-22' }),
    });
    return recordId();
  }
  const recordId = async (): Promise<string> => {
    const row = await database().db.selectFrom('opportunities').select('id').executeTakeFirstOrThrow();
    return row.id;
  };
  const review = (status: string, ms: number) => reviewedAt(store(), status, at(ms));
  const reminders = async (ms: number) => {
    const outbox = createOutbox(database());
    const claimed = await takeAll(() => outbox.claim('messages', { owner: 'w', at: at(ms) }));
    return claimed.filter(({ kind }) => kind === 'reminder');
  };

  describe('reminders', () => {
    test('what waits for long enough is reminded of, once, by however many replicas, however the clock jumps', async () => {
      const id = await submitted();
      expect(await waiting(9 * DAY_MS)).toBe(0);
      const made = await Promise.all([0, 1, 2, 3, 4, 5].map((n) => waiting(11 * DAY_MS, onReplica(n))));
      expect(made.reduce((sum, count) => sum + count, 0)).toBe(1);
      for (const ms of [5 * DAY_MS, 11 * DAY_MS, 400 * DAY_MS]) expect(await waiting(ms)).toBe(0);
      expect(await reminders(400 * DAY_MS)).toMatchObject([{ recordId: id, subject: 'waiting 1' }]);
    });

    test('In review goes on waiting; sent back and got back, AWS’s turn begins anew', async () => {
      await submitted();
      await review('In review', 8 * DAY_MS);
      expect(await waiting(11 * DAY_MS)).toBe(1);
      await review('Action Required', 12 * DAY_MS);
      expect(await waiting(30 * DAY_MS)).toBe(0);
      await review('Submitted', 31 * DAY_MS);
      await review('In-Review', 33 * DAY_MS);
      expect(await waiting(40 * DAY_MS)).toBe(0);
      expect(await waiting(42 * DAY_MS)).toBe(1);
    });

    test('sent back and untouched is reminded of once each time', async () => {
      await submitted();
      expect(await sentBack(30 * DAY_MS)).toBe(0);
      await review('Action Required', 31 * DAY_MS);
      expect(await sentBack(33 * DAY_MS)).toBe(0);
      expect(await sentBack(35 * DAY_MS)).toBe(1);
      await review('Submitted', 36 * DAY_MS);
      await review('action-required', 37 * DAY_MS);
      expect(await sentBack(41 * DAY_MS)).toBe(1);
      expect(await sentBack(90 * DAY_MS)).toBe(0);
    });

    test.each(DECISIONS)('what became true by then (%s) is not told any more', async (status) => {
      const id = await submitted();
      await waiting(11 * DAY_MS);
      const [reminder] = await reminders(11 * DAY_MS);
      if (reminder === undefined) throw new Error('Nothing was made.');
      const round = Number(reminder.subject.split(' ')[1]);
      const since = () => reminderStands(database(), { recordId: id, about: 'waiting', round });
      expect(await since()).toEqual(at(2));
      await review(status, 12 * DAY_MS);
      expect(await since()).toBeUndefined();
    });

    test('nothing is reminded of that AWS has decided, or hasn’t got', async () => {
      await submitted();
      await recorded(store(), { opportunityId: 'O7' });
      await review('Approved', 5);
      const closing = (catalog: Catalog, closesBefore: string) =>
        remind(botOn(database(), catalog), 'close-date', { closesBefore }, at(10));
      expect(await waiting(90 * DAY_MS)).toBe(0);
      expect(await closing('Sandbox', '2026-11-23')).toBe(0);
      await review('In review', 6);
      expect(await closing('AWS', '2026-11-23')).toBe(0);
      expect(await closing('Sandbox', '2026-11-22')).toBe(0);
      expect(await closing('Sandbox', '2026-11-23')).toBe(1);
      expect(await closing('Sandbox', '2026-11-24')).toBe(0);
    });

    test('of a National Security deal no date is told', async () => {
      await submitted();
      await reviewedAt(store(), 'Submitted', at(5), { nationalSecurity: true });
      expect(await remind(botOn(database()), 'close-date', { closesBefore: '2026-11-23' }, at(10))).toBe(0);
    });

    test('a digest is told once for its day, whichever replica comes first', async () => {
      const made = await Promise.all(
        [0, 1, 2, 3, 4].map((n) =>
          tellOnce(onReplica(n).db, randomUUID(), { kind: 'digest', subject: '2026-11-23' }, at(n)),
        ),
      );
      expect(made.filter((first) => first)).toHaveLength(1);
    });

    test('the digest counts what stands where, and of the decided those of the last week', async () => {
      await submitted();
      await recorded(store(), { opportunityId: 'O7' });
      expect(await store().counts('Sandbox', at(0))).toEqual(
        expect.arrayContaining([
          { state: 'submitted', reviewStatus: 'Submitted', count: 1 },
          { state: 'requested', reviewStatus: undefined, count: 1 },
        ]),
      );
      await review('Approved', DAY_MS);
      expect(await store().counts('Sandbox', at(0))).toHaveLength(2);
      expect(await store().counts('Sandbox', at(2 * DAY_MS))).toHaveLength(1);
    });
  });
});
