import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { remind } from '../../src/messages/kinds/reminder.ts';
import { createOutbox } from '../../src/messages/queue.ts';
import type { Owner, Reading, ReviewRead } from '../../src/opportunities/opportunity.ts';
import { postponeTeam, teamless, teamSeen } from '../../src/opportunities/team.ts';
import { onEachDatabase, passLeases } from '../database/databases.ts';
import { aRead, at, LEASE_MS, recorded, sendingAt, storeOn, takeAll } from '../submissions/records.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

onEachDatabase((database) => {
  const store = () => storeOn(database());
  const replica = (n: number) => {
    const { replicas } = database();
    return replicas[n % replicas.length] ?? database();
  };
  const onReplica = (n: number) => storeOn(replica(n));
  const bot = (n = 0) => ({ database: replica(n), newId: randomUUID });
  /** What a list says, with AWS's LastModifiedDate as of `modifiedMs`. */
  const read = (opportunityId: string, status: string, modifiedMs: number): ReviewRead =>
    aRead(status, { opportunityId, lastModifiedDate: at(modifiedMs).toISOString() });
  const note = (
    page: readonly ReviewRead[],
    ms: number,
    { from = store(), ...given }: { readonly from?: ReturnType<typeof store> } & Partial<Reading> = {},
  ) => from.noteReviews('Sandbox', page, { at: at(ms), actor: 'aws', elsewhere: 'tell', ...given });
  /** What there is to tell, as the kind and what AWS decided. */
  const told = async (ms: number) => {
    const outbox = createOutbox(database());
    const claimed = await takeAll(() => outbox.claim('messages', { owner: 'w', at: at(ms) }));
    return Promise.all(
      claimed.map(async ({ kind, recordId, subject }) =>
        kind === 'elsewhere' || kind === 'decision'
          ? `${kind} ${await store().statusAt(recordId, Number(subject))}`
          : kind,
      ),
    );
  };
  const submitted = async () => {
    await recorded(store());
    await store().transition(await sendingAt(store(), 'w', at(1)), 'w', {
      to: 'submitted',
      at: at(2),
      actor: 'bot',
      why: 'AWS accepted it',
    });
  };

  describe('what was submitted elsewhere', () => {
    test('how things stood at first is no news; a decision after that is, once, however often it is read', async () => {
      await note([read('O1', 'In review', 0), read('O2', 'Approved', 0)], 1, { elsewhere: 'note' });
      await note([read('O1', 'In review', 0), read('O2', 'Approved', 5)], 5);
      expect(await told(6)).toEqual([]);
      await note([read('O1', 'Approved', 10)], 11);
      await note([read('O1', 'Approved', 20)], 21);
      expect(await told(30)).toEqual(['elsewhere Approved']);
    });

    test('an older read, of a list that lags or an answer that was overtaken, changes nothing', async () => {
      await note([read('O1', 'In review', 0)], 1);
      expect(await note([read('O1', 'Action Required', 10)], 11)).toBe(1);
      expect(await note([read('O1', 'In review', 0)], 12)).toBe(0);
      expect(await note([read('O1', 'Action Required', 10)], 13)).toBe(0);
      // The same LastModifiedDate says nothing: then the list may be as old as lists are.
      expect(await note([read('O1', 'In review', 10)], 20, { asOf: at(20 - 5 * 60_000) })).toBe(0);
      expect(await note([read('O1', 'Action Required', 10)], 21)).toBe(0);
    });

    test('replicas that read the same page at the same time tell one decision once', async () => {
      await note([read('O1', 'In review', 0), read('O2', 'In review', 0)], 1);
      const pages = [
        [read('O1', 'Approved', 10), read('O2', 'Rejected', 10), read('O3', 'Approved', 10)],
        [read('O3', 'Approved', 10), read('O2', 'Rejected', 10), read('O1', 'Approved', 10)],
      ];
      await Promise.all([0, 1, 2, 3, 4, 5].map((n) => note(pages[n % 2] ?? [], 11, { from: onReplica(n) })));
      expect((await told(12)).sort()).toEqual([
        'elsewhere Approved',
        'elsewhere Approved',
        'elsewhere Rejected',
      ]);
    });

    test('where it isn’t followed, nothing is written of it', async () => {
      await note([read('O1', 'Approved', 10)], 11, { elsewhere: 'leave' });
      expect(await store().entryOf('Sandbox', 'O1')).toBeUndefined();
    });

    test('what this bot tried and did not get through, and AWS has since, was submitted elsewhere', async () => {
      await recorded(store());
      await store().transition(await sendingAt(store(), 'w', at(1)), 'w', {
        to: 'refused',
        at: at(2),
        actor: 'bot',
        why: 'ValidationException',
      });
      expect(await store().entryOf('Sandbox', 'O1001')).toMatchObject({ state: 'refused' });
      await note([read('O1001', 'In review', 5)], 6);
      expect(await store().entryOf('Sandbox', 'O1001')).toMatchObject({ state: 'elsewhere' });
      await note([read('O1001', 'Approved', 10)], 11);
      expect(await told(12)).toContain('elsewhere Approved');
    });

    test('it is in every part and in every count once, as what AWS says; what was decided before is in none', async () => {
      const page = ['Submitted', 'Action Required', 'Rejected', 'Pending Submission', 'Approved'].map(
        (status, index) => read(`O${index}`, status, 0),
      );
      await note(page, 1, { elsewhere: 'note' });
      await note([read('O4', 'Rejected', 5)], 6);
      const part = async (name: 'needs' | 'waiting') =>
        (await store().part('Sandbox', name, 9)).entries.map(({ opportunityId }) => opportunityId);
      expect([await part('needs'), await part('waiting')]).toEqual([['O1'], ['O0']]);
      const counts = await store().counts('Sandbox', at(0));
      expect(counts.map(({ reviewStatus, count }) => `${reviewStatus} ${count}`).sort()).toEqual([
        'Action Required 1',
        'Rejected 1',
        'Submitted 1',
      ]);
    });

    test('its steps are kept, and the undecided are known', async () => {
      await note([read('O1', 'Submitted', 0), read('O2', 'Rejected', 0)], 1, { elsewhere: 'note' });
      await note([read('O1', 'In review', 10)], 11);
      expect(await store().undecided('Sandbox')).toEqual(['O1']);
      expect(await store().undecided('AWS')).toEqual([]);
      const { events, total } = await store().reviewTrail({ catalog: 'Sandbox', opportunityId: 'O1' }, 9);
      expect(total).toBe(2);
      expect(events).toMatchObject([
        { at: at(1), actor: 'aws', from: undefined, to: 'Submitted' },
        { at: at(11), actor: 'aws', from: 'Submitted', to: 'In review' },
      ]);
    });
  });

  describe('what this bot submits', () => {
    test('its decisions are its own, even where it was followed before', async () => {
      await note([read('O1001', 'In review', 0)], 1);
      await recorded(store(), {}, at(10));
      await note([read('O1001', 'Action Required', 20)], 21);
      expect(await told(22), 'what may be ours is concluded first').toEqual(['submission']);
      await store().transition(await sendingAt(store(), 'w', at(23)), 'w', {
        to: 'already_submitted',
        at: at(24),
        actor: 'bot',
        why: 'found',
      });
      await note([read('O1001', 'Approved', 30)], 31);
      await passLeases(database().db, LEASE_MS);
      expect((await told(LEASE_MS + 32)).sort()).toEqual(['decision Approved', 'submission']);
    });

    test('a decision that was read before it was known to be ours is told once it is', async () => {
      await recorded(store());
      const sending = await sendingAt(store(), 'w', at(1));
      await note([read('O1001', 'Approved', 5)], 6);
      expect(await told(7)).toEqual(['submission']);
      await store().transition(sending, 'w', {
        to: 'submitted',
        at: at(8),
        actor: 'bot',
        why: 'a read shows it submitted with our choices',
        review: read('O1001', 'Approved', 5),
      });
      await passLeases(database().db, LEASE_MS);
      expect((await told(LEASE_MS + 8)).sort()).toEqual(['decision Approved', 'submission']);
    });

    test('AWS’s people are looked for from an approval on, and told of once', async () => {
      await submitted();
      const deal = { catalog: 'Sandbox', opportunityId: 'O1001' } as const;
      expect(await teamSeen(bot(), deal, at(3))).toBe(false);
      await note([read('O1001', 'Approved', 10)], 11);
      const [due] = await teamless(bot(), 'Sandbox', at(11), 9);
      expect(due).toMatchObject({ ...deal, approvedAt: at(11) });
      await postponeTeam(bot(), due?.recordId ?? '', at(DAY_MS));
      expect(await teamless(bot(), 'Sandbox', at(12), 9)).toEqual([]);
      expect(await Promise.all([0, 1, 2].map((n) => teamSeen(bot(n), deal, at(13))))).toContain(true);
      expect((await told(14)).filter((kind) => kind === 'team')).toHaveLength(1);
      expect(await teamless(bot(), 'Sandbox', at(2 * DAY_MS), 9)).toEqual([]);
    });
  });

  describe('taking an opportunity on', () => {
    const deal = { catalog: 'Sandbox', opportunityId: 'O1001' } as const;
    const person = (n: number): Owner => ({
      teamId: 'T1',
      userId: `U${n}`,
      channelId: 'C1',
      threadTs: undefined,
    });
    const takeOn = (n: number, status = 'Action Required', from = store()) =>
      from.takeOn(deal, person(n), read('O1001', status, 0), at(10 + n));

    test('of several people who take it on at the same time, in different replicas, one does', async () => {
      const records = await Promise.all(
        [0, 1, 2, 3, 4].map((n) => takeOn(n, 'Action Required', onReplica(n))),
      );
      expect(new Set(records).size).toBe(1);
      expect(await told(20)).toEqual(['taken-on']);
      const { events } = await store().reviewTrail(deal, 9);
      expect(events.map(({ what }) => what)).toEqual(['review', 'owner']);
    });

    test('it is theirs from then on: on their tab, in their thread, reminded of', async () => {
      await note([read('O1001', 'Action Required', 0)], 1, { elsewhere: 'note' });
      const recordId = (await takeOn(1)) ?? '';
      expect(await store().entryOf('Sandbox', 'O1001')).toMatchObject({ state: 'elsewhere', userId: 'U1' });
      expect(await store().entriesOfPerson('Sandbox', 'U1', 9, 'needs')).toMatchObject({
        entries: [{ id: recordId }],
      });
      expect(await store().hearerOf(recordId)).toMatchObject({ id: recordId, userId: 'U1' });
      expect(
        await remind({ ...bot(), catalog: 'Sandbox' }, 'action-required', { before: at(30) }, at(30)),
      ).toBe(1);
      await note([read('O1001', 'Approved', 40)], 41);
      expect((await told(42)).sort()).toEqual(['decision Approved', 'reminder', 'taken-on']);
    });

    test('what this bot submitted, and what AWS hasn’t got, stays as it is', async () => {
      expect(await takeOn(1, 'Pending Submission')).toBeUndefined();
      expect(await store().entryOf('Sandbox', 'O1001')).toBeUndefined();
      await submitted();
      expect(await takeOn(1)).toBeDefined();
      expect(await store().entryOf('Sandbox', 'O1001')).toMatchObject({ state: 'submitted', userId: 'U1' });
      expect(await told(20)).toEqual(['submission']);
    });
  });
});
