import { type Selectable, sql } from 'kysely';
import { hasCome } from '../clock.ts';
import { GIVEN_BACK, heldBy, type Leases, type Watch, type Work } from '../database/lease.ts';
import type { Database, TellingTable } from '../database/schema.ts';
import type { Owned } from '../submissions/submission.ts';
import { contentOf, KINDS, newTelling, type TellingContent } from './outbox.ts';

/**
 * What is to be told to people, kept beside the record until it has been: a crash between writing an outcome
 * and posting it is healed by whoever claims the telling next.
 */
export interface Telling {
  readonly id: string;
  readonly content: TellingContent;
  readonly revision: number;
  readonly tries: number;
  /** Counts claims: the fencing token of whoever tells it. */
  readonly attempt: number;
  readonly createdAt: Date;
  /** Where it stands now; undefined: nowhere yet. */
  readonly place: Place | undefined;
  /** `shownBy` of what stands there; undefined: not known, since a later attempt may have changed it. */
  readonly shown: string | undefined;
  /** Slack allows five uses of the command's response_url. */
  readonly responseUrlUses: number;
}

/** Where a message is. What went out by response_url can't be edited by us. */
export type Place =
  | {
      readonly via: 'channel' | 'dm';
      readonly channelId: string;
      readonly ts: string;
      /** The thread it stands in; undefined: none, it is at the top. */
      readonly threadTs: string | undefined;
    }
  | { readonly via: 'response_url' };

export type Tellings = ReturnType<typeof createTellings>;

/** Tellings that are untold; those of a newer version's kind are left to that one. */
const workOf = (at: Date): Work<'tellings'> => ({
  table: 'tellings',
  waits: sql<boolean>`told_revision < revision and kind in (${sql.join(KINDS)})`,
  due: hasCome(at),
  order: sql`due_at`,
});

/** The queries of the tellings. */
export function createTellings({ db, leases }: { db: Database; leases: Leases }) {
  const messageOf = ({ state, id }: Owned) =>
    db
      .selectFrom('tellings')
      .where((eb) =>
        state === 'elsewhere'
          ? eb.and({ kind: 'taken-on', record_id: id })
          : eb.and({ kind: 'message', submission_id: id }),
      );

  /** The row of a telling that is still `owner`'s in this very attempt. */
  const held = (telling: Telling, owner: string) => ({ id: telling.id, ...heldBy(owner, telling) });

  return {
    /** Takes what is untold and due, oldest first, for `owner`; never what it has `inHand`. */
    async claim(by: {
      readonly owner: string;
      readonly at: Date;
      readonly limit?: number;
      readonly inHand?: readonly string[];
    }): Promise<readonly Telling[]> {
      return (await leases.claim(workOf(by.at), by)).map(tellingOf);
    },

    watch: (at: Date): Watch => leases.watch(workOf(at), at),

    /**
     * Notes that `telling.revision` has been told, and where. What became news meanwhile stays untold; with
     * `restUntil`, it isn't told before then. With `again`, where it stands is news itself. `shown`: what it shows there
     * (`shownBy`), where that is to be compared.
     */
    async told(
      telling: Telling,
      owner: string,
      place: Place,
      responseUrlUses: number,
      more: {
        readonly restUntil?: Date;
        readonly again?: boolean;
        readonly shown?: string | undefined;
      } = {},
    ): Promise<void> {
      const { restUntil, again = false, shown } = more;
      await db
        .updateTable('tellings')
        .set((eb) => ({
          told_revision: telling.revision,
          ...(again ? { revision: eb('revision', '+', 1) } : {}),
          ...(restUntil === undefined ? {} : { due_at: restUntil.toISOString() }),
          told_via: place.via,
          channel_id: place.via === 'response_url' ? null : place.channelId,
          message_ts: place.via === 'response_url' ? null : place.ts,
          thread_ts: place.via === 'response_url' ? null : (place.threadTs ?? null),
          response_url_uses: responseUrlUses,
          shown: shown ?? null,
          shown_attempt: shown === undefined ? null : telling.attempt,
          tries: 0,
          last_error: null,
          ...GIVEN_BACK,
        }))
        .where((eb) => eb.and(held(telling, owner)))
        .execute();
    },

    /** Notes that for `telling.revision` what stands there needn't change: nothing went out. */
    async leave(telling: Telling, owner: string): Promise<void> {
      await db
        .updateTable('tellings')
        .set({
          told_revision: telling.revision,
          shown_attempt: telling.shown === undefined ? null : telling.attempt,
          ...GIVEN_BACK,
        })
        .where((eb) => eb.and(held(telling, owner)))
        .execute();
    },

    /** Gives it back untold, to be tried again at `dueAt`. */
    async postpone(
      telling: Telling,
      owner: string,
      next: { readonly dueAt: Date; readonly error: string; readonly responseUrlUses: number },
    ): Promise<void> {
      await db
        .updateTable('tellings')
        .set({
          due_at: next.dueAt.toISOString(),
          tries: telling.tries + 1,
          last_error: next.error,
          response_url_uses: next.responseUrlUses,
          ...GIVEN_BACK,
        })
        .where((eb) => eb.and(held(telling, owner)))
        .execute();
    },

    /** Forgets a claimed telling that there is nothing to say about any more. */
    async drop(telling: Telling, owner: string): Promise<void> {
      await db
        .deleteFrom('tellings')
        .where((eb) => eb.and(held(telling, owner)))
        .execute();
    },

    /** Makes something to tell that is told once only, whoever makes it how often. True: this was the first time. */
    async tellOnce(id: string, content: TellingContent, at: Date): Promise<boolean> {
      const row = await db
        .insertInto('tellings')
        .values(newTelling(id, content, at))
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },

    /** Where the one message of somebody's opportunity stands. */
    async messagePlace(entry: Owned): Promise<Place | undefined> {
      const row = await messageOf(entry).selectAll().executeTakeFirst();
      return row === undefined ? undefined : placeOf(row);
    },

    /** Where the one message of a batch stands. */
    async batchPlace(batchId: string): Promise<Place | undefined> {
      const row = await db
        .selectFrom('tellings')
        .selectAll()
        .where('kind', '=', 'batch')
        .where('subject', '=', batchId)
        .executeTakeFirst();
      return row === undefined ? undefined : placeOf(row);
    },

    /** Whether that message has news that nobody has tried to tell yet. */
    async messageHasNews(entry: Owned): Promise<boolean> {
      const row = await messageOf(entry)
        .select('id')
        .whereRef('told_revision', '<', 'revision')
        .where('tries', '=', 0)
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

function tellingOf(row: Selectable<TellingTable>): Telling {
  return {
    id: row.id,
    content: contentOf(row),
    revision: row.revision,
    tries: row.tries,
    attempt: row.attempt,
    createdAt: new Date(row.created_at),
    place: placeOf(row),
    // Whoever claimed it in between may have been at Slack, and didn't get to note it.
    shown: row.shown_attempt === row.attempt - 1 ? (row.shown ?? undefined) : undefined,
    responseUrlUses: row.response_url_uses,
  };
}

function placeOf(row: Selectable<TellingTable>): Place | undefined {
  if (row.told_via === null) return undefined;
  if (row.channel_id === null || row.message_ts === null) return { via: 'response_url' };
  return {
    via: row.told_via === 'dm' ? 'dm' : 'channel',
    channelId: row.channel_id,
    ts: row.message_ts,
    threadTs: row.thread_ts ?? undefined,
  };
}

/** A telling before it is told: the channel it is for and how to read its news, or why there are none (yet). */
export type Prepared<News> =
  | { readonly type: 'news'; readonly channelId: string; readonly read: () => Promise<News> }
  /** Something else comes first. */
  | { readonly type: 'wait'; readonly why: string }
  /** What it was about is gone. */
  | { readonly type: 'nothing' };
