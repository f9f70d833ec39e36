import { sql } from 'kysely';
import { isOpenState } from '../attempts/sendable.ts';
import type { Database } from '../database/schema.ts';
import { EDIT_STATES } from '../edits/edit.ts';
import { problemSchema, STATES } from '../submissions/submission.ts';

export type Overview = Awaited<ReturnType<typeof readOverview>>;

/** Of doubts, and of messages that can't be posted. */
const ATTENTION_SHOWN = 20;
/** PostgreSQL would answer a plain count as text. */
const COUNT = sql<number>`cast(count(*) as integer)`.as('count');

/**
 * How the bot stands, for whoever runs it: counts and ages, IDs, no deal's details. Times are ISO 8601; `oldest` is null
 * where there is none. Changes nothing, so it may run beside the bot.
 */
export async function readOverview(db: Database, at: Date) {
  const counted = await db
    .selectFrom('submissions')
    .select([
      'state',
      COUNT,
      // A request may have been sent, throttled, and be waiting again: it is as old as it was asked for.
      sql<string>`min(case when state = 'requested' then requested_at else changed_at end)`.as('oldest'),
    ])
    .groupBy('state')
    .execute();
  const waiting = await db
    .selectFrom('opportunities')
    .leftJoin('submissions', 'submissions.id', 'submission_id')
    .select((eb) => [COUNT, eb.fn.min(eb.fn.coalesce('changed_at', 'since')).as('oldest')])
    .where('part', 'in', ['needs', 'waiting'])
    .where((eb) => eb.or([eb('state', 'in', ['submitted', 'already_submitted']), eb('state', 'is', null)]))
    .executeTakeFirstOrThrow();
  const edits = await db
    .selectFrom('edits')
    .select((eb) => ['state', COUNT, eb.fn.min('requested_at').as('oldest')])
    .groupBy('state')
    .execute();
  const untold = await db
    .selectFrom('outbox')
    .select((eb) => [COUNT, eb.fn.min('untold_since').as('oldest')])
    .whereRef('told_revision', '<', 'revision')
    // Nobody waits for what a tab shows when it is looked at again.
    .where('kind', '!=', 'home')
    .executeTakeFirstOrThrow();
  const doubts = await db
    .selectFrom('submissions')
    .select(['id', 'opportunity_id', 'state', 'changed_at'])
    .where('state', 'in', ['uncertain', 'not_seen'])
    .orderBy('changed_at')
    .limit(ATTENTION_SHOWN)
    .execute();
  const unposted = await db
    .selectFrom('outbox')
    .leftJoin('submissions', 'submissions.id', 'outbox.submission_id')
    .leftJoin('opportunities', 'opportunities.id', 'outbox.record_id')
    .select(['submissions.id', 'record_id', 'state', 'last_error', 'kind', 'subject'])
    .select((eb) =>
      eb.fn.coalesce('submissions.opportunity_id', 'opportunities.opportunity_id').as('opportunity_id'),
    )
    .select('untold_since as since')
    .whereRef('told_revision', '<', 'revision')
    .where('last_error', 'is not', null)
    .orderBy('since')
    .limit(ATTENTION_SHOWN)
    .execute();
  const jobs = await db.selectFrom('scheduled_jobs').select(['name', 'done_at']).execute();
  const lastRun = (name: string) => jobs.find((row) => row.name === name)?.done_at ?? null;
  const breaker = await db.selectFrom('circuit_breaker').selectAll().executeTakeFirst();
  return {
    at: at.toISOString(),
    /** Of submissions. */
    states: STATES.map((state) => {
      const row = counted.find((candidate) => candidate.state === state);
      return { state, count: row?.count ?? 0, oldest: row?.oldest ?? null };
    }),
    /** Opportunities that were submitted, here or elsewhere, and that AWS hasn't decided. */
    waitingForAws: waiting,
    /** Edits of deals: those that AWS may still get, since they were saved in Slack, and all that there are. */
    edits: editsOf(edits),
    untold,
    /** What somebody may want to look at: doubts, and messages that can't be posted. Oldest first. */
    attention: [
      ...doubts.map((row) => ({
        submission: row.id,
        opportunity: row.opportunity_id,
        state: row.state,
        since: row.changed_at,
        problem: 'not known whether AWS has it',
      })),
      ...unposted.map((row) => ({
        // Without a submission: what it is about, by its kind.
        submission: row.id ?? row.record_id ?? row.subject ?? '',
        opportunity: row.opportunity_id ?? `(${row.kind})`,
        state: row.state ?? 'untold',
        since: row.since,
        problem: `can't be told: ${row.last_error}`,
      })),
    ],
    /** Sending waits for the operator: why, and when it is tried next. */
    pause: breaker === undefined ? null : { why: whyPaused(breaker.problem), nextTry: breaker.probe_at },
    lastPoll: lastRun('poll'),
    lastSweep: lastRun('sweep'),
  };
}

function whyPaused(text: string): string {
  const problem = problemSchema.safeParse(JSON.parse(text));
  return problem.success && problem.data.type === 'operator'
    ? `${problem.data.cause} (${problem.data.code})`
    : 'unknown';
}

function editsOf(
  counted: readonly { readonly state: string; readonly count: number; readonly oldest: string | null }[],
) {
  const open = counted.filter(({ state }) => isOpenState(state));
  return {
    count: open.reduce((sum, { count }) => sum + count, 0),
    oldest: open.flatMap(({ oldest }) => oldest ?? []).sort()[0] ?? null,
    states: EDIT_STATES.map((state) => ({
      state,
      count: counted.find((row) => row.state === state)?.count ?? 0,
    })),
  };
}
