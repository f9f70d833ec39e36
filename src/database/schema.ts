import type { Generated, Kysely, Transaction } from 'kysely';

/**
 * The tables, as both databases hold them. Times are ISO 8601 in UTC with milliseconds, as text: the same
 * width always, so that text order is time order, on SQLite and PostgreSQL alike.
 */
export interface Tables {
  drafts: DraftTable;
  submissions: SubmissionTable;
  batches: BatchTable;
  submission_events: SubmissionEventTable;
  tellings: TellingTable;
  opportunities: OpportunityTable;
  opportunity_events: OpportunityEventTable;
  duties: DutyTable;
  deliveries: DeliveryTable;
  homes: HomeTable;
  home_changes: HomeChangeTable;
  change_drafts: ChangeDraftTable;
  changes: ChangeTable;
  change_events: ChangeEventTable;
}

export type Database = Kysely<Tables>;
export type Tx = Transaction<Tables>;

export interface DraftTable {
  id: string;
  created_at: string;
  team_id: string;
  user_id: string;
  channel_id: string;
  thread_ts: string | null;
  response_url: string | null;
  catalog: string;
  opportunity_id: string | null;
  last_modified_date: string | null;
  /** 0 or 1: both databases have integers, only one has booleans. */
  national_security: number;
  /** JSON: the names of the rules that found something, for each choice. */
  readiness: string | null;
  involvement_type: string | null;
  visibility: string | null;
  /** The batch that a submission from it belongs to. */
  batch_id: string | null;
}

export interface SubmissionTable {
  id: string;
  draft_id: string;
  team_id: string;
  user_id: string;
  channel_id: string;
  thread_ts: string | null;
  response_url: string | null;
  catalog: string;
  opportunity_id: string;
  last_modified_date: string;
  national_security: number;
  involvement_type: string;
  visibility: string;
  state: string;
  requested_at: string;
  sending_at: string | null;
  changed_at: string;
  /** JSON of `Problem`. */
  problem: string | null;
  request_id: string | null;
  due_at: string | null;
  tries: number;
  attempt: number;
  lease_owner: string | null;
  lease_until: string | null;
  batch_id: string | null;
}

/** Several submissions asked for at once; the ID is that of the form's draft. */
export interface BatchTable {
  id: string;
  created_at: string;
  team_id: string;
  user_id: string;
  channel_id: string;
  thread_ts: string | null;
  response_url: string | null;
  catalog: string;
}

/** Append-only: the audit trail. */
export interface SubmissionEventTable {
  submission_id: string;
  /** Counts a submission's events from 1: several can fall into one millisecond. */
  sequence: number;
  at: string;
  /** A Slack user ID, or `bot`, or `aws`. */
  actor: string;
  from_state: string | null;
  to_state: string;
  why: string;
  request_id: string | null;
}

/** What people are to be told: the one message of a submission (kept up to date), a decision in its thread, … */
export interface TellingTable {
  id: string;
  /** The one message of a submission is about that one. */
  submission_id: string | null;
  /** The row of the opportunity that it is about. Neither of the two: `subject` says what it is about. */
  record_id: string | null;
  /** A kind of `TellingContent`. */
  kind: string;
  /** What of it is told, once a kind. */
  subject: string | null;
  created_at: string;
  revision: number;
  told_revision: number;
  /** When what is untold became news; null where an older version wrote it. */
  untold_since: string | null;
  due_at: string;
  tries: number;
  attempt: Generated<number>;
  lease_owner: string | null;
  lease_until: string | null;
  /** Where it is: `channel`, `response_url` or `dm`; null until told. */
  told_via: string | null;
  channel_id: string | null;
  message_ts: string | null;
  response_url_uses: number;
  /** Slack's error of the last try that failed. */
  last_error: string | null;
}

/** An opportunity, whoever submitted it: what AWS says of it, and who works on it here. Of the deal nothing else. */
export interface OpportunityTable {
  id: string;
  catalog: string;
  /** AWS's. */
  opportunity_id: string;
  /** When this bot first knew of it. */
  seen_at: string;
  /** Null: nothing was read that holds, as right after AWS has accepted a submission. */
  review_status: string | null;
  /** When the read began that this is from. */
  review_read_at: string | null;
  /** AWS's `LastModifiedDate` in that read, as an ISO 8601 text of ours. */
  review_modified_at: string | null;
  /** When the status became this one; null: before this bot looked. */
  review_changed_at: string | null;
  stage: string | null;
  /** `YYYY-MM-DD`, as AWS writes it. */
  target_close_date: string | null;
  /** 1 where a whole read, or the form of a request, said so. */
  national_security: number;
  /** Who took it on here that was submitted elsewhere, and where; null: nobody. */
  owner_team_id: string | null;
  owner_user_id: string | null;
  owner_channel_id: string | null;
  owner_thread_ts: string | null;
  owned_at: string | null;
  /** The request that stands for it, by the rule of `placeOf`; null: none, it was submitted elsewhere. */
  submission_id: string | null;
  /** Whose it is: who asked for that submission, else the owner. */
  user_id: string | null;
  /** A `Part`. */
  part: string;
  /** Since when it is there: asked for, taken on, or first seen. */
  since: string;
  /** When AWS decided it, as far as is known; null: it hasn't, or before this bot looked. */
  decided_at: string | null;
  /** When AWS's people on it are looked for next; null: not, or no more. Who they are isn't kept. */
  team_due_at: string | null;
  /** When the first were seen. */
  team_seen_at: string | null;
}

/** Append-only: how AWS's review went, and who took the opportunity on. */
export interface OpportunityEventTable {
  record_id: string;
  sequence: number;
  at: string;
  /** A Slack user ID, or `bot`, or `aws`. */
  actor: string;
  /** `review`, or `owner`. */
  what: string;
  from_review_status: string | null;
  to_review_status: string | null;
  request_id: string | null;
}

/** Things that only one replica does, or that all share: a value, and whoever holds its lease. */
export interface DutyTable {
  name: string;
  value: string;
  due_at: string | null;
  /** When it last succeeded. */
  done_at: string | null;
  lease_owner: string | null;
  lease_until: string | null;
}

/** What Slack may deliver again (events), by its ID. */
export interface DeliveryTable {
  id: string;
  at: string;
}

/** What a form for changing a deal stands on: who opened it where, and what it showed. */
export interface ChangeDraftTable {
  id: string;
  created_at: string;
  team_id: string;
  user_id: string;
  channel_id: string;
  thread_ts: string | null;
  response_url: string | null;
  catalog: string;
  opportunity_id: string;
  last_modified_date: string;
  national_security: number;
  /** `Door`: the review status that lets the deal be changed. */
  door: string;
  /** JSON: a fingerprint of what the form showed for each field, by AWS's path. No value of the deal. */
  shown: string;
}

/** A change of a deal that a person saved in Slack. */
export interface ChangeTable {
  id: string;
  draft_id: string;
  team_id: string;
  user_id: string;
  channel_id: string;
  thread_ts: string | null;
  response_url: string | null;
  catalog: string;
  opportunity_id: string;
  last_modified_date: string;
  national_security: number;
  door: string;
  /** JSON: AWS's paths of the fields that were changed. */
  fields: string;
  /** As in the draft, of those fields. */
  shown: string;
  /** JSON: the values the person typed, by path. Deal details: null as soon as nothing needs them any more. */
  typed: string | null;
  /** 1 once AWS has saved the fields: what is left is to associate a solution. */
  updated: number;
  state: string;
  requested_at: string;
  sending_at: string | null;
  changed_at: string;
  /** JSON of `ChangeProblem`. */
  problem: string | null;
  request_id: string | null;
  due_at: string | null;
  tries: number;
  attempt: number;
  lease_owner: string | null;
  lease_until: string | null;
}

/** The home tab of a person who has opened it, and how it stands. */
export interface HomeTable {
  team_id: string;
  user_id: string;
  /** `mine` or `team`. */
  whose: string;
  /** JSON: the page that each part shows. */
  pages: string;
  opened_at: string;
  /** Counts what made it stale. */
  revision: number;
  /** The revision for which the person asked themselves, and the one that was dealt with last. */
  asked: number;
  done: number;
  /** Not published again before this, unless the person asks. */
  rest_until: string | null;
  due_at: string | null;
  attempt: Generated<number>;
  lease_owner: string | null;
  lease_until: string | null;
}

/** Append-only: a change's audit trail. */
export interface ChangeEventTable {
  change_id: string;
  sequence: number;
  at: string;
  actor: string;
  from_state: string | null;
  to_state: string;
  why: string;
  request_id: string | null;
}

/** Opportunities of which something has changed, and no home tab has noticed yet. */
export interface HomeChangeTable {
  id: string;
  record_id: string;
}
