import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { EDIT_STATES, type EditState } from '../../src/edits/edit.ts';
import { createEdits, type EditTransition } from '../../src/edits/edits.ts';
import { onEachDatabase } from '../database/databases.ts';
import { aForm, anEditForm, at, CHOICES, recorded, SENDING, storeOn } from '../submissions/records.ts';

const TYPED = new Map([['LifeCycle.TargetCloseDate', '2031-02-28']]);
const SAVED_AT = '2026-11-23T09:00:03.456Z';
const AS_WANTED = {
  type: 'as-wanted',
  deal: { lastModifiedDate: SAVED_AT, nationalSecurity: false },
} as const;
const MINUTES = 60_000;

onEachDatabase((database) => {
  const store = () => storeOn(database());
  const edits = () => createEdits({ ...database(), newId: randomUUID, store: store() });
  const aWish = (given: Parameters<typeof anEditForm>[0] = {}) =>
    edits().recordEdit(anEditForm(given), TYPED, at(0), CHOICES);
  const claim = async (ms: number) => {
    const claimed = await edits().claim({ ...SENDING, owner: 'w', at: at(ms) });
    if (claimed === undefined) throw new Error('Nothing was due.');
    return claimed;
  };
  const sendingAt = async (ms: number) => {
    const fence = await edits().begin(await claim(ms), { owner: 'w', at: at(ms), intervalMs: 1 });
    if (fence.type !== 'sending') throw new Error(fence.type);
    return fence.record;
  };
  const conclude = (edit: Awaited<ReturnType<typeof claim>>, step: Omit<EditTransition, 'actor' | 'why'>) =>
    edits().transition(edit, 'w', { actor: 'bot', why: 'test', ...step });
  const submissions = () => database().db.selectFrom('submissions').selectAll().execute();

  describe('to be submitted once it is saved', () => {
    test('while the edit is on its way there is no submission; with its conclusion there is one, as it was asked for', async () => {
      const { edit } = await aWish({ threadTs: '1.2', channelId: 'C9', batchId: 'a-batch' });
      expect(edit.thenSubmit).toMatchObject({ type: 'wanted', ...CHOICES });
      const sending = await sendingAt(1);
      expect(await submissions()).toEqual([]);
      await conclude(sending, { to: 'saved', at: at(2), seen: AS_WANTED });
      expect(await submissions()).toEqual([
        expect.objectContaining({
          form_id: edit.formId,
          user_id: 'U1',
          channel_id: 'C9',
          thread_ts: '1.2',
          batch_id: 'a-batch',
          state: 'requested',
          last_modified_date: SAVED_AT,
          involvement_type: 'Co-Sell',
          visibility: 'Full',
        }),
      ]);
      const [{ id = '' } = {}] = await submissions();
      expect((await edits().findEdit(edit.id))?.thenSubmit).toEqual({ type: 'recorded', submissionId: id });
      expect((await store().trail(id, 9)).events).toHaveLength(1);
    });

    test.each(EDIT_STATES.filter((state) => !['requested', 'sending', 'saved'].includes(state)))(
      'an edit that became %s has no choices any more, and nothing was submitted',
      async (to: EditState) => {
        const { edit } = await aWish();
        if (to === 'cancelled') await edits().cancelEdit(edit.id, 'U2', at(2));
        else {
          const from = to === 'refused' || to === 'uncertain' ? await sendingAt(1) : await claim(1);
          await conclude(from, { to, at: at(2), dueAt: at(2) });
        }
        const { thenSubmit } = (await edits().findEdit(edit.id)) ?? {};
        expect(thenSubmit).toEqual({ type: 'dropped', why: to === 'uncertain' ? 'doubt' : 'not-saved' });
        expect(await submissions()).toEqual([]);
        if (to !== 'uncertain') return;
        // What a read shows later saves it, and submits nothing.
        await conclude(await claim(3), { to: 'saved', at: at(4), seen: AS_WANTED });
        expect((await edits().findEdit(edit.id))?.thenSubmit).toEqual({ type: 'dropped', why: 'doubt' });
        expect(await submissions()).toEqual([]);
      },
    );

    test.each([
      ['the deal reads otherwise', 2, { type: 'dropped', why: 'changed' } as const, 'changed'],
      ['nobody has looked', 2, undefined, 'unread'],
      ['more than 15 minutes have passed', 15 * MINUTES + 1, AS_WANTED, 'late'],
      ['the clock was set back by more', -15 * MINUTES - 1, AS_WANTED, 'late'],
    ])('saved, and %s: nothing was submitted', async (_, ms, seen, why) => {
      const { edit } = await aWish();
      await conclude(await sendingAt(1), { to: 'saved', at: at(ms), seen });
      expect((await edits().findEdit(edit.id))?.thenSubmit).toEqual({ type: 'dropped', why });
      expect(await submissions()).toEqual([]);
    });

    test('the records were set back while it was being sent: that is why, also once a read shows it saved', async () => {
      const { edit } = await aWish();
      const problem = { type: 'set-back', by: 'failover', until: at(9).toISOString() } as const;
      await conclude({ ...(await sendingAt(1)), problem }, { to: 'uncertain', at: at(2), dueAt: at(2) });
      await conclude(await claim(3), { to: 'saved', at: at(4), seen: AS_WANTED });
      expect((await edits().findEdit(edit.id))?.thenSubmit).toEqual({ type: 'dropped', why: 'set-back' });
      expect(await submissions()).toEqual([]);
    });

    test.each([
      ['before its only call is answered', false],
      ['before the first of two calls is answered', true],
    ])(
      'Cancel that comes too late for the edit, %s: saved, and nothing was submitted',
      async (_, isFirst) => {
        const { edit } = await aWish();
        const sending = await sendingAt(1);
        expect(await edits().cancelEdit(edit.id, 'U1', at(2))).toBeUndefined();
        if (isFirst) {
          await conclude(sending, {
            to: 'requested',
            at: at(3),
            dueAt: at(3),
            updated: true,
            seen: AS_WANTED,
          });
        }
        const last = isFirst ? await sendingAt(4) : sending;
        await conclude(last, { to: 'saved', at: at(5), seen: AS_WANTED });
        expect((await edits().findEdit(edit.id))?.thenSubmit).toEqual({ type: 'dropped', why: 'cancelled' });
        expect(await submissions()).toEqual([]);
      },
    );

    test('another request for the opportunity is on its way by then: it stays the only one', async () => {
      const { edit } = await aWish();
      const sending = await sendingAt(1);
      const other = await recorded(store(), { userId: 'U2' });
      await conclude(sending, { to: 'saved', at: at(2), seen: AS_WANTED });
      expect((await edits().findEdit(edit.id))?.thenSubmit).toEqual({ type: 'dropped', why: 'open' });
      expect((await submissions()).map(({ id }) => id)).toEqual([other.id]);
    });

    test('the same form was submitted as it was, by a press that came first: that is the one', async () => {
      const form = anEditForm();
      const { submission } = await store().record(form, CHOICES, at(0));
      const { edit } = await edits().recordEdit(form, TYPED, at(0), CHOICES);
      await conclude(await sendingAt(1), { to: 'saved', at: at(2), seen: AS_WANTED });
      expect((await submissions()).map(({ id }) => id)).toEqual([submission.id]);
      expect((await edits().findEdit(edit.id))?.thenSubmit).toEqual({
        type: 'recorded',
        submissionId: submission.id,
      });
    });

    test('and where that was taken back meanwhile, nothing more is submitted', async () => {
      const form = anEditForm();
      const { submission } = await store().record(form, CHOICES, at(0));
      const { edit } = await edits().recordEdit(form, TYPED, at(0), CHOICES);
      const sending = await sendingAt(1);
      await store().cancel(submission.id, 'U1', at(2));
      await conclude(sending, { to: 'saved', at: at(3), seen: AS_WANTED });
      expect((await edits().findEdit(edit.id))?.thenSubmit).toEqual({ type: 'dropped', why: 'before' });
      expect((await submissions()).map(({ state }) => state)).toEqual(['cancelled']);
    });

    test('of two calls, the second begins from what the first has made of the deal', async () => {
      await aWish();
      await conclude(await sendingAt(1), {
        to: 'requested',
        at: at(2),
        dueAt: at(2),
        updated: true,
        seen: AS_WANTED,
      });
      const second = await claim(3);
      expect(second).toMatchObject({ lastModifiedDate: SAVED_AT, thenSubmit: { type: 'wanted' } });
      expect(await submissions()).toEqual([]);
    });

    test('a conclusion that fails to record the submission is no conclusion', async () => {
      const { edit } = await aWish();
      const sending = await sendingAt(1);
      const failing = createEdits({
        ...database(),
        newId: randomUUID,
        store: {
          transaction: store().transaction,
          recordIn: async (tx, ...given) => {
            await store().recordIn(tx, ...given);
            throw new Error('The database is gone.');
          },
        },
      });
      const step = { actor: 'bot', why: 'test', to: 'saved', at: at(2), seen: AS_WANTED } as const;
      await expect(failing.transition(sending, 'w', step)).rejects.toThrow('gone');
      expect(await edits().findEdit(edit.id)).toMatchObject({
        state: 'sending',
        thenSubmit: { type: 'wanted' },
      });
      expect(await submissions()).toEqual([]);
    });

    test('what is being sent can no longer be taken back', async () => {
      const { edit } = await aWish();
      await sendingAt(1);
      expect(await edits().cancelEdit(edit.id, 'U1', at(2))).toBeUndefined();
      expect((await edits().findEdit(edit.id))?.state).toBe('sending');
    });

    test('its message stays untold where the submission has one of its own', async () => {
      const { edit } = await aWish();
      await conclude(await sendingAt(1), { to: 'saved', at: at(2), seen: AS_WANTED });
      const outbox = await database().db.selectFrom('outbox').selectAll().execute();
      expect(outbox.map(({ kind, told_revision, revision }) => [kind, told_revision < revision])).toEqual(
        expect.arrayContaining([
          ['edit', false],
          ['submission', true],
        ]),
      );
      expect(edit.formId).not.toBe(aForm().id);
    });
  });
});
