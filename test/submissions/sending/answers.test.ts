import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { SET_BACK } from '../../../src/attempts/sendable.ts';
import type { State, Submission } from '../../../src/submissions/submission.ts';
import { onEachDatabase } from '../../database/databases.ts';
import { at, recorded, storeOn } from '../records.ts';

const SENDING = { paused: false, intervalMs: 100 } as const;
const accepted = {
  to: 'submitted',
  at: at(90_000),
  actor: 'bot',
  why: 'AWS accepted it',
  requestId: 'r-1',
} as const;
const refused = { ...accepted, to: 'refused', why: 'ValidationException' } as const;
const notSent = { ...accepted, to: 'requested', why: 'DeadlinePassed', dueAt: at(90_000) } as const;

onEachDatabase((database) => {
  const db = () => database().db;
  const put = (id: string, values: Readonly<Record<string, unknown>>) =>
    db().updateTable('submissions').set(values).where('id', '=', id).execute();
  const stateOf = async (store: ReturnType<typeof storeOn>, id: string) => (await store.find(id))?.state;

  let count = 1000;

  /** A process that has passed the fence with a submission, which nobody else knows of. */
  async function passed() {
    const store = storeOn(database());
    count += 1;
    const { id } = await recorded(store, { opportunityId: `O${count}` });
    await db().deleteFrom('write_quota').execute();
    const claimed = await store.claim({ ...SENDING, at: at(1000), owner: 'one' });
    if (claimed === undefined) throw new Error('Nothing could be claimed.');
    const fence = await store.begin(claimed, { owner: 'one', at: at(1000), intervalMs: 100 });
    if (fence.type !== 'sending') throw new Error('The fence was not passed.');
    return { store, id, sending: fence.record };
  }

  /** Its lease has run out, and another process has concluded this of it. */
  async function guessed(state: State): Promise<{
    store: ReturnType<typeof storeOn>;
    id: string;
    sending: Submission;
  }> {
    const all = await passed();
    await put(all.id, { state, attempt: all.sending.attempt + 1, lease_owner: 'two', lease_until: null });
    return all;
  }

  describe('what AWS answered', () => {
    test.each<State>(['sending', 'uncertain', 'not_seen', 'let_go', 'already_submitted'])(
      'is kept though the lease is another process’s, which calls it %s',
      async (state) => {
        for (const answer of [accepted, refused]) {
          const { store, id, sending } = await guessed(state);
          expect(await store.answer(sending, 'one', answer)).toMatchObject({ state: answer.to });
          expect(await store.find(id)).toMatchObject({ state: answer.to, requestId: 'r-1' });
          const { events } = await store.trail(id, 10);
          expect(events.at(-1)).toMatchObject({ from: state, to: answer.to, why: answer.why });
          // A commit whose answer was lost is tried again, and changes nothing.
          await store.answer(sending, 'one', answer);
          expect((await store.trail(id, 10)).total).toBe(events.length);
        }
      },
    );

    test('is written as soon as the database takes it, though nobody tries any more and others have guessed', async () => {
      const { store, id, sending } = await guessed('already_submitted');
      await put(id, { due_at: null });
      await sql`alter table submission_events rename to not_there`.execute(db());
      await expect(store.answer(sending, 'one', accepted)).rejects.toThrow();
      await expect(store.claim({ ...SENDING, at: at(2000), owner: 'one' })).resolves.toBeUndefined();
      await sql`alter table not_there rename to submission_events`.execute(db());
      const isDue = async () => {
        const { due } = store.watch({ ...SENDING, at: at(2000) });
        const { rows } = await sql<{ due: 1 | null }>`select ${due} as due`.execute(db());
        return rows[0]?.due === 1;
      };
      expect(await isDue()).toBe(true);
      await store.claim({ ...SENDING, at: at(2000), owner: 'one' });
      expect(await stateOf(store, id)).toBe('submitted');
      expect(await isDue()).toBe(false);
    });

    test('that nothing was executed sends it again only while nobody was told otherwise', async () => {
      const doubt = await guessed('uncertain');
      await doubt.store.answer(doubt.sending, 'one', notSent);
      expect(await stateOf(doubt.store, doubt.id)).toBe('requested');
      expect(doubt.store.recall({ ...doubt.sending, state: 'requested' })).toBeUndefined();
      const told = await guessed('not_seen');
      expect(await told.store.answer(told.sending, 'one', notSent)).toMatchObject({ state: 'refused' });
      expect(await stateOf(told.store, told.id)).toBe('refused');
    });

    test.each<State>(['not_seen', 'let_go'])(
      'that nothing was executed, once people were told that nobody knows (%s), is told to them, once',
      async (state) => {
        const { store, id, sending } = await guessed(state);
        const revision = async () =>
          (
            await db()
              .selectFrom('outbox')
              .select('revision')
              .where('submission_id', '=', id)
              .executeTakeFirstOrThrow()
          ).revision;
        const before = await revision();
        await store.answer(sending, 'one', notSent);
        await store.answer(sending, 'one', notSent);
        expect(await store.find(id)).toMatchObject({
          state: 'refused',
          problem: { type: 'not-executed', code: 'DeadlinePassed' },
          dueAt: undefined,
        });
        expect(await revision()).toBe(before + 1);
      },
    );

    test('is not taken for that of a later attempt, of another process, or of what people took back', async () => {
      const { store, id, sending } = await passed();
      await put(id, { sent_by: 'two 7', state: 'sending' });
      expect(await store.answer(sending, 'one', accepted)).toBeUndefined();
      expect(await stateOf(store, id)).toBe('sending');
      await put(id, { sent_by: `one ${sending.attempt}`, state: 'cancelled' });
      expect(await store.answer(sending, 'one', accepted)).toBeUndefined();
    });

    test('to a record that is gone is told, not swallowed', async () => {
      const lost: unknown[] = [];
      const store = storeOn(database(), { onLost: (...what) => lost.push(what) });
      const { id } = await recorded(store);
      const sending = await store.find(id);
      if (sending === undefined) throw new Error('It was recorded.');
      await db().deleteFrom('submission_events').execute();
      await db().deleteFrom('outbox').execute();
      await db().deleteFrom('submissions').execute();
      expect(await store.answer(sending, 'one', accepted)).toBeUndefined();
      expect(lost).toEqual([['submissions', { id, to: 'submitted', isAnswer: true }]]);
    });
  });

  describe('a database that has lost the fence it acknowledged', () => {
    const setBack = async (id: string) =>
      put(id, {
        state: 'requested',
        sending_at: null,
        sent_by: null,
        attempt: 0,
        lease_owner: null,
        lease_until: null,
        due_at: at(1000).toISOString(),
      });

    test('gets AWS’s answer, though it shows the request as waiting', async () => {
      const { store, id, sending } = await passed();
      await setBack(id);
      await store.answer(sending, 'one', accepted);
      expect(await stateOf(store, id)).toBe('submitted');
    });

    test.each<State>(['uncertain', 'not_seen', 'let_go', 'already_submitted'])(
      'gets AWS’s answer, though another process called it %s meanwhile',
      async (state) => {
        for (const answer of [accepted, refused]) {
          const { store, id, sending } = await passed();
          await setBack(id);
          await put(id, { state });
          expect(await store.answer(sending, 'one', answer)).toMatchObject({ state: answer.to });
          expect(await stateOf(store, id)).toBe(answer.to);
        }
      },
    );

    test('and has an earlier attempt on record: who sent it last, and when, counts as unknown, and AWS’s answer is kept', async () => {
      const { store, id, sending } = await passed();
      await setBack(id);
      await put(id, { sent_by: 'three 1', sending_at: at(500).toISOString() });
      const isSetBack = { by: 'failover', until: at(1500) } as const;
      await db()
        .transaction()
        .execute((tx) => store.noteSetBack(tx, isSetBack, at(1200)));
      const other = storeOn(database());
      const claimed = await other.claim({ ...SENDING, at: at(2000), owner: 'two' });
      expect(claimed).toMatchObject({ id, sendingAt: undefined });
      if (claimed === undefined) throw new Error('It waits.');
      const problem = { type: 'unknown', code: SET_BACK } as const;
      await other.transition(claimed, 'two', { ...notSent, to: 'uncertain', problem });
      await store.answer(sending, 'one', accepted);
      expect(await stateOf(store, id)).toBe('submitted');
    });

    test.each([
      ['nothing yet', undefined, undefined],
      ['AWS’s answer', accepted, 'submitted'],
      ['a doubt', { ...accepted, to: 'uncertain', why: 'Reset' } as const, 'uncertain'],
    ])(
      'is reminded by the process that sent it, which knows %s, also once that was written',
      async (_, step, to) => {
        const { store, id, sending } = await passed();
        if (step !== undefined) await store.answer(sending, 'one', step);
        await setBack(id);
        const claimed = await store.claim({ ...SENDING, at: at(2000), owner: 'one' });
        if (claimed === undefined) throw new Error('It shows as requested.');
        expect(store.recall(claimed)?.step?.to).toBe(to);
        expect(store.recall(claimed)?.sending.id).toBe(id);
        // A process that never sent it knows nothing.
        expect(storeOn(database()).recall(claimed)).toBeUndefined();
      },
    );

    test('is not suspected where nothing was executed, though it had lost the fence by then', async () => {
      const { store, id, sending } = await passed();
      await setBack(id);
      await store.answer(sending, 'one', { ...notSent, dueAt: at(1500) });
      const claimed = await store.claim({ ...SENDING, at: at(2000), owner: 'one' });
      expect(claimed?.id).toBe(id);
      expect(claimed && store.recall(claimed)).toBeUndefined();
    });

    test('is not suspected where nothing was executed, and that was written down', async () => {
      const { store, id, sending } = await passed();
      await store.answer(sending, 'one', { ...notSent, dueAt: at(1500) });
      const claimed = await store.claim({ ...SENDING, at: at(2000), owner: 'one' });
      expect(claimed?.id).toBe(id);
      expect(claimed && store.recall(claimed)).toBeUndefined();
    });
  });
});
