import { type RawBuilder, sql } from 'kysely';
import { FORGOTTEN, type Tables } from '../database/schema.ts';

/** What a table holds of people and opportunities, and so what becomes of its rows. */
export type Holding<Column extends string = string> =
  /** Records: kept until they are settled. They go with their opportunity, and stay without their person. */
  | {
      readonly kind: 'records';
      readonly opportunity?: Column;
      readonly person: Column;
      /** The person that is worked out from other records; worked out anew when those are forgotten. */
      readonly derivedPerson?: Column;
      /** Nothing waits for it any more: not the bot, nobody at AWS, and nobody who is to be told. */
      readonly settled: RawBuilder<boolean>;
      /** When it was made, for a first look: cheaper than what follows. */
      readonly made: Column;
      /** When anything last happened to it. */
      readonly lastEvent: RawBuilder<string>;
      /** What keeps a settled one from being deleted; nothing where it isn't given. */
      readonly neededWhile?: RawBuilder<boolean>;
      /** What keeps it, and its trail, however old it is. */
      readonly ageless?: RawBuilder<boolean>;
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
  /** Of use for a while only, to one person only, or made anew when needed: they go with the person or the opportunity. */
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
    lastEvent: sql`(select max(at) from submission_events where record_id = submissions.id)`,
    without: sql`response_url = null, channel_id = ${publicOnly('channel_id')}`,
  },
  batches: {
    kind: 'records',
    person: 'user_id',
    settled: sql`(not exists (select 1 from submissions
        where submissions.batch_id = batches.id and not ${settled('submissions')})
      and not exists (select 1 from outbox
        where outbox.subject = batches.id and outbox.told_revision < outbox.revision))`,
    made: 'created_at',
    lastEvent: sql`created_at`,
    neededWhile: sql`exists (select 1 from submissions where batch_id = batches.id)`,
    without: sql`response_url = null, channel_id = ${publicOnly('channel_id')}`,
  },
  edits: {
    kind: 'records',
    opportunity: 'opportunity_id',
    person: 'user_id',
    settled: sql`(edits.state not in ('requested', 'sending', 'uncertain')
      and not exists (select 1 from outbox
        where outbox.subject = edits.id and outbox.told_revision < outbox.revision))`,
    made: 'requested_at',
    lastEvent: sql`(select max(at) from edit_events where record_id = edits.id)`,
    without: sql`response_url = null, typed = null, channel_id = ${publicOnly('channel_id')}`,
  },
  // After the submissions: it goes once nothing here stands for it any more.
  opportunities: {
    kind: 'records',
    opportunity: 'opportunity_id',
    person: 'owner_user_id',
    derivedPerson: 'user_id',
    // Nobody's: nothing waits for it. With a submission that stands for it, the submission says whether something waits.
    settled: sql`((part in ('decided', 'settled') or catalog = 'Sandbox' or owner_user_id is null)
      and not exists (select 1 from outbox
        where outbox.record_id = opportunities.id and outbox.told_revision < outbox.revision))`,
    made: 'seen_at',
    lastEvent: sql`coalesce((select max(at) from opportunity_events where record_id = opportunities.id), seen_at)`,
    neededWhile: sql`exists (select 1 from submissions where submissions.catalog = opportunities.catalog
      and submissions.opportunity_id = opportunities.opportunity_id)`,
    // AWS's lists show it again where they are followed: without it an old decision would look like a new one.
    ageless: sql`exists (select 1 from scheduled_jobs where name = 'baseline' and value = opportunities.catalog)`,
    without: sql`owner_channel_id = ${publicOnly('owner_channel_id')}`,
  },
  submission_events: { kind: 'parts', of: { submissions: 'record_id' }, person: 'actor' },
  opportunity_events: { kind: 'parts', of: { opportunities: 'record_id' }, person: 'actor' },
  outbox: {
    kind: 'parts',
    of: {
      submissions: 'submission_id',
      opportunities: 'record_id',
      batches: 'subject',
      edits: 'subject',
      home_tabs: 'subject',
    },
    // The message names its person, and a fingerprint of it can be guessed.
    without: sql`shown = null, channel_id = ${publicOnly('channel_id')}`,
  },
  edit_events: { kind: 'parts', of: { edits: 'record_id' }, person: 'actor' },
  forms: { kind: 'passing', person: 'user_id', opportunity: 'opportunity_id' },
  home_tabs: { kind: 'passing', person: 'user_id' },
  home_changes: { kind: 'parts', of: { opportunities: 'record_id' } },
  scheduled_jobs: { kind: 'nobody' },
  write_quota: { kind: 'nobody' },
  circuit_breaker: { kind: 'nobody' },
  operator_pause: { kind: 'nobody' },
  deliveries: { kind: 'nobody' },
  belonging: { kind: 'nobody' },
  lineage: { kind: 'nobody' },
  trial_writes: { kind: 'nobody' },
};

/**
 * Of a submission's row: AWS can't get it from us any more, AWS's review has ended or concerns a later submission of
 * the same opportunity (in Sandbox nobody reviews), and there is nothing left to tell.
 */
function settled(row: 'submissions' | 'sibling'): RawBuilder<boolean> {
  const of = (column: keyof Tables['submissions']) => sql.ref(`${row}.${column}`);
  const ofIt = (its: string) => sql`${sql.ref(`${its}.catalog`)} = ${of('catalog')}
    and ${sql.ref(`${its}.opportunity_id`)} = ${of('opportunity_id')}`;
  return sql`(
    (${of('state')} in ('refused', 'changed', 'cancelled', 'expired')
      or (${of('state')} in ('submitted', 'already_submitted') and (
        ${of('catalog')} = 'Sandbox' or exists (select 1 from opportunities decided where ${ofIt('decided')}
          and (decided.part = 'decided' or decided.submission_id <> ${of('id')})))))
    and not exists (select 1 from outbox
      where outbox.submission_id = ${of('id')} and outbox.told_revision < outbox.revision)
    and not exists (select 1 from outbox join opportunities told on told.id = outbox.record_id
      where ${ofIt('told')} and outbox.told_revision < outbox.revision))`;
}

/** A direct message's channel names the person as their own ID does. */
function publicOnly(column: string): RawBuilder<string> {
  return sql`case when ${sql.ref(column)} like 'D%' then ${FORGOTTEN} else ${sql.ref(column)} end`;
}
