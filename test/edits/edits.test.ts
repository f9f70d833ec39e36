import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createEdits } from '../../src/edits/edits.ts';
import { createForms } from '../../src/forms/form.ts';
import { onEachDatabase, passLeases, type Replica } from '../database/databases.ts';
import {
  anEditForm,
  at,
  claimedAt,
  fenceAt,
  LEASE_MS,
  recorded,
  SENDING,
  storeOn,
} from '../submissions/records.ts';

const TYPED = new Map([['LifeCycle.TargetCloseDate', '2031-02-28']]);

onEachDatabase((database) => {
  const editsOn = (replica: Replica) =>
    createEdits({ ...replica, newId: randomUUID, store: storeOn(replica) });
  const edits = () => editsOn(database());
  const claim = async (owner: string, ms: number, paused = false) =>
    edits().claim({ ...SENDING, owner, at: at(ms), paused });
  const begin = async (ms: number, owner = 'w') => {
    const claimed = await claim(owner, ms);
    if (claimed === undefined) throw new Error('Nothing was due.');
    const options = { owner, at: at(ms), intervalMs: 1000 };
    return { claimed, fence: await edits().begin(claimed, options) };
  };

  describe('recording an edit', () => {
    test('keeps what the form showed and what was typed, of the changed fields only', async () => {
      const form = anEditForm({ threadTs: '1.2', responseUrl: 'https://hooks.example/1' });
      const forms = createForms(database());
      await forms.saveForm(form);
      expect(await forms.form(form.id)).toEqual(form);
      const { edit } = await edits().recordEdit(form, TYPED, at(1));
      expect(await edits().findEdit(edit.id)).toEqual(edit);
      expect(edit).toMatchObject({
        formId: form.id,
        state: 'requested',
        fields: ['LifeCycle.TargetCloseDate'],
        typed: TYPED,
        shown: new Map([['LifeCycle.TargetCloseDate', 'stamp']]),
      });
    });

    test('a form is recorded once, and an opportunity has one open change, whoever comes at the same time', async () => {
      const form = anEditForm();
      const { replicas } = database();
      const answers = await Promise.all(
        [form, form, anEditForm({ userId: 'U2' }), form].map((each, index) => {
          const replica = replicas[index % replicas.length];
          if (replica === undefined) throw new Error('There is at least one.');
          return editsOn(replica).recordEdit(each, TYPED, at(1));
        }),
      );
      expect(answers.filter(({ type }) => type === 'recorded')).toHaveLength(1);
      expect(new Set(answers.map(({ edit }) => edit.id)).size).toBe(1);
    });

    test('what was typed before for the same opportunity, and came to nothing, is forgotten', async () => {
      const { edit } = await edits().recordEdit(anEditForm(), TYPED, at(1));
      const { fence } = await begin(2);
      if (fence.type !== 'sending') throw new Error(fence.type);
      await edits().transition(fence.record, 'w', {
        actor: 'bot',
        to: 'refused',
        at: at(3),
        why: 'ValidationException',
      });
      expect((await edits().findEdit(edit.id))?.typed).toEqual(TYPED);
      await edits().recordEdit(anEditForm(), TYPED, at(4));
      expect((await edits().findEdit(edit.id))?.typed).toBeUndefined();
    });
  });

  describe('what was typed', () => {
    test('is emptied as soon as AWS has it; the names of the fields stay', async () => {
      const { edit } = await edits().recordEdit(anEditForm(), TYPED, at(1));
      const { fence } = await begin(2);
      if (fence.type !== 'sending') throw new Error(fence.type);
      await edits().transition(fence.record, 'w', {
        actor: 'bot',
        to: 'saved',
        at: at(3),
        why: 'AWS saved it',
      });
      expect(await edits().findEdit(edit.id)).toMatchObject({
        typed: undefined,
        fields: ['LifeCycle.TargetCloseDate'],
      });
    });

    test('is kept a while where it came to nothing, and as long as AWS may still get it', async () => {
      const { edit: conflict } = await edits().recordEdit(anEditForm(), TYPED, at(1));
      const claimed = await claim('w', 2);
      if (claimed === undefined) throw new Error('Nothing was due.');
      await edits().transition(claimed, 'w', {
        actor: 'bot',
        to: 'conflict',
        at: at(3),
        why: 'somebody else',
      });
      const other = anEditForm({ opportunityId: 'O2' });
      const { edit: open } = await edits().recordEdit(other, TYPED, at(1));
      const typed = async (id: string) => (await edits().findEdit(id))?.typed;
      await edits().forgetTyped(at(2));
      expect(await typed(conflict.id)).toEqual(TYPED);
      await edits().forgetTyped(at(10));
      expect(await typed(conflict.id)).toBeUndefined();
      expect(await typed(open.id)).toEqual(TYPED);
    });
  });

  describe('the fence before an update', () => {
    test('shares the quota with submissions', async () => {
      const store = storeOn(database());
      await recorded(store, { opportunityId: 'O2' });
      expect(await fenceAt(store, await claimedAt(store, 's', at(1)), 's', at(1))).toMatchObject({
        type: 'sending',
      });
      await edits().recordEdit(anEditForm(), TYPED, at(1));
      const { claimed, fence } = await begin(2);
      expect(fence).toEqual({ type: 'wait', until: at(1001) });
      const later = { owner: 'w', at: at(1001), intervalMs: 1000 };
      expect(await edits().begin(claimed, later)).toMatchObject({ type: 'sending' });
      await recorded(store, { opportunityId: 'O3' }, at(1001));
      const next = await claimedAt(store, 's', at(1002));
      expect(await fenceAt(store, next, 's', at(1002))).toEqual({ type: 'wait', until: at(2001) });
    });

    test('lets nobody through whose lease has run out', async () => {
      await edits().recordEdit(anEditForm(), TYPED, at(1));
      const first = await claim('one', 1);
      if (first === undefined) throw new Error('Nothing was due.');
      expect(await claim('two', 2)).toBeUndefined();
      await passLeases(database().db, LEASE_MS);
      expect(await claim('two', 2)).toBeDefined();
      const options = { owner: 'one', at: at(LEASE_MS + 3), intervalMs: 1 };
      expect(await edits().begin(first, options)).toEqual({ type: 'lost' });
      const moved = { actor: 'bot', to: 'saved', at: at(LEASE_MS + 3), why: 'late' } as const;
      expect(await edits().transition(first, 'one', moved)).toBeUndefined();
    });

    test('while nothing may be sent only doubts and what expired are taken', async () => {
      await edits().recordEdit(anEditForm(), TYPED, at(1));
      expect(await claim('w', 2, true)).toBeUndefined();
      expect(await claim('w', 25 * 60 * 60 * 1000, true)).toMatchObject({ state: 'requested' });
    });
  });

  test('its trail is told in the order in which it happened, a part at a time', async () => {
    await edits().recordEdit(anEditForm(), TYPED, at(1));
    const { fence } = await begin(2);
    if (fence.type !== 'sending') throw new Error(fence.type);
    await edits().transition(fence.record, 'w', {
      actor: 'bot',
      to: 'saved',
      at: at(3),
      why: 'AWS saved it',
      requestId: 'r',
    });
    const { events, total } = await edits().editTrail('Sandbox', 'O1001', 10);
    expect(events.map(({ actor, from, to }) => [actor, from, to])).toEqual([
      ['U1', null, 'requested'],
      ['bot', 'requested', 'sending'],
      ['bot', 'sending', 'saved'],
    ]);
    expect(total).toBe(3);
    expect((await edits().editTrail('Sandbox', 'O1001', 2)).events).toHaveLength(2);
    expect((await edits().editTrail('AWS', 'O1001', 10)).total).toBe(0);
  });
});
