import type { Generated, Kysely, Transaction } from 'kysely';

/**
 * The tables, as both databases hold them. Times are ISO 8601 in UTC with milliseconds, as text: the same
 * width always, so that text order is time order, on SQLite and PostgreSQL alike.
 */
export interface Tables {
  forms: FormTable;
  submissions: SubmissionTable;
  submission_events: RecordEventTable;
  batches: BatchTable;
  edits: EditTable;
  edit_events: RecordEventTable;
  opportunities: OpportunityTable;
  opportunity_events: OpportunityEventTable;
  outbox: OutboxTable;
  home_tabs: HomeTabTable;
  /** Opportunities of which something has changed, and no home tab has noticed yet. */
  home_changes: { id: string; record_id: string };
  /** What Slack may deliver again (events), by its ID. */
  deliveries: { id: string; at: string };
  scheduled_jobs: ScheduledJobTable;
  /** AWS's quota of writes, which all replicas share: when the next may go out. One row, and none before the first write. */
  write_quota: { id: number; next_at: string };
  /**
   * While the bot's own access to AWS is broken, one row: nothing is sent, but for a probe now and then. `problem`: JSON of
   * `OperatorProblem`.
   */
  circuit_breaker: { id: number; problem: string; probe_at: string };
  /** While the operator has switched sending off, one row: whoever waits has been told so. */
  operator_pause: { id: number; since: string };
  /** Whose the database is: one row, from the first start on. */
  belonging: { id: number; team_id: string; catalog: string };
  lineage: LineageTable;
  /** Rows that are gone when their transaction ends. */
  trial_writes: { id: string; filler: string };
}

export type Database = Kysely<Tables>;
export type Tx = Transaction<Tables>;

/** Which process works on a row; `lease_until` is milliseconds of the clock that leases go by (`lease.ts`). */
interface LeaseColumns {
  /** Counts claims: the fencing token of whoever works on it. */
  attempt: Generated<number>;
  lease_owner: string | null;
  lease_until: number | null;
}

/** Who asked, and where the answer belongs. */
export interface RequesterColumns {
  team_id: string;
  user_id: string;
  channel_id: string;
  thread_ts: string | null;
  response_url: string | null;
  catalog: string;
}

/** What a view of ours was opened for, by whom, where, and what it showed. */
export interface FormTable extends RequesterColumns {
  id: string;
  created_at: string;
  opportunity_id: string | null;
  involvement_type: string | null;
  visibility: string | null;
  batch_id: string | null;
  last_modified_date: string | null;
  /** 0 or 1: both databases have integers, only one has booleans. */
  national_security: number;
  /** JSON: the names of the rules that found something, for each choice. */
  readiness: string | null;
  /** JSON of `Editing`: what a form for editing the deal showed. No value of the deal. */
  editing: string | null;
}

/** A request to AWS that waits, is on its way, or is settled: of submissions and of edits. */
export interface SendableColumns extends RequesterColumns, LeaseColumns {
  id: string;
  form_id: string;
  opportunity_id: string;
  last_modified_date: string;
  national_security: number;
  state: string;
  requested_at: string;
  sending_at: string | null;
  /** Who passed the fence last, and in which attempt: an answer that comes late is known by it. */
  sent_by: string | null;
  changed_at: string;
  /** JSON of the kind's problem. */
  problem: string | null;
  request_id: string | null;
  due_at: string | null;
  tries: number;
}

export interface SubmissionTable extends SendableColumns {
  involvement_type: string;
  visibility: string;
  batch_id: string | null;
}

/** Several submissions asked for at once; the ID is that of its form. */
export interface BatchTable extends RequesterColumns {
  id: string;
  created_at: string;
}

/** An edit of a deal that a person saved in Slack. */
export interface EditTable extends SendableColumns {
  /** The review status that lets the deal be edited, when the form was shown. */
  editable_status: string;
  /** JSON: AWS's paths of the fields that were changed. */
  fields: string;
  /** JSON: as in the form's `editing`, of those fields. */
  shown: string;
  /** JSON: the values the person typed, by path. Deal details: null as soon as nothing needs them any more. */
  typed: string | null;
  /** 1 once AWS has saved the fields: what is left is to associate a solution. */
  updated: number;
  /** JSON of `ThenSubmit`: the submission that the same press asked for, or what became of that. Null: it asked for none. */
  then_submit: string | null;
}

/** Of append-only tables. */
interface EventColumns {
  /** Of the submission, the edit or the opportunity. */
  record_id: string;
  /** Counts a record's events from 1: several can fall into one millisecond. */
  sequence: number;
  at: string;
  /** A Slack user ID, or `bot`, or `aws`. */
  actor: string;
  request_id: string | null;
}

/** The audit trail, of submissions and of edits. */
export interface RecordEventTable extends EventColumns {
  from_state: string | null;
  to_state: string;
  why: string;
}

/** An opportunity, whoever submitted it: what AWS says of it, and who works on it here. Of the deal nothing else. */
export interface OpportunityTable {
  id: string;
  catalog: string;
  opportunity_id: string;
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
  /** A `Part`; and since when it is there: asked for, taken on, or first seen. */
  part: string;
  since: string;
  /** When AWS decided it, as far as is known; null: it hasn't, or before this bot looked. */
  decided_at: string | null;
  /** When AWS's people on it are looked for next; null: not, or no more. Who they are isn't kept; when first seen is. */
  team_due_at: string | null;
  team_seen_at: string | null;
}

/** How AWS's review went, and who took the opportunity on. */
export interface OpportunityEventTable extends EventColumns {
  /** `review`, or `owner`. */
  what: string;
  from_review_status: string | null;
  to_review_status: string | null;
}

/** What people are to be told: the one message of a submission (kept up to date), a decision in its thread, … */
export interface OutboxTable extends LeaseColumns {
  id: string;
  submission_id: string | null;
  /** The row of the opportunity that it is about. */
  record_id: string | null;
  /** A kind of `KINDS`. */
  kind: string;
  /** What else it is about, by which it is told once a kind. */
  subject: string | null;
  created_at: string;
  revision: number;
  told_revision: number;
  /** When what is untold became news: a message is as old as its submission, its news isn't. */
  untold_since: string;
  awaited_revision: Generated<number>;
  /** Null: not before something is new; of a home tab only. */
  due_at: string | null;
  /** Not refreshed before this, unless somebody waits for it. */
  rest_until: Generated<string | null>;
  tries: number;
  /** Where it is: `channel`, `response_url` or `dm`; null until told. */
  told_via: string | null;
  channel_id: string | null;
  message_ts: string | null;
  /** The thread that message stands in; null: it is at the top. */
  thread_ts: string | null;
  response_url_uses: number;
  /** Slack's error of the last try that failed. */
  last_error: string | null;
  /** A fingerprint of what it shows there; null: not known. */
  shown: Generated<string | null>;
  /** The attempt that has shown it: another one since may have changed it. */
  shown_attempt: Generated<number | null>;
}

/** What the home tab of a person who has opened it shows; when it is published is the outbox's. */
export interface HomeTabTable {
  id: string;
  team_id: string;
  user_id: string;
  /** `mine` or `team`. */
  whose: string;
  /** JSON: the page that each part shows. */
  pages: string;
  /** JSON of `HomeFilter`. */
  filter: string;
  opened_at: string;
}

/** What only one replica does at a time, at intervals of its own. */
interface ScheduledJobTable extends LeaseColumns {
  name: string;
  /** What it has to remember from one run to the next. */
  value: string;
  due_at: string;
  /** When it last succeeded. */
  done_at: string | null;
}

/** Where the records stand, so that it is noticed when they were set back: one row, from the first start on. */
interface LineageTable {
  id: number;
  /** PostgreSQL's system identifier and timeline; null: SQLite, or the server doesn't say. */
  cluster: string | null;
  timeline: string | null;
  /** In a copy that `npm run backup` made: when. Null once a bot has started on it. */
  copied_at: string | null;
  /** When it was noticed last that the records had been set back, and whether by a `failover` or a `restore`. */
  set_back_at: string | null;
  set_back_by: string | null;
}

/** In place of a person's ID where their records stay. Slack's IDs are capitals and digits: nobody has this one. */
export const FORGOTTEN = 'forgotten';
