import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOpenState } from '../../../src/attempts/sendable.ts';
import type { Store } from '../../../src/submissions/store.ts';
import { STATES, STEPS, type State } from '../../../src/submissions/submission.ts';
import { empty, onEachDatabase, passLeases } from '../../database/databases.ts';
import {
  aForm,
  at,
  CHOICES,
  claimAt,
  claimedAt,
  eventsOf,
  fenceAt,
  LEASE_MS,
  recorded,
  reviewedAt,
  sendingAt,
  storeOn,
} from '../records.ts';

const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const DAY_MS = 24 * 60 * 60 * 1000;

onEachDatabase((database) => {
  const store = () => storeOn(database());
  const replica = (index: number): Store => {
    const { replicas } = database();
    const connection = replicas[index % replicas.length];
    return connection === undefined ? store() : storeOn(connection);
  };
  const pass = (ms: number) => passLeases(database().db, ms);
  const put = (id: string, values: { state?: State; due_at?: string | null }) =>
    database().db.updateTable('submissions').set(values).where('id', '=', id).execute();

  describe('claiming', () => {
    test('takes what fell due first, and of those what was asked for first', async () => {
      for (const [opportunityId, when] of [
        ['O3', 30],
        ['O1', 10],
        ['O2', 20],
      ] as const) {
        await recorded(store(), { opportunityId }, at(when));
      }
      const taken: string[] = [];
      for (const _ of range(3)) taken.push((await claimedAt(store(), 'w', at(50))).opportunityId);
      expect(taken).toEqual(['O1', 'O2', 'O3']);
    });

    test('leaves alone what is not due yet, and what was settled', async () => {
      await recorded(store(), { opportunityId: 'O1' }, at(1000));
      const settled = await recorded(store(), { opportunityId: 'O2' }, at(0));
      await store().cancel(settled.id, 'U1', at(1));
      expect(await claimAt(store(), 'w', at(999), { limit: 10 })).toEqual([]);
      expect(await claimAt(store(), 'w', at(1000), { limit: 10 })).toHaveLength(1);
    });

    test('never takes more than it was asked for', async () => {
      for (const n of range(20)) await recorded(store(), { opportunityId: `O${n + 1}` }, at(n));
      expect(await claimAt(store(), 'w', at(100), { limit: 1 })).toHaveLength(1);
      expect(await claimAt(store(), 'w', at(100), { limit: 7 })).toHaveLength(7);
    });

    test('what one worker has, no other gets before the lease has run out', async () => {
      await recorded(store());
      const first = await claimedAt(store(), 'one', at(0));
      await pass(LEASE_MS / 2);
      expect(await claimAt(store(), 'two', at(1))).toEqual([]);
      await pass(LEASE_MS / 2);
      const second = await claimedAt(store(), 'two', at(1));
      expect(second).toMatchObject({ id: first.id, attempt: first.attempt + 1 });
    });

    test('nobody takes what they are at themselves, however long ago their lease has run out', async () => {
      await recorded(store());
      const { id } = await claimedAt(store(), 'one', at(0));
      await pass(2 * LEASE_MS);
      expect(await claimAt(store(), 'one', at(1), { inHand: [id] })).toEqual([]);
      expect(await claimAt(store(), 'one', at(1), { inHand: ['another'] })).toHaveLength(1);
    });

    test('many workers at once take everything once', async () => {
      await Promise.all(
        range(40).map((n) => replica(n).record(aForm({ opportunityId: `O${n + 1}` }), CHOICES, at(n))),
      );
      const takeAll = async (worker: number): Promise<string[]> => {
        const taken: string[] = [];
        for (;;) {
          const claimed = await claimAt(replica(worker), `w${worker}`, at(100), { limit: (worker % 3) + 1 });
          if (claimed.length === 0) return taken;
          taken.push(...claimed.map(({ id }) => id));
        }
      };
      const taken = (await Promise.all(range(8).map(takeAll))).flat();
      expect(taken).toHaveLength(40);
      expect(new Set(taken).size).toBe(40);
    });

    test('while sending is paused only doubts and what has expired are taken', async () => {
      const old = await recorded(store(), { opportunityId: 'O1' }, at(0));
      await recorded(store(), { opportunityId: 'O2' }, at(DAY_MS));
      await recorded(store(), { opportunityId: 'O3' }, at(DAY_MS - 1));
      const doubt = await recorded(store(), { opportunityId: 'O4' }, at(DAY_MS));
      await put(doubt.id, { state: 'uncertain' });
      const taken = await claimAt(store(), 'w', at(DAY_MS), {
        limit: 10,
        paused: true,
      });
      expect(new Set(taken.map(({ id }) => id))).toEqual(new Set([old.id, doubt.id]));
    });

    test('a settled record that was claimed by mistake is left alone from then on', async () => {
      const { id } = await recorded(store());
      await put(id, { state: 'submitted' });
      const claimed = await claimedAt(store(), 'w', at(0));
      await store().postpone(claimed, 'w', { at: at(0), dueAt: undefined, tries: 0 });
      expect(await claimAt(store(), 'w', at(10 * 60_000))).toEqual([]);
    });

    test('what was given back is due when it was said to be, and counts its tries', async () => {
      await recorded(store());
      const claimed = await claimedAt(store(), 'w', at(0));
      await store().postpone(claimed, 'w', {
        at: at(1),
        dueAt: at(5000),
        problem: { type: 'waiting', code: 'ThrottlingException', throttled: true },
        tries: 1,
      });
      expect(await claimAt(store(), 'w', at(4999))).toEqual([]);
      expect(await claimedAt(store(), 'other', at(5000))).toMatchObject({
        state: 'requested',
        tries: 1,
        problem: { type: 'waiting', code: 'ThrottlingException', throttled: true },
      });
    });

    test('whoever lost the lease gives nothing back and settles nothing', async () => {
      const { id } = await recorded(store());
      const lost = await claimedAt(store(), 'one', at(0));
      await pass(LEASE_MS);
      const held = await claimedAt(store(), 'two', at(LEASE_MS));
      await store().postpone(lost, 'one', { at: at(LEASE_MS), dueAt: at(0), tries: 9 });
      await store().postpone(lost, 'one', { at: at(LEASE_MS), dueAt: undefined, tries: 0 });
      expect(
        await store().transition(lost, 'one', { to: 'expired', at: at(LEASE_MS), actor: 'bot', why: 'test' }),
      ).toBeUndefined();
      expect(await store().find(id)).toEqual(held);
      expect(await claimAt(store(), 'three', at(LEASE_MS + 1))).toEqual([]);
    });

    test('what a process gives back as it stops is free at once, but for what it is sending', async () => {
      const sent = await recorded(store(), { opportunityId: 'O1' }, at(0));
      await sendingAt(store(), 'stops', at(0));
      await recorded(store(), { opportunityId: 'O2' }, at(0));
      const held = await claimedAt(store(), 'stops', at(1));
      await store().release('stops');
      expect(await fenceAt(store(), held, 'stops', at(5000))).toEqual({ type: 'lost' });
      expect((await claimAt(store(), 'next', at(5000), { limit: 10 })).map(({ id }) => id)).toEqual([
        held.id,
      ]);
      expect(await store().find(sent.id)).toMatchObject({ state: 'sending' });
    });

    test('a doubt that somebody asks about is due at once; anything else is not touched', async () => {
      const doubt = await recorded(store(), { opportunityId: 'O1' });
      const waiting = await recorded(store(), { opportunityId: 'O2' });
      await put(doubt.id, { state: 'not_seen', due_at: at(DAY_MS).toISOString() });
      await put(waiting.id, { due_at: at(600_000).toISOString() });
      expect(await store().hurryDoubts('Sandbox', ['O1', 'O2'], at(5))).toBe(true);
      expect(await store().hurryDoubts('Sandbox', ['O2'], at(5))).toBe(false);
      expect(await store().hurryDoubts('Sandbox', [], at(5))).toBe(false);
      expect((await claimAt(store(), 'w', at(5), { limit: 10 })).map(({ id }) => id)).toEqual([doubt.id]);
    });
  });

  describe('the fence before sending', () => {
    test('lets the one through who holds the record, and only once', async () => {
      await recorded(store());
      const claimed = await claimedAt(store(), 'w', at(0));
      expect(await fenceAt(store(), claimed, 'w', at(1))).toMatchObject({
        type: 'sending',
        record: { state: 'sending', sendingAt: at(1), changedAt: at(1) },
      });
      expect(await fenceAt(store(), claimed, 'w', at(10_000))).toEqual({ type: 'lost' });
    });

    test('is closed after Cancel', async () => {
      const { id } = await recorded(store());
      const claimed = await claimedAt(store(), 'w', at(0));
      await store().cancel(id, 'U1', at(1));
      expect(await fenceAt(store(), claimed, 'w', at(2))).toEqual({ type: 'lost' });
    });

    test('is closed to a process that slept through its lease, whoever has the record now', async () => {
      await recorded(store());
      const slept = await claimedAt(store(), 'one', at(0));
      await pass(LEASE_MS);
      await claimedAt(store(), 'two', at(LEASE_MS));
      expect(await fenceAt(store(), slept, 'one', at(LEASE_MS))).toEqual({ type: 'lost' });
    });

    test('is closed to an earlier attempt of the same process', async () => {
      await recorded(store());
      const earlier = await claimedAt(store(), 'one', at(0));
      await pass(LEASE_MS);
      const later = await claimedAt(store(), 'one', at(LEASE_MS));
      expect(await fenceAt(store(), earlier, 'one', at(LEASE_MS))).toEqual({ type: 'lost' });
      expect(await fenceAt(store(), later, 'one', at(LEASE_MS))).toMatchObject({ type: 'sending' });
    });

    test('is closed to somebody who never claimed it', async () => {
      const submission = await recorded(store());
      expect(await fenceAt(store(), submission, 'stranger', at(0))).toEqual({ type: 'lost' });
    });

    test('a fence that was lost takes no slot of the quota', async () => {
      const submission = await recorded(store());
      await fenceAt(store(), submission, 'stranger', at(0));
      const claimed = await claimedAt(store(), 'w', at(1));
      expect(await fenceAt(store(), claimed, 'w', at(1))).toMatchObject({ type: 'sending' });
    });

    test('of many at the fence with the same claim one gets through', async () => {
      await recorded(store());
      const claimed = await claimedAt(store(), 'w', at(0));
      const fences = await Promise.all(range(10).map((n) => fenceAt(replica(n), claimed, 'w', at(0), 0)));
      expect(fences.filter(({ type }) => type === 'sending')).toHaveLength(1);
    });

    test('whoever dies while sending leaves a record that falls due when the lease has run out', async () => {
      const { id } = await recorded(store());
      await sendingAt(store(), 'dies', at(10));
      await pass(LEASE_MS / 2);
      expect(await claimAt(store(), 'next', at(20))).toEqual([]);
      await pass(LEASE_MS / 2);
      expect(await claimedAt(store(), 'next', at(20))).toMatchObject({ id, state: 'sending' });
    });
  });

  describe("AWS's pace", () => {
    test('says until when to wait, and changes nothing meanwhile', async () => {
      await recorded(store(), { opportunityId: 'O1' }, at(0));
      await sendingAt(store(), 'w', at(0));
      const { id } = await recorded(store(), { opportunityId: 'O2' }, at(0));
      const next = await claimedAt(store(), 'w', at(1));
      expect(await fenceAt(store(), next, 'w', at(999))).toEqual({ type: 'wait', until: at(1000) });
      expect(await store().find(id)).toEqual(next);
      expect(await eventsOf(store(), id)).toHaveLength(1);
      expect(await fenceAt(store(), next, 'w', at(1000))).toMatchObject({ type: 'sending' });
    });

    test('when AWS throttles, everybody waits as long as it says; a shorter hint takes nothing back', async () => {
      await recorded(store(), { opportunityId: 'O1' });
      await sendingAt(store(), 'w', at(0));
      await store().slowDown(at(9000), at(0));
      await store().slowDown(at(3000), at(0));
      await recorded(store(), { opportunityId: 'O2' });
      const next = await claimedAt(replica(1), 'v', at(1));
      expect(await fenceAt(replica(1), next, 'v', at(5000))).toEqual({ type: 'wait', until: at(9000) });
    });

    test('when AWS throttles after a clock that was hours ahead was mended, everybody waits all the same', async () => {
      await recorded(store(), { opportunityId: 'O1' });
      await sendingAt(store(), 'w', at(5 * 60 * 60_000));
      await store().slowDown(at(9000), at(0));
      await recorded(store(), { opportunityId: 'O2' });
      const next = await claimedAt(replica(1), 'v', at(1));
      expect(await fenceAt(replica(1), next, 'v', at(5000))).toEqual({ type: 'wait', until: at(9000) });
    });

    test('however many send at once, over however many replicas, no two go out within the interval', async () => {
      const count = 16;
      for (const n of range(count)) await recorded(store(), { opportunityId: `O${n + 1}` }, at(n));
      const send = async (n: number): Promise<number> => {
        const mine = replica(n);
        const claimed = await claimedAt(mine, `w${n}`, at(100));
        for (let now = at(100 + n * 7); ; ) {
          const fence = await fenceAt(mine, claimed, `w${n}`, now);
          if (fence.type === 'lost') throw new Error('Nobody else had it.');
          if (fence.type === 'sending') return now.getTime();
          now = fence.until;
        }
      };
      const times = (await Promise.all(range(count).map(send))).sort((one, other) => one - other);
      const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000);
    });
  });

  describe('changes of state', () => {
    const pairs = STATES.flatMap((from) => STATES.map((to) => ({ from, to })));

    test('every one that the table allows is made, every other one is refused and writes nothing', async () => {
      for (const [n, { from, to }] of pairs.entries()) {
        const { id } = await recorded(store(), { opportunityId: `O${n + 1}` }, at(n));
        await put(id, { state: from });
        const claimed = await claimedAt(store(), 'w', at(1000));
        expect(claimed).toMatchObject({ id, state: from });
        const change = store().transition(claimed, 'w', { to, at: at(2000), actor: 'bot', why: 'test' });
        if (STEPS[from].to.includes(to)) {
          expect(await change).toMatchObject({ state: to, changedAt: at(2000), dueAt: undefined });
        } else {
          await expect(change, `${from} to ${to}`).rejects.toThrow(`can't go from ${from} to ${to}`);
          expect(await store().find(id)).toEqual(claimed);
        }
        expect(await eventsOf(store(), id)).toHaveLength(STEPS[from].to.includes(to) ? 2 : 1);
      }
    });

    test('two who hold the same claim cannot both move it on', async () => {
      await recorded(store());
      const sending = await sendingAt(store(), 'w', at(0));
      const answers = await Promise.all(
        (['submitted', 'refused', 'uncertain'] as const).map((to, n) =>
          replica(n).transition(sending, 'w', { to, at: at(1), actor: 'bot', why: 'test' }),
        ),
      );
      expect(answers.filter((answer) => answer !== undefined)).toHaveLength(1);
    });

    test('what a refusal said is kept word for word, hostile characters included', async () => {
      await recorded(store());
      const problem = {
        type: 'refused',
        code: 'ValidationException',
        reason: 'BUSINESS_VALIDATION_FAILED',
        message: `'; drop table submissions; -- <!channel> 𝕏 \u202e "\\`,
        fieldErrors: [
          { fieldName: 'LifeCycle.TargetCloseDate', code: 'INVALID_VALUE', message: '' },
          { code: '', message: '🧵'.repeat(50) },
        ],
      } as const;
      const { id } = await sendingAt(store(), 'w', at(0));
      const held = await store().find(id);
      if (held === undefined) throw new Error('It is gone.');
      await store().transition(held, 'w', {
        to: 'refused',
        at: at(1),
        actor: 'bot',
        why: 'ValidationException',
        problem: { ...problem, fieldErrors: problem.fieldErrors.map((error) => ({ ...error })) },
        requestId: 'request-1',
      });
      expect(await store().find(id)).toMatchObject({ state: 'refused', problem, requestId: 'request-1' });
    });
  });

  test('whatever happens in whatever order, the trail is whole and no opportunity is open twice', async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('press' as const), opportunity: fc.integer({ min: 1, max: 2 }) }),
      fc.record({ do: fc.constant('press again' as const), which: fc.nat(5) }),
      fc.record({ do: fc.constant('claim' as const), owner: fc.constantFrom('one', 'two') }),
      fc.record({ do: fc.constant('fence' as const), which: fc.nat(5) }),
      fc.record({ do: fc.constant('move' as const), which: fc.nat(5), to: fc.constantFrom(...STATES) }),
      fc.record({ do: fc.constant('cancel' as const), which: fc.nat(5) }),
      fc.record({
        do: fc.constant('review' as const),
        which: fc.nat(5),
        status: fc.constantFrom('Submitted', 'Approved', 'Odd'),
      }),
      fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(500, LEASE_MS) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
        await empty(database().db);
        const bot = store();
        const forms: ReturnType<typeof aForm>[] = [];
        const ids: string[] = [];
        const claims: { owner: string; claimed: Awaited<ReturnType<typeof claimedAt>> }[] = [];
        let now = 0;
        for (const taken of steps) {
          now += 1;
          switch (taken.do) {
            case 'press': {
              const form = aForm({ opportunityId: `O${taken.opportunity}` });
              forms.push(form);
              const { type, submission } = await bot.record(form, CHOICES, at(now));
              if (type === 'recorded') ids.push(submission.id);
              break;
            }
            case 'press again': {
              const form = forms[taken.which];
              if (form !== undefined) {
                const { type, submission } = await bot.record(form, CHOICES, at(now));
                if (type === 'recorded') ids.push(submission.id);
              }
              break;
            }
            case 'claim':
              for (const claimed of await claimAt(bot, taken.owner, at(now))) {
                claims.unshift({ owner: taken.owner, claimed });
              }
              break;
            case 'fence': {
              const held = claims[taken.which];
              if (held !== undefined && STEPS[held.claimed.state].to.includes('sending')) {
                const fence = await fenceAt(bot, held.claimed, held.owner, at(now));
                if (fence.type === 'sending') claims[taken.which] = { ...held, claimed: fence.record };
              }
              break;
            }
            case 'move': {
              const held = claims[taken.which];
              if (held !== undefined && STEPS[held.claimed.state].to.includes(taken.to)) {
                await bot.transition(held.claimed, held.owner, {
                  to: taken.to,
                  at: at(now),
                  actor: 'bot',
                  why: 'test',
                  dueAt: at(now),
                });
              }
              break;
            }
            case 'cancel':
              await bot.cancel(ids[taken.which] ?? '', 'U1', at(now));
              break;
            case 'review':
              await reviewedAt(bot, taken.status, at(now), { opportunityId: `O${taken.which}` });
              break;
            case 'wait':
              now += taken.ms;
              await pass(taken.ms);
          }
        }
        const records = await Promise.all(ids.map((id) => bot.find(id)));
        const open = records.filter((record) => isOpenState(record?.state ?? ''));
        expect(new Set(open.map((record) => record?.opportunityId)).size).toBe(open.length);
        for (const record of records) {
          if (record === undefined) throw new Error('A record is gone.');
          const trail = await eventsOf(bot, record.id);
          let state: string | null = null;
          for (const { from, to } of trail) {
            expect(from).toBe(state);
            if (from !== null && from !== to) expect(STEPS[from].to.includes(to)).toBe(true);
            state = to;
          }
          expect(state).toBe(record.state);
        }
      }),
      { numRuns: 12 },
    );
  });
});
