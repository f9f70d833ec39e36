import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { ShownForm } from '../../src/forms/form.ts';
import { lookOverTabs } from '../../src/messages/home/tabs.ts';
import { newMessage, retell, retellBatches } from '../../src/messages/outbox.ts';
import { createOutbox, type Outgoing, type Place } from '../../src/messages/queue.ts';
import type { Store } from '../../src/submissions/store.ts';
import { onEachDatabase } from '../database/databases.ts';
import { plansOf } from '../database/plans.ts';
import { aForm, at, CHOICES, claimAt, recorded, reviewedAt, sendingAt, storeOn, takeAll } from './records.ts';

const IN_CHANNEL: Place = { via: 'channel', channelId: 'C1', ts: '1700000000.000100', threadTs: undefined };

onEachDatabase((database) => {
  const store = () => storeOn(database());
  const outbox = () => createOutbox(database());
  const replica = (index: number): Store => {
    const { replicas } = database();
    return storeOn(replicas[index % replicas.length] ?? database());
  };
  /** A form for these opportunities, and what it shows of each. */
  const aBatchForm = (ids: readonly string[]) => {
    const form = aForm();
    const items = ids.map((opportunityId) => ({
      form: aForm({ opportunityId, batchId: form.id }),
      choices: CHOICES,
    }));
    return { form, items };
  };
  const claimMessages = (ms: number): Promise<readonly Outgoing[]> =>
    takeAll(() => outbox().claim('messages', { owner: 'w', at: at(ms) }));
  const batchMessage = async (ms: number): Promise<Outgoing | undefined> =>
    (await claimMessages(ms)).find(({ kind }) => kind === 'batch');

  describe('what a form for several shows', () => {
    test('comes back in its order, and is replaced by what it shows next', async () => {
      const shown = ['O3', 'O1', 'O2'].map((opportunityId) => aForm({ opportunityId }));
      await store().saveBatchForms('form', shown);
      const ids = async () => (await store().batchForms('form')).map(({ opportunityId }) => opportunityId);
      expect(await ids()).toEqual(['O3', 'O1', 'O2']);
      await store().saveBatchForms('form', [aForm({ opportunityId: 'O9' })]);
      expect(await ids()).toEqual(['O9']);
      await store().saveBatchForms('form', []);
      expect(await ids()).toEqual([]);
    });
  });

  test('the messages of a batch, an edit and a home tab are found by an index, however much people have been told', async () => {
    const { db, dialect } = database();
    const told = Array.from({ length: 2000 }, (_, index) =>
      newMessage(randomUUID(), { kind: 'edit', subject: `${index}` }, at(0)),
    );
    for (let start = 0; start < told.length; start += 250) {
      await db
        .insertInto('outbox')
        .values(told.slice(start, start + 250))
        .execute();
    }
    if (dialect === 'postgres') await sql`analyze outbox`.execute(db);
    const plans = await plansOf(db, dialect, async (watched) => {
      await watched.transaction().execute(async (tx) => {
        await retellBatches(tx, { catalog: 'Sandbox', opportunityIds: ['O1'] }, at(0));
        await retell(tx, { edit: '7' }, at(0));
      });
      await lookOverTabs(watched, at(0));
    });
    expect(plans.map((plan) => plan.includes('outbox_one_about'))).toEqual([true, true, true]);
  });

  describe('recording several at once', () => {
    test('each is a record of the batch, and they are sent in the person’s order', async () => {
      const { form, items } = aBatchForm(['O3', 'O1', 'O2']);
      expect(await store().recordBatch(form, items, at(0))).toMatchObject({ type: 'recorded', open: [] });
      const claimed = await claimAt(store(), 'w', at(10), { limit: 10 });
      expect(claimed.map(({ opportunityId, batchId }) => [opportunityId, batchId])).toEqual([
        ['O3', form.id],
        ['O1', form.id],
        ['O2', form.id],
      ]);
      expect(await store().batch(form.id)).toMatchObject({ id: form.id, userId: 'U1', channelId: 'C1' });
      expect((await store().batchSubmissions(form.id)).map(({ opportunityId }) => opportunityId)).toEqual([
        'O3',
        'O1',
        'O2',
      ]);
    });

    test('the same form again, at once or later, is the same batch', async () => {
      const { form, items } = aBatchForm(['O1', 'O2']);
      const answers = await Promise.all(
        Array.from({ length: 6 }, (_, index) => replica(index).recordBatch(form, items, at(index))),
      );
      expect(answers.map(({ type }) => type).sort()).toEqual([
        'again',
        'again',
        'again',
        'again',
        'again',
        'recorded',
      ]);
      for (const { id } of await store().batchSubmissions(form.id)) await store().cancel(id, 'U1', at(10));
      expect(await store().recordBatch(form, items, at(20))).toMatchObject({
        type: 'again',
        submissions: [{ state: 'cancelled' }, { state: 'cancelled' }],
      });
    });

    test('what is on its way by another form is left out, and it is said whose it is', async () => {
      const other = await recorded(store(), { opportunityId: 'O2', userId: 'U9' });
      const { form, items } = aBatchForm(['O1', 'O2', 'O3']);
      expect(await store().recordBatch(form, items, at(1))).toMatchObject({
        type: 'recorded',
        submissions: [{ opportunityId: 'O1' }, { opportunityId: 'O3' }],
        open: [{ id: other.id, userId: 'U9' }],
      });
    });

    test('where all are, nothing is recorded, and the form can be sent again later', async () => {
      const other = await recorded(store(), { opportunityId: 'O1' });
      const { form, items } = aBatchForm(['O1']);
      expect(await store().recordBatch(form, items, at(1))).toMatchObject({ type: 'all-open' });
      expect(await store().batch(form.id)).toBeUndefined();
      await store().cancel(other.id, 'U1', at(2));
      expect(await store().recordBatch(form, items, at(3))).toMatchObject({ type: 'recorded' });
    });

    test('two forms with the same opportunities, the other way round, at the same moment: each goes once', async () => {
      const ids = Array.from({ length: 25 }, (_, index) => `O${100 + index}`);
      const [one, other] = [aBatchForm(ids), aBatchForm([...ids].reverse())];
      const answers = await Promise.all(
        [one, other].map(({ form, items }, index) => replica(index).recordBatch(form, items, at(0))),
      );
      expect(answers.flatMap((answer) => ('submissions' in answer ? answer.submissions : []))).toHaveLength(
        25,
      );
    });
  });

  describe('telling of a batch', () => {
    const told = (message: Outgoing, restUntil?: Date) =>
      outbox().told(message, 'w', IN_CHANNEL, 0, restUntil === undefined ? {} : { restUntil });

    test('its message is due at once, those of its submissions one after the other', async () => {
      const { form, items } = aBatchForm(['O1', 'O2', 'O3']);
      await store().recordBatch(form, items, at(0));
      expect(await claimMessages(0)).toMatchObject([{ kind: 'batch', subject: form.id }]);
      expect(await claimMessages(1000)).toHaveLength(1);
      expect(await claimMessages(3000)).toHaveLength(2);
    });

    test('whatever happens to a submission is told of its batch, but never before its message has rested', async () => {
      const { form, items } = aBatchForm(['O1', 'O2']);
      await store().recordBatch(form, items, at(0));
      const first = await batchMessage(0);
      if (first === undefined) throw new Error('The batch was not told.');
      await told(first, at(3000));
      expect(await outbox().whereIs({ kind: 'batch', subject: form.id })).toMatchObject({
        place: IN_CHANNEL,
      });
      const sending = await sendingAt(store(), 'w', at(10));
      await store().transition(sending, 'w', { to: 'submitted', at: at(20), actor: 'bot', why: 'accepted' });
      expect(await batchMessage(2999)).toBeUndefined();
      const next = await batchMessage(3000);
      expect(next?.id).toBe(first.id);
      if (next !== undefined) await told(next, at(6000));
      expect(await batchMessage(60_000)).toBeUndefined();
      await reviewedAt(store(), 'Approved', at(70_000), { opportunityId: sending.opportunityId });
      expect(await batchMessage(70_000)).toBeDefined();
    });

    test('a submission on its own is nobody’s batch', async () => {
      const { id } = await recorded(store());
      expect(await store().batchSubmissions(randomUUID())).toEqual([]);
      expect((await store().find(id))?.batchId).toBeUndefined();
      await store().cancel(id, 'U1', at(1));
      expect(await batchMessage(2)).toBeUndefined();
    });

    test('one that is tried again keeps its line, and that is told', async () => {
      const { form, items } = aBatchForm(['O1', 'O2']);
      await store().recordBatch(form, items, at(0));
      const [first] = await store().batchSubmissions(form.id);
      await store().cancel(first?.id ?? '', 'U1', at(1));
      const message = await batchMessage(1);
      if (message !== undefined) await told(message);
      const again: ShownForm = aForm({ opportunityId: 'O1', batchId: form.id });
      await store().record(again, CHOICES, at(2000));
      expect(await batchMessage(2000)).toBeDefined();
      expect(
        (await store().batchSubmissions(form.id)).map(({ opportunityId, state }) => [opportunityId, state]),
      ).toEqual([
        ['O1', 'requested'],
        ['O2', 'requested'],
      ]);
    });
  });
});
