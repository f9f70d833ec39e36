import type { Selectable } from 'kysely';
import type { Dialect } from '../../database/connect.ts';
import type { Database, TellingTable } from '../../database/schema.ts';
import { contentOf, KINDS, newTelling, type TellingContent } from '../../messages/outbox.ts';
import { hasCome } from '../due.ts';
import type { Owned } from '../submission.ts';

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
  /** Slack allows five uses of the command's response_url. */
  readonly responseUrlUses: number;
}

/** Where a message is. What went out by response_url can't be edited by us. */
export type Place =
  | { readonly via: 'channel' | 'dm'; readonly channelId: string; readonly ts: string }
  | { readonly via: 'response_url' };

export type Tellings = ReturnType<typeof createTellings>;

/** The queries of the tellings. */
export function createTellings({ db, dialect }: { db: Database; dialect: Dialect }) {
  const messageOf = ({ state, id }: Owned) =>
    db
      .selectFrom('tellings')
      .where((eb) =>
        state === 'elsewhere'
          ? eb.and({ kind: 'taken-on', record_id: id })
          : eb.and({ kind: 'message', submission_id: id }),
      );

  return {
    /** Takes what is untold and due, oldest first, for `owner` until `leaseUntil`; never what it has `inHand`. */
    async claim(options: {
      readonly owner: string;
      readonly at: Date;
      readonly leaseUntil: Date;
      readonly limit: number;
      readonly inHand?: readonly string[];
    }): Promise<readonly Telling[]> {
      const { inHand = [] } = options;
      const rows = await db
        // Materialized: planned into the update, PostgreSQL could lock more than the limit.
        .with(
          (cte) => cte('due').materialized(),
          (of) =>
            of
              .selectFrom('tellings')
              .select('id')
              .whereRef('told_revision', '<', 'revision')
              .where(hasCome('due_at', options.at))
              .where('kind', 'in', KINDS)
              .where((eb) => eb.or([eb('lease_until', 'is', null), hasCome('lease_until', options.at)]))
              .$if(inHand.length > 0, (query) => query.where('id', 'not in', inHand))
              .orderBy('due_at')
              .limit(options.limit)
              .$if(dialect === 'postgres', (query) => query.forUpdate().skipLocked()),
        )
        .updateTable('tellings')
        .set((eb) => ({
          lease_owner: options.owner,
          lease_until: options.leaseUntil.toISOString(),
          attempt: eb('attempt', '+', 1),
        }))
        .where('id', 'in', (eb) => eb.selectFrom('due').select('due.id'))
        .returningAll()
        .execute();
      return rows.map(tellingOf);
    },

    /**
     * Notes that `telling.revision` has been told, and where. What became news meanwhile stays untold; with
     * `restUntil`, it isn't told before then.
     */
    async told(
      telling: Telling,
      owner: string,
      place: Place,
      responseUrlUses: number,
      restUntil?: Date,
    ): Promise<void> {
      await db
        .updateTable('tellings')
        .set({
          told_revision: telling.revision,
          ...(restUntil === undefined ? {} : { due_at: restUntil.toISOString() }),
          told_via: place.via,
          channel_id: place.via === 'response_url' ? null : place.channelId,
          message_ts: place.via === 'response_url' ? null : place.ts,
          response_url_uses: responseUrlUses,
          tries: 0,
          last_error: null,
          lease_owner: null,
          lease_until: null,
        })
        .where('id', '=', telling.id)
        .where('lease_owner', '=', owner)
        .where('attempt', '=', telling.attempt)
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
          lease_owner: null,
          lease_until: null,
        })
        .where('id', '=', telling.id)
        .where('lease_owner', '=', owner)
        .where('attempt', '=', telling.attempt)
        .execute();
    },

    /** Forgets a claimed telling that there is nothing to say about any more. */
    async drop(telling: Telling, owner: string): Promise<void> {
      await db
        .deleteFrom('tellings')
        .where('id', '=', telling.id)
        .where('lease_owner', '=', owner)
        .where('attempt', '=', telling.attempt)
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

    /** When the next untold one falls due. */
    async nextDue(): Promise<Date | undefined> {
      const row = await db
        .selectFrom('tellings')
        .select('due_at')
        .whereRef('told_revision', '<', 'revision')
        .orderBy('due_at')
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? undefined : new Date(row.due_at);
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
    responseUrlUses: row.response_url_uses,
  };
}

function placeOf(row: Selectable<TellingTable>): Place | undefined {
  if (row.told_via === null) return undefined;
  if (row.channel_id === null || row.message_ts === null) return { via: 'response_url' };
  return { via: row.told_via === 'dm' ? 'dm' : 'channel', channelId: row.channel_id, ts: row.message_ts };
}
