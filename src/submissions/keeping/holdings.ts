import { type RawBuilder, sql } from 'kysely';
import type { Tables } from '../../database/schema.ts';
import { isSuperseded } from '../superseded.ts';
import { FORGOTTEN } from './forgotten.ts';

/** What a table holds of people and opportunities, and so what becomes of its rows. */
export type Holding<Column extends string = string> =
  /** Records: kept until they are settled. They go with their opportunity, and stay without their person. */
  | {
      readonly kind: 'records';
      readonly opportunity?: Column;
      readonly person: Column;
      /** Nothing waits for it any more: not the bot, nobody at AWS, and nobody who is to be told. */
      readonly settled: RawBuilder<boolean>;
      /** When it was made, for a first look: cheaper than what follows. */
      readonly made: Column;
      /** When anything last happened to it. */
      readonly lastEvent: RawBuilder<string>;
      /** What keeps a settled one from being deleted; nothing where it isn't given. */
      readonly neededWhile?: RawBuilder<boolean>;
      /** What is changed when its person is forgotten, besides the person. */
      readonly without: RawBuilder<unknown>;
    }
  /** Parts of rows of other tables, by the column that has their ID: they go with them. */
  | {
      readonly kind: 'parts';
      readonly of: { readonly [Table in keyof Tables]?: Column };
      readonly person?: Column;
      /** What is changed when the person of the record is forgotten. */
      readonly without?: RawBuilder<unknown>;
    }
  /** Of use for a while, to the person alone, or made again: gone with the person or the opportunity. */
  | { readonly kind: 'passing'; readonly person?: Column; readonly opportunity?: Column }
  | { readonly kind: 'nobody' };

/**
 * Every table. A new one is one line: the compiler asks for it, and a test looks for columns with a person's or an
 * opportunity's ID that aren't named here.
 */
export const HOLDINGS: {
  readonly [Table in keyof Tables]: Holding<Extract<keyof Tables[Table], string>>;
} = {
  submissions: {
    kind: 'records',
    opportunity: 'opportunity_id',
    person: 'user_id',
    // A batch's message counts all of its submissions: they are settled together.
    settled: sql`(${settled('submissions')} and not exists (select 1 from submissions sibling
      where sibling.batch_id = submissions.batch_id and not ${settled('sibling')}))`,
    made: 'requested_at',
    lastEvent: sql`(select max(at) from submission_events where submission_id = submissions.id)`,
    without: sql`response_url = null, channel_id = ${publicOnly('channel_id')}`,
  },
  batches: {
    kind: 'records',
    person: 'user_id',
    settled: sql`(not exists (select 1 from submissions
        where submissions.batch_id = batches.id and not ${settled('submissions')})
      and not exists (select 1 from tellings
        where tellings.subject = batches.id and tellings.told_revision < tellings.revision))`,
    made: 'created_at',
    lastEvent: sql`created_at`,
    neededWhile: sql`exists (select 1 from submissions where batch_id = batches.id)`,
    without: sql`response_url = null, channel_id = ${publicOnly('channel_id')}`,
  },
  changes: {
    kind: 'records',
    opportunity: 'opportunity_id',
    person: 'user_id',
    settled: sql`(changes.state not in ('requested', 'sending', 'uncertain')
      and not exists (select 1 from tellings
        where tellings.subject = changes.id and tellings.told_revision < tellings.revision))`,
    made: 'requested_at',
    lastEvent: sql`(select max(at) from change_events where change_id = changes.id)`,
    without: sql`response_url = null, typed = null, channel_id = ${publicOnly('channel_id')}`,
  },
  submission_events: { kind: 'parts', of: { submissions: 'submission_id' }, person: 'actor' },
  tellings: {
    kind: 'parts',
    of: { submissions: 'submission_id', batches: 'subject', changes: 'subject' },
    without: sql`channel_id = ${publicOnly('channel_id')}`,
  },
  // Nobody is left to hear of them.
  teams: { kind: 'parts', of: { submissions: 'submission_id' }, without: sql`due_at = null` },
  change_events: { kind: 'parts', of: { changes: 'change_id' }, person: 'actor' },
  change_drafts: { kind: 'passing', person: 'user_id', opportunity: 'opportunity_id' },
  drafts: { kind: 'passing', person: 'user_id', opportunity: 'opportunity_id' },
  // AWS's lists show them again; without them an old decision would look like a new one, so they have no age.
  reviews: { kind: 'passing', opportunity: 'opportunity_id' },
  review_events: { kind: 'parts', of: { reviews: 'review_id' } },
  homes: { kind: 'passing', person: 'user_id' },
  home_changes: { kind: 'parts', of: { submissions: 'submission_id' } },
  scheduled_jobs: { kind: 'nobody' },
  write_quota: { kind: 'nobody' },
  circuit_breaker: { kind: 'nobody' },
  operator_pause: { kind: 'nobody' },
  deliveries: { kind: 'nobody' },
};

/**
 * Of a submission's row: AWS can't get it from us any more, AWS's review has ended or concerns a later submission of
 * the same opportunity (in Sandbox nobody reviews), and there is nothing left to tell.
 */
function settled(row: 'submissions' | 'sibling'): RawBuilder<boolean> {
  const of = (column: keyof Tables['submissions']) => sql.ref(`${row}.${column}`);
  return sql`(
    (${of('state')} in ('refused', 'changed', 'cancelled', 'expired')
      or (${of('state')} in ('submitted', 'already_submitted') and (
        ${of('catalog')} = 'Sandbox'
        or lower(${of('review_status')}) in ('approved', 'rejected')
        or ${isSuperseded(row)})))
    and not exists (select 1 from tellings
      where tellings.submission_id = ${of('id')} and tellings.told_revision < tellings.revision))`;
}

/** A direct message's channel names the person as their own ID does. */
function publicOnly(column: string): RawBuilder<string> {
  return sql`case when ${sql.ref(column)} like 'D%' then ${FORGOTTEN} else ${sql.ref(column)} end`;
}
