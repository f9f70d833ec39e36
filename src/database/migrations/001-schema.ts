import { type Kysely, sql } from 'kysely';

/** Who asked, and where the answer belongs. */
const REQUESTER = `team_id text not null, user_id text not null, channel_id text not null, thread_ts text,
  response_url text, catalog text not null`;

/** Which process works on a row, and until when: `lease.ts`. */
const LEASE = 'attempt integer not null default 0, lease_owner text, lease_until double precision';

/** What is asked of AWS, and how it stands: of submissions and of edits. */
const SENDABLE = `form_id text not null unique, opportunity_id text not null, last_modified_date text not null,
  national_security integer not null, state text not null, requested_at text not null, sending_at text, sent_by text,
  changed_at text not null, problem text, request_id text, due_at text, tries integer not null default 0, ${LEASE}`;

/** An event of its audit trail. */
const RECORD_EVENT = `sequence integer not null, at text not null, actor text not null, from_state text,
  to_state text not null, why text not null, request_id text, primary key (record_id, sequence)`;

/** AWS may still get it: of submissions and of edits. */
const IS_OPEN = "state in ('requested', 'sending', 'uncertain')";

/** In the words that both databases have in common. What each table and column is for stands in `schema.ts`. */
const SCHEMA = [
  `create table forms (id text primary key, created_at text not null, ${REQUESTER}, opportunity_id text,
    involvement_type text, visibility text, batch_id text, last_modified_date text,
    national_security integer not null, readiness text, editing text)`,
  'create index forms_batch on forms (batch_id) where batch_id is not null',
  'create index forms_editing on forms (created_at) where editing is not null',

  // The ID is that of its form: one form is one batch, by the database's own key.
  `create table batches (id text primary key, created_at text not null, ${REQUESTER})`,

  `create table submissions (id text primary key, ${REQUESTER}, ${SENDABLE},
    involvement_type text not null, visibility text not null, batch_id text)`,
  // The promise "never two at once" is the database's, not a check in code.
  `create unique index submissions_one_open on submissions (catalog, opportunity_id) where ${IS_OPEN}`,
  'create index submissions_due on submissions (due_at) where due_at is not null',
  'create index submissions_opportunity on submissions (catalog, opportunity_id, requested_at)',
  'create index submissions_latest on submissions (requested_at, id)',
  'create index submissions_of_person on submissions (user_id, requested_at, id)',
  'create index submissions_batch on submissions (batch_id) where batch_id is not null',
  `create table submission_events (record_id text not null references submissions (id), ${RECORD_EVENT})`,

  `create table opportunities (id text primary key, catalog text not null, opportunity_id text not null,
    seen_at text not null, review_status text, review_read_at text, review_modified_at text, review_changed_at text,
    stage text, target_close_date text, national_security integer not null, owner_team_id text, owner_user_id text,
    owner_channel_id text, owner_thread_ts text, owned_at text, submission_id text, user_id text,
    part text not null, since text not null, decided_at text, team_due_at text, team_seen_at text,
    unique (catalog, opportunity_id))`,
  'create index opportunities_part on opportunities (catalog, part, since, id)',
  'create index opportunities_part_of_person on opportunities (user_id, catalog, part, since, id)',
  'create index opportunities_decided on opportunities (catalog, part, decided_at, id)',
  'create index opportunities_latest on opportunities (catalog, since, id)',
  'create index opportunities_of_person on opportunities (user_id, catalog, since, id)',
  'create index opportunities_team_due on opportunities (team_due_at) where team_due_at is not null',
  `create table opportunity_events (record_id text not null references opportunities (id),
    sequence integer not null, at text not null, actor text not null, what text not null,
    from_review_status text, to_review_status text, request_id text, primary key (record_id, sequence))`,

  `create table outbox (id text primary key, submission_id text references submissions (id),
    record_id text references opportunities (id), kind text not null, subject text, created_at text not null,
    revision integer not null, told_revision integer not null, awaited_revision integer not null default 0,
    untold_since text not null, due_at text, rest_until text, tries integer not null default 0, told_via text,
    channel_id text, message_ts text, thread_ts text, response_url_uses integer not null default 0, last_error text,
    shown text, shown_attempt integer, ${LEASE})`,
  // Nor is anything told twice that is told once.
  "create unique index outbox_one_message on outbox (submission_id) where kind = 'submission'",
  `create unique index outbox_one_about on outbox (kind, subject)
    where submission_id is null and record_id is null`,
  'create unique index outbox_once on outbox (record_id, kind, subject) where record_id is not null',
  'create index outbox_submission on outbox (submission_id)',
  'create index outbox_untold on outbox (due_at) where told_revision < revision',
  "create index outbox_home_tabs on outbox (due_at) where kind = 'home' and due_at is not null",

  `create table edits (id text primary key, ${REQUESTER}, ${SENDABLE}, editable_status text not null,
    fields text not null, shown text not null, typed text, updated integer not null default 0, then_submit text)`,
  `create unique index edits_one_open on edits (catalog, opportunity_id) where ${IS_OPEN}`,
  'create index edits_due on edits (due_at) where due_at is not null',
  'create index edits_opportunity on edits (catalog, opportunity_id, requested_at)',
  'create index edits_typed on edits (changed_at) where typed is not null',
  `create table edit_events (record_id text not null references edits (id), ${RECORD_EVENT})`,

  `create table home_tabs (id text primary key, team_id text not null, user_id text not null, whose text not null,
    pages text not null, filter text not null, opened_at text not null, unique (team_id, user_id))`,
  // Rows are only ever added by the change of a record: whoever records something waits for nobody's tab.
  'create table home_changes (id text primary key, record_id text not null)',

  `create table scheduled_jobs (name text primary key, value text not null, due_at text not null, done_at text,
    ${LEASE})`,
  'create table deliveries (id text primary key, at text not null)',

  // One row, once a bot has started.
  'create table belonging (id integer primary key, team_id text not null, catalog text not null)',
  // One row, once a bot has started.
  `create table lineage (id integer primary key, cluster text, timeline text, copied_at text, set_back_at text,
    set_back_by text)`,
  // Empty, but while it is tried whether the database takes writes.
  'create table trial_writes (id text primary key, filler text not null)',

  // What keeps all replicas from sending: a row each, or none.
  'create table write_quota (id integer primary key, next_at text not null)',
  'create table circuit_breaker (id integer primary key, problem text not null, probe_at text not null)',
  'create table operator_pause (id integer primary key, since text not null)',
];

/** All tables, as the first version has them. */
export const schema = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of SCHEMA) await sql.raw(statement).execute(db);
  },
};
