import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import { REVIEW_STATUSES } from '../../aws/terms.ts';
import type { Bot } from '../../bot.ts';
import { GIVEN_BACK, type Watch } from '../../database/lease.ts';
import type { Database, HomeTabTable } from '../../database/schema.ts';
import type { Who } from '../../permissions.ts';
import { afterRest, keyedBySubject, newMessage, openSince } from '../outbox.ts';
import { HOME_SORTS, type HomeFilter, type HomePartName, ofEachPart } from './board.ts';

/** The page each part shows, from 0. */
type HomePages = Readonly<Record<HomePartName, number>>;
const FIRST_PAGES: HomePages = ofEachPart(() => 0);

export type Whose = 'mine' | 'team';

const filterSchema = z
  .object({
    opportunityId: z.string(),
    owner: z.string(),
    status: z.enum(REVIEW_STATUSES),
    stage: z.string(),
    sort: z.enum(HOME_SORTS),
  })
  .partial();

/** What a person's home tab shows. */
export interface OpenTab {
  readonly who: Who;
  readonly whose: Whose;
  readonly filter: HomeFilter;
  readonly pages: HomePages;
  readonly openedAt: Date;
}

/** What a person asks of their home tab; pages begin anew where it is opened, or shows something else. */
export type TabAct =
  | { readonly type: 'opened' }
  | { readonly type: 'whose'; readonly whose: Whose }
  | { readonly type: 'filter'; readonly filter: HomeFilter }
  | { readonly type: 'page'; readonly part: HomePartName; readonly page: number }
  | { readonly type: 'refresh' };

/** Changes noticed in one go. */
const CHANGES_AT_ONCE = 200;

/**
 * A person asks for their tab: it is due at once, even while it is being published. Whose records it shows and how it is
 * filtered are kept from before, but for what `act` says.
 */
export async function askForTab(
  { database: { db, dialect }, newId }: Pick<Bot, 'database' | 'newId'>,
  who: Who,
  act: TabAct,
  at: Date,
): Promise<void> {
  const now = at.toISOString();
  await db.transaction().execute(async (tx) => {
    const kept = await openTab(tx, who, dialect === 'postgres');
    const before = kept ?? { whose: 'mine', pages: FIRST_PAGES, filter: {} };
    const tab = {
      whose: act.type === 'whose' ? act.whose : before.whose,
      pages: JSON.stringify(pagesAfter(before.pages, act)),
      filter: JSON.stringify(filterAfter(before.filter, act)),
      opened_at: now,
    };
    const { id } = await tx
      .insertInto('home_tabs')
      .values({ id: newId(), ...theirs(who), ...tab })
      .onConflict((conflict) => conflict.columns(['team_id', 'user_id']).doUpdateSet(tab))
      .returning('id')
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('outbox')
      .values({ ...newMessage(newId(), { kind: 'home', subject: id }, at), awaited_revision: 1 })
      .onConflict((conflict) =>
        conflict
          .columns(['kind', 'subject'])
          .where('submission_id', 'is', null)
          .where('record_id', 'is', null)
          .doUpdateSet((eb) => ({
            revision: eb('outbox.revision', '+', 1),
            awaited_revision: eb('outbox.revision', '+', 1),
            due_at: now,
            // Whoever is publishing it may still wait for AWS, and would show what was asked for before.
            ...GIVEN_BACK,
          })),
      )
      .execute();
  });
}

/** The tab of this ID, or a person's; undefined: it is gone, or was never opened. */
export async function openTab(
  db: Database,
  which: string | Who,
  isLocked = false,
): Promise<OpenTab | undefined> {
  const row = await db
    .selectFrom('home_tabs')
    .selectAll()
    .where((eb) => eb.and(typeof which === 'string' ? { id: which } : theirs(which)))
    .$if(isLocked, (query) => query.forUpdate())
    .executeTakeFirst();
  return row === undefined ? undefined : openTabOf(row);
}

const theirs = ({ teamId, userId }: Who) => ({ team_id: teamId, user_id: userId });

/** How the tab of a person is filtered. */
export async function tabFilter(
  { database: { db }, permissions }: Pick<Bot, 'database' | 'permissions'>,
  asked: Who,
): Promise<HomeFilter> {
  return (await openTab(db, await permissions.asOne(asked)))?.filter ?? {};
}

/**
 * Makes due every tab that shows a record that has changed: the team's tabs, and those of the people who asked for that
 * opportunity. A tab that was published a moment ago waits until it has rested. False: nothing had changed.
 */
export async function noticeHomeChanges(
  { db, dialect }: Pick<Bot['database'], 'db' | 'dialect'>,
  at: Date,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const changes = await tx
      .deleteFrom('home_changes')
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('home_changes')
          .select('id')
          .limit(CHANGES_AT_ONCE)
          .$if(dialect === 'postgres', (query) => query.forUpdate().skipLocked()),
      )
      .returning('record_id')
      .execute();
    if (changes.length === 0) return false;
    const records = tx.selectFrom('opportunities').where(
      'opportunities.id',
      'in',
      changes.map((change) => change.record_id),
    );
    // Whose it was before it became somebody else's as well.
    const people = await records
      .innerJoin('submissions', (join) =>
        join
          .onRef('submissions.catalog', '=', 'opportunities.catalog')
          .onRef('submissions.opportunity_id', '=', 'opportunities.opportunity_id'),
      )
      .select('submissions.user_id')
      .union(records.select((eb) => eb.fn.coalesce('owner_user_id', sql<string>`''`).as('user_id')))
      .execute();
    // Locked in one order: two replicas that notice at the same time wait for each other, never crosswise.
    const stale = await tx
      .selectFrom('outbox')
      .select('id')
      .where((eb) => keyedBySubject(eb, 'home'))
      .where('subject', 'in', (eb) =>
        eb
          .selectFrom('home_tabs')
          .select('home_tabs.id')
          .where('opened_at', '>=', openSince(at))
          .where((or) =>
            or.or([
              or('whose', '=', 'team'),
              or('user_id', 'in', ['', ...people.map((person) => person.user_id)]),
            ]),
          ),
      )
      .orderBy('id')
      .$if(dialect === 'postgres', (query) => query.forUpdate())
      .execute();
    if (stale.length === 0) return true;
    await tx
      .updateTable('outbox')
      .set((eb) => ({ revision: eb('revision', '+', 1), due_at: afterRest(eb, at.toISOString()) }))
      .where(
        'id',
        'in',
        stale.map(({ id }) => id),
      )
      .execute();
    return true;
  });
}

/**
 * Makes due the tabs that were opened lately, everybody's or one person's, because who may see them can have changed. What
 * is being published now is due once more, because the right may have been asked before that.
 */
export async function lookOverTabs(db: Database, at: Date, userId?: string): Promise<void> {
  await db
    .updateTable('outbox')
    .set((eb) => ({ revision: eb('revision', '+', 1), due_at: at.toISOString() }))
    .where((eb) => keyedBySubject(eb, 'home'))
    .where('subject', 'in', (eb) =>
      eb
        .selectFrom('home_tabs')
        .select('home_tabs.id')
        .where('opened_at', '>=', openSince(at))
        .$if(userId !== undefined, (query) => query.where('user_id', '=', userId ?? '')),
    )
    .execute();
}

/** Whether there are changes that nobody has noticed. */
export const HOME_CHANGES: Watch = {
  due: sql`(select 1 from home_changes limit 1)`,
  next: sql`cast(null as text)`,
};

/** Forgets the tabs that were last opened before `before`. */
export async function forgetHomeTabs(db: Database, before: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const gone = await tx
      .deleteFrom('home_tabs')
      .where('opened_at', '<', before.toISOString())
      .returning('id')
      .execute();
    if (gone.length === 0) return;
    const ids = gone.map(({ id }) => id);
    await tx
      .deleteFrom('outbox')
      .where((eb) => keyedBySubject(eb, 'home'))
      .where('subject', 'in', ids)
      .execute();
  });
}

const pageNumber = z.number().int().nonnegative().catch(0);
const pages = z.object(ofEachPart(() => pageNumber)).catch(FIRST_PAGES);

/** The next time the tab is opened, it doesn't look for one deal any more. */
const filterAfter = (before: HomeFilter, act: TabAct): HomeFilter => {
  if (act.type === 'filter') return act.filter;
  return act.type === 'opened' ? { ...before, opportunityId: undefined } : before;
};

const pagesAfter = (before: HomePages, act: TabAct): HomePages => {
  switch (act.type) {
    case 'opened':
    case 'whose':
    case 'filter':
      return FIRST_PAGES;
    case 'page':
      return { ...before, [act.part]: act.page };
    case 'refresh':
      return before;
  }
};

const openTabOf = (row: Selectable<HomeTabTable>): OpenTab => ({
  who: { teamId: row.team_id, userId: row.user_id },
  whose: row.whose === 'team' ? 'team' : 'mine',
  pages: pages.parse(JSON.parse(row.pages)),
  filter: filterSchema.catch({}).parse(JSON.parse(row.filter)),
  openedAt: new Date(row.opened_at),
});
