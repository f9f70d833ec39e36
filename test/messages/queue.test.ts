import { describe, expect, test } from 'vitest';
import { messageKey } from '../../src/messages/kinds/kind.ts';
import { retell } from '../../src/messages/outbox.ts';
import { createOutbox, type Outbox, type Outgoing, type Place } from '../../src/messages/queue.ts';
import type { Owned } from '../../src/submissions/submission.ts';
import { onEachDatabase, passLeases } from '../database/databases.ts';
import {
  aRead,
  aSubmission,
  at,
  claimAt,
  claimedAt,
  LEASE_MS,
  recorded,
  reviewedAt,
  sendingAt,
  storeOn,
  takeAll,
} from '../submissions/records.ts';

const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const IN_CHANNEL: Place = { via: 'channel', channelId: 'C1', ts: '1700000000.000100', threadTs: undefined };
const PAUSED = { type: 'operator', cause: 'credentials', code: 'CredentialsUnavailable' } as const;

onEachDatabase((database) => {
  const store = () => storeOn(database());
  const outbox = () => createOutbox(database());
  const replica = (index: number): Outbox => {
    const { replicas } = database();
    return createOutbox(replicas[index % replicas.length] ?? database());
  };
  const claimMessages = (owner: string, ms: number, limit = 10, from = outbox()) =>
    takeAll(() => from.claim('messages', { owner, at: at(ms) }), limit);
  const pass = (ms: number) => passLeases(database().db, ms);
  const oneMessage = async (owner: string, ms: number): Promise<Outgoing> => {
    const [message, ...others] = await claimMessages(owner, ms);
    if (message === undefined || others.length > 0) throw new Error('Not exactly one was untold.');
    return message;
  };
  const placeOf = async (entry: Owned) => (await outbox().whereIs(messageKey(entry))).place;
  /** Everything that is untold now is told. */
  const tellAll = async (ms: number): Promise<void> => {
    for (const message of await claimMessages('clears', ms)) {
      await outbox().told(message, 'clears', IN_CHANNEL, message.responseUrlUses);
    }
  };

  describe('telling people', () => {
    test('a request is to be told at once, by one message', async () => {
      const { id } = await recorded(store(), {}, at(5));
      expect(await claimMessages('w', 4)).toEqual([]);
      expect(await oneMessage('w', 5)).toMatchObject({
        kind: 'submission',
        submissionId: id,
        place: undefined,
        tries: 0,
        responseUrlUses: 0,
      });
    });

    test('what has been told is not told again, and it is known where it stands', async () => {
      const submission = aSubmission(await recorded(store()));
      await outbox().told(await oneMessage('w', 0), 'w', IN_CHANNEL, 0);
      expect(await claimMessages('w', 1_000_000)).toEqual([]);
      expect(await placeOf(submission)).toEqual(IN_CHANNEL);
    });

    test.each<Place>([
      IN_CHANNEL,
      { via: 'dm', channelId: 'D1', ts: '1700000000.000200', threadTs: '1700000000.000100' },
      { via: 'response_url' },
    ])('the place is kept: %j', async (place) => {
      const submission = aSubmission(await recorded(store()));
      await outbox().told(await oneMessage('w', 0), 'w', place, 1);
      expect(await placeOf(submission)).toEqual(place);
      await store().cancel(submission.id, 'U1', at(10));
      expect(await oneMessage('w', 10)).toMatchObject({ place, responseUrlUses: 1 });
    });

    test('what stands there is known until somebody may have changed it, and noted again where it stays', async () => {
      const { id } = await recorded(store());
      const submission = aSubmission(await store().find(id));
      const news = async (ms: number): Promise<Outgoing> => {
        await database()
          .db.transaction()
          .execute((tx) => retell(tx, { submissionIds: [id] }, at(ms)));
        return oneMessage('w', ms);
      };
      const first = await oneMessage('w', 0);
      expect(first.shown).toBeUndefined();
      await outbox().told(first, 'w', IN_CHANNEL, 0, { shown: 'one' });

      const same = await news(1);
      expect(same.shown).toBe('one');
      await outbox().leave(same, 'w');
      expect(await claimMessages('w', 1_000_000)).toEqual([]);
      expect(await placeOf(submission)).toEqual(IN_CHANNEL);
      const tried = await news(2);
      expect(tried.shown).toBe('one');

      // Perhaps it was changed, and perhaps not.
      await outbox().postpone(tried, 'w', { dueAt: at(3), error: 'reset' });
      const again = await oneMessage('w', 3);
      expect(again.shown).toBeUndefined();
      await outbox().leave(again, 'w');
      const died = await news(4);
      expect(died.shown).toBeUndefined();
      await outbox().told(died, 'w', IN_CHANNEL, 0, { shown: 'two' });
      expect((await news(5)).shown).toBe('two');
      await pass(LEASE_MS + 1);
      expect((await oneMessage('other', 5)).shown).toBeUndefined();
    });

    test('where it stands can be news itself: it is told once more, there', async () => {
      const submission = aSubmission(await recorded(store()));
      await outbox().told(await oneMessage('w', 0), 'w', IN_CHANNEL, 0, { again: true });
      const again = await oneMessage('w', 0);
      expect(again).toMatchObject({ place: IN_CHANNEL, tries: 0 });
      await outbox().told(again, 'w', IN_CHANNEL, 0);
      expect(await claimMessages('w', 1_000_000)).toEqual([]);
      expect(await placeOf(submission)).toEqual(IN_CHANNEL);
    });

    test('what there is nothing to say about any more is forgotten, by whoever holds it', async () => {
      await recorded(store());
      const lost = await oneMessage('one', 0);
      await pass(LEASE_MS);
      const held = await oneMessage('two', 1);
      await outbox().drop(lost, 'one');
      await pass(LEASE_MS);
      expect(await oneMessage('three', 2)).toMatchObject({ id: held.id });
      await pass(LEASE_MS);
      await outbox().drop(await oneMessage('four', 3), 'four');
      await pass(LEASE_MS);
      expect(await claimMessages('five', 4)).toEqual([]);
    });

    test('a kind of a newer version is left to that one', async () => {
      await recorded(store());
      const { db } = database();
      await db.updateTable('outbox').set({ kind: 'of-a-newer-version' }).execute();
      expect(await claimMessages('w', 0)).toEqual([]);
      await db.updateTable('outbox').set({ kind: 'submission' }).execute();
      expect(await claimMessages('w', 0)).toHaveLength(1);
    });

    test('a change while it is being told is told afterwards', async () => {
      const { id } = await recorded(store());
      const message = await oneMessage('w', 0);
      await store().cancel(id, 'U1', at(1));
      await outbox().told(message, 'w', IN_CHANNEL, 0);
      const next = await oneMessage('w', 2);
      expect(next.id).toBe(message.id);
      expect(next.revision).toBeGreaterThan(message.revision);
      await outbox().told(next, 'w', IN_CHANNEL, 0);
      expect(await claimMessages('w', 3)).toEqual([]);
    });

    test('a process that dies between the outcome and the message leaves it to the next', async () => {
      await recorded(store());
      const died = await oneMessage('dies', 0);
      await pass(LEASE_MS / 2);
      expect(await claimMessages('next', 1)).toEqual([]);
      await pass(LEASE_MS / 2);
      expect(await oneMessage('next', 1)).toMatchObject({ id: died.id, revision: died.revision });
    });

    test('whoever lost the lease changes nothing for whoever has it now', async () => {
      const submission = aSubmission(await recorded(store()));
      const lost = await oneMessage('one', 0);
      await pass(LEASE_MS);
      const held = await oneMessage('two', 1);
      await outbox().told(lost, 'one', IN_CHANNEL, 3);
      await outbox().postpone(lost, 'one', { dueAt: at(0), error: 'late' });
      expect(await placeOf(submission)).toBeUndefined();
      expect(await claimMessages('three', 2)).toEqual([]);
      await outbox().told(held, 'two', IN_CHANNEL, 0);
      expect(await placeOf(submission)).toEqual(IN_CHANNEL);
    });

    test('what could not be posted is tried again when it was said to be, and counts', async () => {
      await recorded(store());
      await outbox().postpone(await oneMessage('w', 0), 'w', {
        dueAt: at(7000),
        error: 'ratelimited',
      });
      expect(await claimMessages('w', 6999)).toEqual([]);
      expect(await oneMessage('w', 7000)).toMatchObject({ tries: 1 });
    });

    test('something new is told at once, however long the last try is put off', async () => {
      const { id } = await recorded(store());
      await outbox().postpone(await oneMessage('w', 0), 'w', {
        dueAt: at(900_000),
        error: 'not_in_channel',
      });
      await store().cancel(id, 'U1', at(10));
      expect(await oneMessage('w', 10)).toMatchObject({ tries: 0 });
    });

    test('a direct message names the reason why it is one, and not what kept Slack from taking an edit of it', async () => {
      const { id } = await recorded(store());
      const news = async (ms: number): Promise<Outgoing> => {
        await database()
          .db.transaction()
          .execute((tx) => retell(tx, { submissionIds: [id] }, at(ms)));
        return oneMessage('w', ms);
      };
      const inDm: Place = { ...IN_CHANNEL, via: 'dm', channelId: 'D1' };
      await outbox().told(await oneMessage('w', 0), 'w', inDm, 0, { refused: 'not_in_channel' });
      const edited = await news(1);
      expect(edited).toMatchObject({ refused: 'not_in_channel' });
      await outbox().postpone(edited, 'w', { dueAt: at(900_000), error: 'ratelimited' });
      expect(await news(2)).toMatchObject({ refused: undefined });
    });

    test('many workers at once tell everything once', async () => {
      for (const n of range(20)) await recorded(store(), { opportunityId: `O${n + 1}` }, at(n));
      const takeAll = async (worker: number): Promise<string[]> => {
        const taken: string[] = [];
        for (;;) {
          const claimed = await claimMessages(`w${worker}`, 100, 2, replica(worker));
          if (claimed.length === 0) return taken;
          taken.push(...claimed.map(({ id }) => id));
        }
      };
      const taken = (await Promise.all(range(6).map(takeAll))).flat();
      expect(taken).toHaveLength(20);
      expect(new Set(taken).size).toBe(20);
    });

    test('passing the fence alone is nothing to tell: what comes of it is', async () => {
      await recorded(store());
      await tellAll(0);
      const sending = await sendingAt(store(), 'w', at(1));
      expect(await claimMessages('w', 2)).toEqual([]);
      await store().transition(sending, 'w', { to: 'uncertain', at: at(3), actor: 'bot', why: 'test' });
      expect(await claimMessages('w', 3)).toHaveLength(1);
    });

    test('a wait for another reason is told, the same wait again is not', async () => {
      await recorded(store());
      const waiting = { type: 'waiting', code: 'ThrottlingException', throttled: true } as const;
      const postpone = async (ms: number) => {
        const claimed = await claimedAt(store(), 'w', at(ms));
        await store().postpone(claimed, 'w', { at: at(ms), dueAt: at(ms + 1), problem: waiting, tries: 1 });
      };
      await tellAll(0);
      await postpone(1);
      expect(await claimMessages('w', 1)).toHaveLength(1);
      await pass(LEASE_MS);
      await tellAll(LEASE_MS + 1);
      await postpone(LEASE_MS + 10);
      expect(await claimMessages('w', 2 * LEASE_MS)).toEqual([]);
    });
  });

  describe("AWS's decision", () => {
    const submitted = async () => {
      await recorded(store());
      const sending = await sendingAt(store(), 'w', at(0));
      await store().transition(sending, 'w', {
        to: 'submitted',
        at: at(1),
        actor: 'bot',
        why: 'test',
        review: aRead('Submitted'),
      });
      await tellAll(1);
    };
    const review = (status: string, ms: number) => reviewedAt(store(), status, at(ms));
    const kinds = async (ms: number) => (await claimMessages('w', ms)).map(({ kind }) => kind).sort();

    test('Rejected is told in the message and in its thread, and why to the person alone', async () => {
      await submitted();
      await review('Rejected', 10);
      expect(await kinds(10)).toEqual(['decision', 'reason', 'submission']);
    });

    test.each(['Approved', 'Action Required', 'action-required'])(
      '%s is told twice over: in the message, and in its thread',
      async (status) => {
        await submitted();
        await review(status, 10);
        expect(await kinds(10)).toEqual(['decision', 'submission']);
      },
    );

    test.each(['In review', 'Submitted again', 'Pending Submission'])(
      '%s only changes the message',
      async (status) => {
        await submitted();
        await review(status, 10);
        expect(await kinds(10)).toEqual(['submission']);
      },
    );

    test('Action Required, edited, and required again are two decisions', async () => {
      await submitted();
      for (const [n, status] of ['Action Required', 'In review', 'Action Required'].entries()) {
        await review(status, 10 + n);
      }
      expect(await kinds(20)).toEqual(['decision', 'decision', 'submission']);
    });

    test('read again and unchanged, it is told no second time', async () => {
      await submitted();
      await review('Approved', 10);
      await tellAll(10);
      await review('Approved', 20);
      expect(await claimMessages('w', 30)).toEqual([]);
    });
  });

  describe('while sending is paused', () => {
    const probeAt = async (): Promise<string | undefined> =>
      (await database().db.selectFrom('circuit_breaker').select('probe_at').executeTakeFirst())?.probe_at;

    test('whoever waits is told once, and a pause that goes on tells nobody again', async () => {
      for (const n of range(3)) await recorded(store(), { opportunityId: `O${n + 1}` });
      await tellAll(0);
      await store().pauseSending(PAUSED, at(1), at(30_000));
      expect(await probeAt()).toBe(at(30_000).toISOString());
      expect(await claimMessages('w', 1)).toHaveLength(3);
      await pass(LEASE_MS);
      await tellAll(LEASE_MS + 1);
      await store().pauseSending(PAUSED, at(LEASE_MS + 2), at(LEASE_MS + 30_000));
      expect(await probeAt()).toBe(at(LEASE_MS + 30_000).toISOString());
      expect(await claimMessages('w', LEASE_MS * 3)).toEqual([]);
    });

    test('several replicas that find it out at once tell everybody once', async () => {
      const { id } = await recorded(store());
      await tellAll(0);
      await Promise.all(
        database().replicas.map((replica) => storeOn(replica).pauseSending(PAUSED, at(1), at(30_000))),
      );
      const message = await oneMessage('w', 1);
      expect(message.revision).toBe(2);
      expect(await store().find(id)).toMatchObject({ state: 'requested', problem: PAUSED });
    });

    test('when it is over, whoever waited for it is due at once', async () => {
      await recorded(store());
      const claimed = await claimedAt(store(), 'w', at(0));
      await store().pauseSending(PAUSED, at(1), at(30_000));
      await store().postpone(claimed, 'w', { at: at(1), dueAt: at(30_000), problem: PAUSED, tries: 1 });
      expect(await claimAt(store(), 'w', at(2))).toEqual([]);
      await store().resumeSending(at(3));
      expect(await probeAt()).toBeUndefined();
      expect(await claimAt(store(), 'w', at(3))).toHaveLength(1);
    });

    test('when it is over, whoever waited for it is told that it goes on, once', async () => {
      const { id } = await recorded(store());
      await store().pauseSending(PAUSED, at(1), at(30_000));
      await tellAll(1);
      await store().resumeSending(at(2));
      expect(await oneMessage('w', 2)).toMatchObject({ kind: 'submission', submissionId: id });
      expect((await store().find(id))?.problem).toBeUndefined();
      await pass(LEASE_MS);
      await tellAll(LEASE_MS + 2);
      await store().resumeSending(at(LEASE_MS + 3));
      expect(await claimMessages('w', LEASE_MS * 3)).toEqual([]);
    });

    test('when the operator switches sending off or on again, whoever waits is told, and at no other start', async () => {
      const { id } = await recorded(store());
      const theOne = { kind: 'submission', submissionId: id };
      await tellAll(0);
      const toldAfter = async (paused: boolean, ms: number) => {
        await store().noteOperatorPause(paused, at(ms));
        const told = await claimMessages('w', ms);
        for (const message of told) await outbox().told(message, 'w', IN_CHANNEL, 0);
        return told.map(({ kind, submissionId }) => ({ kind, submissionId }));
      };
      expect(await toldAfter(false, 1)).toEqual([]);
      expect(await toldAfter(true, 2)).toEqual([theOne]);
      expect(await toldAfter(true, 3)).toEqual([]);
      expect(await toldAfter(false, 4)).toEqual([theOne]);
      expect(await toldAfter(false, 5)).toEqual([]);
    });

    test('a call that goes through without a pause changes nothing', async () => {
      const { id } = await recorded(store());
      const before = await store().find(id);
      await store().resumeSending(at(3));
      expect(await store().find(id)).toEqual(before);
    });

    test('what is being sent or settled already is not told that it waits', async () => {
      const { id } = await recorded(store());
      await sendingAt(store(), 'w', at(0));
      await tellAll(0);
      await store().pauseSending(PAUSED, at(1), at(30_000));
      expect(await store().find(id)).toMatchObject({ state: 'sending', problem: undefined });
      expect(await claimMessages('w', 1)).toEqual([]);
    });
  });
});
