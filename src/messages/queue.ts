import { type ExpressionBuilder, type Selectable, sql, type UpdateObject } from 'kysely';
import { hasCome } from '../clock.ts';
import { GIVEN_BACK, heldBy, type Leases, type Watch, type Work } from '../database/lease.ts';
import type { Database, OutboxTable, Tables } from '../database/schema.ts';
import type { Posted } from '../slack/posting.ts';
import { columnsOf, type Key, KINDS, type KindName } from './outbox.ts';

/**
 * A message of the outbox in the hands of one process. It is kept beside the record until it has been told: a crash
 * between writing an outcome and posting it is healed by whoever claims the message next.
 */
export interface Outgoing {
  readonly id: string;
  readonly kind: KindName;
  /** These three are of its key, as in `Key`; empty where the kind has none. */
  readonly submissionId: string;
  readonly recordId: string;
  readonly subject: string;
  readonly revision: number;
  readonly tries: number;
  /** Counts claims: the fencing token of whoever tells it. */
  readonly attempt: number;
  readonly createdAt: Date;
  /** Where it stands now; undefined: nowhere yet. */
  readonly place: Place | undefined;
  /** Somebody asked for it, and waits. */
  readonly isAwaited: boolean;
  /** A fingerprint of what stands there; undefined: not known, since a later attempt may have changed it. */
  readonly shown: string | undefined;
  /** Slack's word for why it doesn't stand where it belongs; undefined: it does, or that isn't known any more. */
  readonly refused: string | undefined;
  /** Slack allows five uses of the command's response_url. */
  readonly responseUrlUses: number;
}

/** Where a message is. What went out by response_url can't be edited by us. */
export type Place = ({ readonly via: 'channel' | 'dm' } & Posted) | { readonly via: 'response_url' };

export type Outbox = ReturnType<typeof createOutbox>;

const MESSAGES = KINDS.filter((kind) => kind !== 'home');

/** Messages and home tabs are worked on apart: publishing a tab waits for AWS, and is to keep no message waiting. */
type Lane = 'messages' | 'home tabs';

/** What there is to do in a lane. Kinds that only a newer version beside this one knows are left to that. */
const WORK: Readonly<Record<Lane, (at: Date) => Work<'outbox'>>> = {
  messages: (at) => ({
    table: 'outbox',
    waits: sql<boolean>`told_revision < revision and kind in (${sql.join(MESSAGES)})`,
    due: hasCome(at),
    order: sql`due_at`,
  }),
  // A tab is due now and then although nothing in it is new. The people who wait come before all others.
  'home tabs': (at) => ({
    table: 'outbox',
    waits: sql<boolean>`kind = 'home' and due_at is not null`,
    due: sql<boolean>`due_at <= ${at.toISOString()}`,
    order: sql`case when awaited_revision > told_revision then 0 else 1 end, due_at`,
  }),
};

/** The queries by which the worker takes a message and notes what came of telling it. */
export function createOutbox({ db, leases }: { db: Database; leases: Leases }) {
  /** The row of a message that is still `owner`'s in this very attempt. */
  const held = (message: Outgoing, owner: string) => ({ id: message.id, ...heldBy(owner, message) });

  /** Writes down what came of a message that is still `owner`'s in this very attempt, and gives it back. */
  const giveBack = async (
    message: Outgoing,
    owner: string,
    noted: (eb: ExpressionBuilder<Tables, 'outbox'>) => UpdateObject<Tables, 'outbox'>,
  ): Promise<void> => {
    await db
      .updateTable('outbox')
      .set((eb) => ({ ...noted(eb), ...GIVEN_BACK }))
      .where((eb) => eb.and(held(message, owner)))
      .execute();
  };

  return {
    /** Takes the first message that is due in a lane, for `owner`; never what it has `inHand`. */
    claim(
      lane: Lane,
      by: {
        readonly owner: string;
        readonly at: Date;
        readonly inHand?: readonly string[];
      },
    ): Promise<Outgoing | undefined> {
      return leases.claim(WORK[lane](by.at), by, outgoingOf);
    },

    watch: (lane: Lane, at: Date): Watch => leases.watch(WORK[lane](at), at),

    /**
     * Notes that `message.revision` has been told, and where. What became news meanwhile stays untold; with
     * `restUntil`, it isn't told before then. With `again`, where it stands is news itself. `shown`: a fingerprint of
     * what it shows there. `refused`: why it doesn't stand where it belongs.
     */
    told(
      message: Outgoing,
      owner: string,
      place: Place,
      responseUrlUses: number,
      more: {
        readonly restUntil?: Date | undefined;
        readonly again?: boolean;
        readonly shown?: string | undefined;
        readonly refused?: string | undefined;
      } = {},
    ): Promise<void> {
      const { again = false, shown, refused } = more;
      const restUntil = more.restUntil?.toISOString();
      return giveBack(message, owner, (eb) => ({
        told_revision: message.revision,
        ...(again ? { revision: eb('revision', '+', 1) } : {}),
        ...(restUntil === undefined ? {} : { rest_until: restUntil, due_at: restUntil }),
        told_via: place.via,
        channel_id: place.via === 'response_url' ? null : place.channelId,
        message_ts: place.via === 'response_url' ? null : place.ts,
        thread_ts: place.via === 'response_url' ? null : (place.threadTs ?? null),
        response_url_uses: responseUrlUses,
        shown: shown ?? null,
        shown_attempt: shown === undefined ? null : message.attempt,
        tries: 0,
        last_error: refused ?? null,
      }));
    },

    /** Notes that for `message.revision` what stands there needn't change: nothing went out. */
    leave: (message: Outgoing, owner: string): Promise<void> =>
      giveBack(message, owner, () => ({
        told_revision: message.revision,
        shown_attempt: message.shown === undefined ? null : message.attempt,
      })),

    /** Gives it back untold, to be tried again at `dueAt`. */
    postpone: (
      message: Outgoing,
      owner: string,
      next: { readonly dueAt: Date; readonly error: string },
    ): Promise<void> =>
      giveBack(message, owner, () => ({
        due_at: next.dueAt.toISOString(),
        tries: message.tries + 1,
        last_error: next.error,
      })),

    /** Forgets a claimed message: there is nothing to tell any more. */
    async drop(message: Outgoing, owner: string): Promise<void> {
      await db
        .deleteFrom('outbox')
        .where((eb) => eb.and(held(message, owner)))
        .execute();
    },

    /**
     * Notes that a tab has been published. It is due again at `againAt` (undefined: not before something is new); where
     * something became new meanwhile, as soon as it has rested, unless it `isEmpty`: then nothing in it can be new.
     */
    published(
      message: Outgoing,
      owner: string,
      next: { readonly restUntil: Date; readonly againAt: Date | undefined; readonly isEmpty?: boolean },
    ): Promise<void> {
      const restUntil = next.restUntil.toISOString();
      const againAt = next.againAt?.toISOString() ?? null;
      return giveBack(message, owner, (eb) => ({
        told_revision: next.isEmpty ? eb.ref('revision') : message.revision,
        rest_until: restUntil,
        due_at: next.isEmpty
          ? againAt
          : eb.case().when('revision', '=', message.revision).then(againAt).else(restUntil).end(),
      }));
    },

    /** Whether it is still `owner`'s in this very attempt. */
    async holds(message: Outgoing, owner: string): Promise<boolean> {
      const row = await db
        .selectFrom('outbox')
        .select('id')
        .where((eb) => eb.and(held(message, owner)))
        .executeTakeFirst();
      return row !== undefined;
    },

    /** Where the message of this key stands, and whether it has news that nobody has tried to tell yet. */
    async whereIs(key: Key): Promise<{ readonly place: Place | undefined; readonly hasNews: boolean }> {
      const row = await db
        .selectFrom('outbox')
        .selectAll()
        .where((eb) =>
          eb.and(
            Object.entries(columnsOf(key)).map(
              ([column, value]) =>
                sql<boolean>`${sql.ref(column)} ${value === null ? sql`is null` : sql`= ${value}`}`,
            ),
          ),
        )
        .executeTakeFirst();
      return {
        place: row === undefined ? undefined : placeOf(row),
        hasNews: row !== undefined && row.told_revision < row.revision && row.tries === 0,
      };
    },
  };
}

function outgoingOf(row: Selectable<OutboxTable>): Outgoing {
  const kind = KINDS.find((each) => each === row.kind);
  if (kind === undefined) throw new Error(`There is no message of the kind ${row.kind}.`);
  return {
    id: row.id,
    kind,
    submissionId: row.submission_id ?? '',
    recordId: row.record_id ?? '',
    subject: row.subject ?? '',
    revision: row.revision,
    tries: row.tries,
    attempt: row.attempt,
    createdAt: new Date(row.created_at),
    place: placeOf(row),
    isAwaited: row.awaited_revision > row.told_revision,
    // Somebody who claimed it in between may have changed it at Slack, and not got to noting that.
    shown: row.shown_attempt === row.attempt - 1 ? (row.shown ?? undefined) : undefined,
    refused: row.tries === 0 && row.told_via === 'dm' ? (row.last_error ?? undefined) : undefined,
    responseUrlUses: row.response_url_uses,
  };
}

function placeOf(row: Selectable<OutboxTable>): Place | undefined {
  if (row.told_via === null) return undefined;
  if (row.channel_id === null || row.message_ts === null) return { via: 'response_url' };
  return {
    via: row.told_via === 'dm' ? 'dm' : 'channel',
    channelId: row.channel_id,
    ts: row.message_ts,
    threadTs: row.thread_ts ?? undefined,
  };
}
