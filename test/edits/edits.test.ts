import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createChanges } from '../../src/edits/edits.ts';
import { onEachDatabase, passLeases, type Replica } from '../database/databases.ts';
import {
  aChangeDraft,
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
  const changesOn = (replica: Replica) => createChanges({ ...replica, newId: randomUUID });
  const changes = () => changesOn(database());
  const claim = (owner: string, ms: number, paused = false) =>
    changes().claimChange({ ...SENDING, owner, at: at(ms), paused });
  const begin = async (ms: number, owner = 'w') => {
    const claimed = await claim(owner, ms);
    if (claimed === undefined) throw new Error('Nothing was due.');
    const options = { owner, at: at(ms), intervalMs: 1000 };
    return { claimed, fence: await changes().beginSaving(claimed, options) };
  };

  describe('recording a change', () => {
    test('keeps what the form showed and what was typed, of the changed fields only', async () => {
      const draft = aChangeDraft({ threadTs: '1.2', responseUrl: 'https://hooks.example/1' });
      await changes().saveChangeDraft(draft);
      expect(await changes().changeDraft(draft.id)).toEqual(draft);
      const { change } = await changes().recordChange(draft, TYPED, at(1));
      expect(await changes().findChange(change.id)).toEqual(change);
      expect(change).toMatchObject({
        draftId: draft.id,
        state: 'requested',
        fields: ['LifeCycle.TargetCloseDate'],
        typed: TYPED,
        shown: new Map([['LifeCycle.TargetCloseDate', 'stamp']]),
      });
    });

    test('a form is recorded once, and an opportunity has one open change, whoever comes at the same time', async () => {
      const draft = aChangeDraft();
      const { replicas } = database();
      const answers = await Promise.all(
        [draft, draft, aChangeDraft({ userId: 'U2' }), draft].map((each, index) => {
          const replica = replicas[index % replicas.length];
          if (replica === undefined) throw new Error('There is at least one.');
          return changesOn(replica).recordChange(each, TYPED, at(1));
        }),
      );
      expect(answers.filter(({ type }) => type === 'recorded')).toHaveLength(1);
      expect(new Set(answers.map(({ change }) => change.id)).size).toBe(1);
    });

    test('what was typed before for the same opportunity, and came to nothing, is forgotten', async () => {
      const { change } = await changes().recordChange(aChangeDraft(), TYPED, at(1));
      const { fence } = await begin(2);
      if (fence.type !== 'sending') throw new Error(fence.type);
      await changes().moveChange(fence.record, 'w', { to: 'refused', at: at(3), why: 'ValidationException' });
      expect((await changes().findChange(change.id))?.typed).toEqual(TYPED);
      await changes().recordChange(aChangeDraft(), TYPED, at(4));
      expect((await changes().findChange(change.id))?.typed).toBeUndefined();
    });
  });

  describe('what was typed', () => {
    test('is emptied as soon as AWS has it; the names of the fields stay', async () => {
      const { change } = await changes().recordChange(aChangeDraft(), TYPED, at(1));
      const { fence } = await begin(2);
      if (fence.type !== 'sending') throw new Error(fence.type);
      await changes().moveChange(fence.record, 'w', { to: 'saved', at: at(3), why: 'AWS saved it' });
      expect(await changes().findChange(change.id)).toMatchObject({
        typed: undefined,
        fields: ['LifeCycle.TargetCloseDate'],
      });
    });

    test('is kept a while where it came to nothing, and as long as AWS may still get it', async () => {
      const { change: conflict } = await changes().recordChange(aChangeDraft(), TYPED, at(1));
      const claimed = await claim('w', 2);
      if (claimed === undefined) throw new Error('Nothing was due.');
      await changes().moveChange(claimed, 'w', { to: 'conflict', at: at(3), why: 'somebody else' });
      const other = aChangeDraft({ opportunityId: 'O2' });
      const { change: open } = await changes().recordChange(other, TYPED, at(1));
      const typed = async (id: string) => (await changes().findChange(id))?.typed;
      await changes().forgetTyped(at(2));
      expect(await typed(conflict.id)).toEqual(TYPED);
      await changes().forgetTyped(at(10));
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
      await changes().recordChange(aChangeDraft(), TYPED, at(1));
      const { claimed, fence } = await begin(2);
      expect(fence).toEqual({ type: 'wait', until: at(1001) });
      const later = { owner: 'w', at: at(1001), intervalMs: 1000 };
      expect(await changes().beginSaving(claimed, later)).toMatchObject({ type: 'sending' });
      await recorded(store, { opportunityId: 'O3' }, at(1001));
      const next = await claimedAt(store, 's', at(1002));
      expect(await fenceAt(store, next, 's', at(1002))).toEqual({ type: 'wait', until: at(2001) });
    });

    test('lets nobody through whose lease has run out', async () => {
      await changes().recordChange(aChangeDraft(), TYPED, at(1));
      const first = await claim('one', 1);
      if (first === undefined) throw new Error('Nothing was due.');
      expect(await claim('two', 2)).toBeUndefined();
      await passLeases(database().db, LEASE_MS);
      expect(await claim('two', 2)).toBeDefined();
      const options = { owner: 'one', at: at(LEASE_MS + 3), intervalMs: 1 };
      expect(await changes().beginSaving(first, options)).toEqual({ type: 'lost' });
      const moved = { to: 'saved', at: at(LEASE_MS + 3), why: 'late' } as const;
      expect(await changes().moveChange(first, 'one', moved)).toBeUndefined();
    });

    test('while nothing may be sent only doubts and what expired are taken', async () => {
      await changes().recordChange(aChangeDraft(), TYPED, at(1));
      expect(await claim('w', 2, true)).toBeUndefined();
      expect(await claim('w', 25 * 60 * 60 * 1000, true)).toMatchObject({ state: 'requested' });
    });
  });

  test('its trail is told in the order in which it happened, a part at a time', async () => {
    await changes().recordChange(aChangeDraft(), TYPED, at(1));
    const { fence } = await begin(2);
    if (fence.type !== 'sending') throw new Error(fence.type);
    await changes().moveChange(fence.record, 'w', {
      to: 'saved',
      at: at(3),
      why: 'AWS saved it',
      requestId: 'r',
    });
    const { events, total } = await changes().changeTrail('Sandbox', 'O1001', 10);
    expect(events.map(({ actor, from, to }) => [actor, from, to])).toEqual([
      ['U1', null, 'requested'],
      ['bot', 'requested', 'sending'],
      ['bot', 'sending', 'saved'],
    ]);
    expect(total).toBe(3);
    expect((await changes().changeTrail('Sandbox', 'O1001', 2)).events).toHaveLength(2);
    expect((await changes().changeTrail('AWS', 'O1001', 10)).total).toBe(0);
  });
});
