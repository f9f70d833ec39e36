import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { FORGOTTEN } from '../../src/database/schema.ts';
import { messageKey } from '../../src/messages/kinds/kind.ts';
import { createOutbox } from '../../src/messages/queue.ts';
import { placeOf } from '../../src/opportunities/opportunity.ts';
import { HOLDINGS } from '../../src/retention/data-inventory.ts';
import { expire, forget } from '../../src/retention/forget.ts';
import type { State, Submission } from '../../src/submissions/submission.ts';
import { requestsOf } from '../../src/submissions/submission.ts';
import { onEachDatabase } from '../database/databases.ts';
import {
  aForm,
  aRead,
  at,
  CHOICES,
  eventsOf,
  recorded,
  reviewedAt,
  storeOn,
} from '../submissions/records.ts';

const DAY = 24 * 60 * 60 * 1000;

onEachDatabase((database) => {
  const store = () => storeOn(database());

  /** A record that has come to stand so, and whose message is told. */
  async function standing(
    state: State,
    given: Parameters<typeof recorded>[1] & { readonly reviewStatus?: string; readonly told?: boolean } = {},
    when = at(0),
  ): Promise<Submission> {
    const { reviewStatus, told = true, ...form } = given;
    await store().saveForm(aForm(form));
    const submission = await recorded(store(), form, when);
    const { db } = database();
    await db
      .updateTable('submissions')
      .set({ state, due_at: null })
      .where('id', '=', submission.id)
      .execute();
    await knownAs(submission, reviewStatus ?? null);
    if (told) {
      await db
        .updateTable('outbox')
        .set({
          told_revision: 1,
          told_via: 'dm',
          channel_id: 'D1',
          message_ts: '1700000000.000100',
          shown: 'a fingerprint',
        })
        .where('submission_id', '=', submission.id)
        .execute();
    }
    return submission;
  }

  /** The opportunity as it would have come to stand with it. */
  async function knownAs(deal: Submission, status: string | null): Promise<void> {
    const { db } = database();
    const ofIt = { catalog: deal.catalog, opportunity_id: deal.opportunityId };
    const its = db
      .selectFrom('opportunities')
      .selectAll()
      .where((eb) => eb.and(ofIt));
    const row = { ...(await its.executeTakeFirstOrThrow()), review_status: status };
    const placed = { review_status: status, ...placeOf(await requestsOf(db, deal), row) };
    await db
      .updateTable('opportunities')
      .set(placed)
      .where((eb) => eb.and(ofIt))
      .execute();
  }

  const ids = async () =>
    (await database().db.selectFrom('submissions').select('id').execute()).map(({ id }) => id);
  const countOf = async (table: string) => {
    const { rows } = await sql<{ n: number | string }>`select count(*) as n from ${sql.table(table)}`.execute(
      database().db,
    );
    return Number(rows[0]?.n);
  };

  describe('by age', () => {
    test.each<[State, string | undefined, 'AWS' | 'Sandbox']>([
      ['refused', undefined, 'AWS'],
      ['changed', undefined, 'AWS'],
      ['cancelled', undefined, 'AWS'],
      ['expired', undefined, 'AWS'],
      ['submitted', 'Approved', 'AWS'],
      ['submitted', 'Rejected', 'AWS'],
      ['already_submitted', 'Approved', 'AWS'],
      ['submitted', 'Submitted', 'Sandbox'],
    ])('%s, %s, in %s: gone, with its trail and its message', async (state, reviewStatus, catalog) => {
      await standing(state, { catalog, ...(reviewStatus === undefined ? {} : { reviewStatus }) });
      expect(await expire(database(), at(0))).toBe(0);
      expect(await expire(database(), at(1)), 'the record and its opportunity').toBe(2);
      expect(await expire(database(), at(1))).toBe(0);
      for (const table of ['submissions', 'submission_events', 'outbox', 'opportunities'])
        expect(await countOf(table)).toBe(0);
    });

    test.each<[State, string | undefined]>([
      ['requested', undefined],
      ['sending', undefined],
      ['uncertain', undefined],
      ['not_seen', undefined],
      ['submitted', undefined],
      ['submitted', 'Submitted'],
      ['submitted', 'In review'],
      ['submitted', 'Action Required'],
      ['submitted', 'Disqualified'],
      ['already_submitted', 'In review'],
    ])('%s, %s: kept, however old', async (state, reviewStatus) => {
      const kept = await standing(state, {
        catalog: 'AWS',
        ...(reviewStatus === undefined ? {} : { reviewStatus }),
      });
      expect(await expire(database(), at(1000 * DAY))).toBe(0);
      expect(await ids()).toEqual([kept.id]);
    });

    test('what nobody could be told yet is kept', async () => {
      await standing('refused', { told: false });
      expect(await expire(database(), at(DAY))).toBe(0);
    });

    test('what something happened to since is kept; a later submission takes over the review', async () => {
      const first = await standing('submitted', { catalog: 'AWS', reviewStatus: 'Action Required' });
      const second = await standing('submitted', { catalog: 'AWS', reviewStatus: 'Submitted' }, at(DAY));
      const busy = await standing('refused', { opportunityId: 'O2' });
      await database()
        .db.insertInto('submission_events')
        .values({
          record_id: busy.id,
          sequence: 2,
          at: at(5 * DAY).toISOString(),
          actor: 'U1',
          to_state: 'refused',
          why: 'asked',
        })
        .execute();
      expect(await expire(database(), at(2 * DAY))).toBe(1);
      expect(await ids()).not.toContain(first.id);
      expect((await ids()).sort()).toEqual([second.id, busy.id].sort());
    });

    test('what AWS reviews is kept, though a later request for it came to nothing', async () => {
      const first = await standing('submitted', { catalog: 'AWS', reviewStatus: 'In review' });
      await standing('cancelled', { catalog: 'AWS' }, at(DAY));
      expect(await expire(database(), at(1000 * DAY))).toBe(1);
      expect(await ids()).toEqual([first.id]);
    });

    test('a batch is settled as a whole, and then goes too', async () => {
      const form = aForm({ catalog: 'AWS' });
      const forms = ['O1', 'O2'].map((opportunityId) =>
        aForm({ opportunityId, catalog: 'AWS', batchId: form.id }),
      );
      await store().recordBatch(
        form,
        forms.map((form) => ({ form, choices: CHOICES })),
        at(0),
      );
      const { db } = database();
      await db.updateTable('outbox').set({ told_revision: 1 }).execute();
      await db
        .updateTable('submissions')
        .set({ state: 'refused' })
        .where('opportunity_id', '=', 'O1')
        .execute();
      expect(await expire(database(), at(DAY))).toBe(0);
      await db.updateTable('submissions').set({ state: 'refused' }).execute();
      while ((await expire(database(), at(DAY))) > 0);
      for (const table of ['submissions', 'batches', 'outbox']) expect(await countOf(table)).toBe(0);
    });
  });

  describe('what was submitted elsewhere', () => {
    const tookOn = async (reviewStatus: string) => {
      const owner = { teamId: 'T1', userId: 'U1', channelId: 'D1', threadTs: undefined };
      const deal = { catalog: 'AWS', opportunityId: 'O1001' } as const;
      const id = (await store().takeOn(deal, owner, aRead(reviewStatus), at(0))) ?? '';
      await database().db.updateTable('outbox').set({ told_revision: 1 }).execute();
      return id;
    };

    test('goes by age once it is decided, unless it would look new where it is followed', async () => {
      await tookOn('In review');
      expect(await expire(database(), at(DAY))).toBe(0);
      await forget(database(), { type: 'opportunity', id: 'O1001' }, { pretend: false });
      expect(await countOf('opportunities')).toBe(1);
      await database().db.deleteFrom('outbox').execute();
      await database().db.deleteFrom('opportunity_events').execute();
      await database().db.deleteFrom('opportunities').execute();

      await tookOn('Approved');
      const { db } = database();
      await db.insertInto('scheduled_jobs').values({ name: 'baseline', value: 'AWS', due_at: '' }).execute();
      expect(await expire(database(), at(DAY))).toBe(0);
      await db.deleteFrom('scheduled_jobs').execute();
      expect(await expire(database(), at(DAY))).toBe(1);
      for (const table of ['opportunities', 'opportunity_events', 'outbox']) {
        expect(await countOf(table)).toBe(0);
      }
    });

    test('stays without the person who took it on', async () => {
      const id = await tookOn('Approved');
      const { rows } = await forget(database(), { type: 'person', id: 'U1' }, { pretend: false });
      expect(rows).toEqual([
        { table: 'opportunities', what: 'kept without the person', count: 1 },
        { table: 'opportunity_events', what: 'kept without the person', count: 2 },
      ]);
      expect(await store().entry(id)).toMatchObject({ userId: FORGOTTEN, channelId: FORGOTTEN });
      expect(await store().entriesOfPerson('AWS', 'U1', 9)).toMatchObject({ entries: [] });
    });
  });

  describe('a person', () => {
    test('is gone from settled records, which stay; forms go', async () => {
      const own = await standing('refused', { userId: 'U1', channelId: 'D1', responseUrl: 'https://hooks' });
      const others = await standing('refused', { userId: 'U2', opportunityId: 'O2', channelId: 'C1' });
      await database()
        .db.insertInto('submission_events')
        .values({
          record_id: others.id,
          sequence: 2,
          at: at(1).toISOString(),
          actor: 'U1',
          to_state: 'refused',
          why: 'asked',
        })
        .execute();
      const forgotten = await forget(database(), { type: 'person', id: 'U1' }, { pretend: false });
      expect(forgotten.underWay).toEqual([]);
      expect(forgotten.rows).toEqual([
        { table: 'submissions', what: 'kept without the person', count: 1 },
        { table: 'submission_events', what: 'kept without the person', count: 2 },
        { table: 'forms', what: 'deleted', count: 1 },
      ]);
      expect(await store().find(own.id)).toMatchObject({
        userId: FORGOTTEN,
        channelId: FORGOTTEN,
        responseUrl: undefined,
        state: 'refused',
        opportunityId: 'O1001',
      });
      expect(await createOutbox(database()).whereIs(messageKey(own))).toMatchObject({
        place: { channelId: FORGOTTEN },
      });
      const shown = await database().db.selectFrom('outbox').select(['submission_id', 'shown']).execute();
      expect(new Map(shown.map((row) => [row.submission_id, row.shown]))).toEqual(
        new Map([
          [own.id, null],
          [others.id, 'a fingerprint'],
        ]),
      );
      expect(await store().find(others.id)).toMatchObject({ ...others, state: 'refused', dueAt: undefined });
      expect((await eventsOf(store(), others.id)).map(({ actor }) => actor)).toEqual(['U2', FORGOTTEN]);
      const left = await forget(database(), { type: 'person', id: 'U1' }, { pretend: false });
      expect(left).toEqual({ rows: [], underWay: [] });
    });

    test('stays where a record is under way, and the record is named', async () => {
      const open = await standing('submitted', { userId: 'U1', catalog: 'AWS', reviewStatus: 'In review' });
      const forgotten = await forget(database(), { type: 'person', id: 'U1' }, { pretend: false });
      expect(forgotten.underWay).toEqual([{ table: 'submissions', id: open.id, opportunity: 'O1001' }]);
      expect(await store().find(open.id)).toMatchObject({ userId: 'U1', channelId: 'C1' });
      expect((await eventsOf(store(), open.id)).map(({ actor }) => actor)).toEqual(['U1']);
    });
  });

  describe('an opportunity', () => {
    test('is gone with its trail, its messages, forms and reviews; others stay', async () => {
      await standing('refused', { opportunityId: 'O7' });
      const other = await standing('refused', { opportunityId: 'O8' });
      await reviewedAt(store(), 'Approved', at(9), { opportunityId: 'O7' });
      const { rows } = await forget(database(), { type: 'opportunity', id: 'O7' }, { pretend: false });
      expect(Object.fromEntries(rows.map(({ table, count }) => [table, count]))).toEqual({
        submissions: 1,
        submission_events: 1,
        outbox: 1,
        forms: 1,
        opportunities: 1,
        opportunity_events: 1,
      });
      expect(await ids()).toEqual([other.id]);
    });

    test.each<State>(['requested', 'sending', 'uncertain', 'not_seen'])(
      'that is %s stays as it is, and is named',
      async (state) => {
        const { id } = await standing(state, { opportunityId: 'O7' });
        const { underWay } = await forget(database(), { type: 'opportunity', id: 'O7' }, { pretend: false });
        expect(underWay).toEqual([{ table: 'submissions', id, opportunity: 'O7' }]);
        expect(await ids()).toEqual([id]);
        expect(await countOf('submission_events')).toBe(1);
      },
    );
  });

  test('pretending changes nothing and says the same', async () => {
    await standing('refused', { userId: 'U1' });
    const subject = { type: 'person', id: 'U1' } as const;
    const pretended = await forget(database(), subject, { pretend: true });
    expect(await countOf('forms')).toBe(1);
    expect(await forget(database(), subject, { pretend: false })).toEqual(pretended);
    expect(pretended.rows.length).toBeGreaterThan(0);
  });

  test('every column that holds a person or an opportunity is known', async () => {
    const tables = await database().db.introspection.getTables();
    const known = new Map<string, readonly (string | undefined)[]>(
      Object.entries(HOLDINGS).map(([table, holding]) => [
        table,
        'person' in holding || 'opportunity' in holding
          ? [
              holding.person,
              'opportunity' in holding ? holding.opportunity : undefined,
              'derivedPerson' in holding ? holding.derivedPerson : undefined,
            ]
          : [],
      ]),
    );
    expect(tables.map(({ name }) => name).sort()).toEqual([...known.keys()].sort());
    const forgottenNever = tables.flatMap(({ name, columns }) =>
      columns
        .filter((column) => /user|person|people|actor|member|author|opportunit/.test(column.name))
        .filter((column) => known.get(name)?.includes(column.name) !== true)
        .map((column) => `${name}.${column.name}`),
    );
    expect(forgottenNever).toEqual([]);
  });
});
