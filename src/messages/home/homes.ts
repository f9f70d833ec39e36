import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { Dialect } from '../../database/connect.ts';
import { GIVEN_BACK, heldBy, type Leases, type Watch, type Work } from '../../database/lease.ts';
import type { Database, HomeTable } from '../../database/schema.ts';
import type { Who } from '../../permissions.ts';

/** The parts of the home tab, in the order in which they are shown. */
export const HOME_PARTS = ['needs', 'waiting', 'ready', 'decided'] as const;
export type HomePartName = (typeof HOME_PARTS)[number];

/** The page each part shows, from 0. */
export type HomePages = Readonly<Record<HomePartName, number>>;
const FIRST_PAGES: HomePages = { needs: 0, waiting: 0, ready: 0, decided: 0 };

export type Whose = 'mine' | 'team';

/** A home tab that is to be published, in the hands of one replica. */
export interface Home {
  readonly who: Who;
  readonly whose: Whose;
  readonly pages: HomePages;
  readonly openedAt: Date;
  /** The person has just asked for it, and waits. */
  readonly asked: boolean;
  /** What made it stale, counted. */
  readonly revision: number;
  /** Counts claims: the fencing token of whoever publishes it. */
  readonly attempt: number;
}

/** What a person asks of their home tab; pages begin anew where it shows something else. */
export type Turn =
  | { readonly type: 'whose'; readonly whose: Whose }
  | { readonly type: 'page'; readonly part: HomePartName; readonly page: number }
  | { readonly type: 'refresh' };

export type Homes = ReturnType<typeof createHomes>;

/** Tabs that are to be published anew: the people who wait come before all others. */
const workOf = (at: Date): Work<'homes'> => ({
  table: 'homes',
  waits: sql<boolean>`due_at is not null`,
  due: sql<boolean>`due_at <= ${at.toISOString()}`,
  order: sql`case when asked > done then 0 else 1 end, due_at`,
});

/** The queries of the home tabs: whose is open, and which is to be published anew. */
export function createHomes({ db, dialect, leases }: { db: Database; dialect: Dialect; leases: Leases }) {
  const ofPerson = ({ teamId, userId }: Who) => ({ team_id: teamId, user_id: userId });
  /** The row of a tab that is still `owner`'s in this very attempt. */
  const held = (home: Home, owner: string) => ({ ...ofPerson(home.who), ...heldBy(owner, home) });

  /** Writes the row of a person who asks for their tab: `first` where there is none yet, else `now`. */
  const ask = async (
    on: Database,
    who: Who,
    first: Pick<HomeTable, 'whose' | 'pages' | 'opened_at' | 'due_at'>,
    now: Partial<typeof first>,
  ): Promise<void> => {
    await on
      .insertInto('homes')
      .values({ ...ofPerson(who), ...first, revision: 1, asked: 1, done: 0 })
      .onConflict((conflict) =>
        conflict.columns(['team_id', 'user_id']).doUpdateSet((eb) => ({
          ...now,
          revision: eb('homes.revision', '+', 1),
          asked: eb('homes.revision', '+', 1),
          // Whoever is at it still waits for AWS, perhaps, and shows what was asked for before.
          ...GIVEN_BACK,
        })),
      )
      .execute();
  };

  return {
    /** The person opened the tab: due at once. Whose records it shows is kept from the last time. */
    async opened(who: Who, at: Date): Promise<void> {
      const now = {
        pages: JSON.stringify(FIRST_PAGES),
        opened_at: at.toISOString(),
        due_at: at.toISOString(),
      };
      await ask(db, who, { whose: 'mine', ...now }, now);
    },

    /** The person turns to something else in their tab: due at once. */
    async turned(who: Who, turn: Turn, at: Date): Promise<void> {
      await db.transaction().execute(async (tx) => {
        const row = await tx
          .selectFrom('homes')
          .selectAll()
          .where((eb) => eb.and(ofPerson(who)))
          .$if(dialect === 'postgres', (query) => query.forUpdate())
          .executeTakeFirst();
        const before = row === undefined ? { whose: 'mine', pages: FIRST_PAGES } : homeOf(row);
        const now = {
          whose: turn.type === 'whose' ? turn.whose : before.whose,
          pages: JSON.stringify(pagesAfter(before.pages, turn)),
          opened_at: at.toISOString(),
          due_at: at.toISOString(),
        };
        await ask(tx, who, now, now);
      });
    },

    /** Makes those due that were opened since, and aren't being published: the one of `userId`, or everybody's. */
    async lookOver(since: Date, at: Date, userId?: string): Promise<void> {
      await db
        .updateTable('homes')
        .set((eb) => ({ revision: eb('revision', '+', 1), due_at: at.toISOString() }))
        .where('opened_at', '>=', since.toISOString())
        // Whoever publishes one asks for the right itself.
        .where('lease_owner', 'is', null)
        .$if(userId !== undefined, (query) => query.where('user_id', '=', userId ?? ''))
        .execute();
    },

    /** Takes a tab that is due, for `owner`. */
    async claim(by: { readonly owner: string; readonly at: Date }): Promise<Home | undefined> {
      const [row] = await leases.claim(workOf(by.at), by);
      return row === undefined ? undefined : homeOf(row);
    },

    watch: (at: Date): Watch => leases.watch(workOf(at), at),

    /** Whether a claimed tab is still `owner`'s in this very attempt. */
    async holds(home: Home, owner: string): Promise<boolean> {
      const row = await db
        .selectFrom('homes')
        .select('user_id')
        .where((eb) => eb.and(held(home, owner)))
        .executeTakeFirst();
      return row !== undefined;
    },

    /**
     * Gives a claimed tab back: due again at `againAt` (undefined: not before it is opened), or, where it became
     * stale meanwhile, as soon as its rest is over.
     */
    async done(
      home: Home,
      owner: string,
      next: { readonly restUntil: Date; readonly againAt: Date | undefined },
    ): Promise<void> {
      const restUntil = next.restUntil.toISOString();
      const row = db.updateTable('homes').where((eb) => eb.and(held(home, owner)));
      const freed = { done: home.revision, rest_until: restUntil, ...GIVEN_BACK };
      const same = await row
        .set({ ...freed, due_at: next.againAt?.toISOString() ?? null })
        .where('revision', '=', home.revision)
        .returning('user_id')
        .executeTakeFirst();
      if (same !== undefined) return;
      await row
        .set((eb) => ({
          ...freed,
          // Whoever asked again meanwhile waits for nothing.
          due_at: eb.case().when('asked', '>', home.revision).then(eb.ref('due_at')).else(restUntil).end(),
        }))
        .execute();
    },

    /** Forgets those that were last opened before `before`. */
    async forgetHomes(before: Date): Promise<void> {
      await db.deleteFrom('homes').where('opened_at', '<', before.toISOString()).execute();
    },
  };
}

const pageNumber = z.number().int().nonnegative().catch(0);
const pages = z
  .object({ needs: pageNumber, waiting: pageNumber, ready: pageNumber, decided: pageNumber })
  .catch({ ...FIRST_PAGES });

const pagesAfter = (before: HomePages, turn: Turn): HomePages => {
  switch (turn.type) {
    case 'whose':
      return FIRST_PAGES;
    case 'page':
      return { ...before, [turn.part]: turn.page };
    case 'refresh':
      return before;
  }
};

function homeOf(row: Selectable<HomeTable>): Home {
  return {
    who: { teamId: row.team_id, userId: row.user_id },
    whose: row.whose === 'team' ? 'team' : 'mine',
    pages: pages.parse(JSON.parse(row.pages)),
    openedAt: new Date(row.opened_at),
    asked: row.asked > row.done,
    revision: row.revision,
    attempt: row.attempt,
  };
}
