import { isOpenState as isOpen } from '../src/attempts/sendable.ts';
import * as outcomes from '../src/submissions/outcomes.ts';
import { untrueOfBatches } from './batches.ts';
import { untrue } from './claims.ts';
import { savedInSecret, savedTwice, submittedOtherwise } from './edits.ts';
import { type Evidence, EXPIRED, processOf, type Sendings, type Span, sendingsOf } from './evidence.ts';
import { untimely } from './reminders.ts';

/** What must hold at every moment, whatever has happened. Answers what doesn't, in words. */
export function problemsIn(evidence: Evidence): readonly string[] {
  const { byRecord, requestsOf } = sendingsOf(evidence);
  return [
    ...sentTwice(evidence, byRecord),
    ...untrue(evidence, requestsOf),
    ...neverDecided(evidence),
    ...lost(evidence),
    ...savedTwice(evidence),
    ...submittedOtherwise(evidence),
    ...withoutFuture(evidence),
    ...untimely(evidence),
  ];
}

/** What must hold besides once there is nothing more to do. */
export function problemsAtTheEnd(evidence: Evidence): readonly string[] {
  const { byRecord, requestsOf } = sendingsOf(evidence);
  const { records, edits, outbox } = evidence;
  return [
    ...problemsIn(evidence),
    ...untrueOfBatches(evidence),
    ...savedInSecret(evidence),
    ...answersLost(evidence, requestsOf),
    ...[...records, ...edits]
      .filter(({ state }) => isOpen(state))
      .map(({ id, opportunity_id, state }) => `${opportunity_id} (${id}) is still ${state}`),
    ...outbox
      .filter((message) => message.told_revision !== message.revision)
      .map(({ id, kind, last_error }) => `a message (${kind} ${id}) is untold: ${last_error}`),
    ...records.flatMap(({ id, opportunity_id, state, problem }) => {
      const executed = byRecord.get(id)?.executed ?? 0;
      const expected = EXECUTED[state];
      const isHidden =
        state === 'not_seen' && evidence.movedBack.some((moved) => moved.id === opportunity_id);
      // Concluded by reading: nobody is credited with what AWS has.
      const mayBeOurs = state === 'already_submitted' && /in-doubt|maybe-sent/.test(problem ?? '');
      if (expected === undefined || mayBeOurs || isHidden || executed === expected) return [];
      return [`${opportunity_id} (${id}) is ${state}, and AWS executed it ${executed} times`];
    }),
  ];
}

/** How long a bot may take to write an answer down (milliseconds of the machine): killed before that, it takes the answer along. */
const WRITTEN_WITHIN_MS = 5_000;
const GIVES_UP_AFTER_MS = 4_000;
const JUMP_MS = 60_000;

/**
 * A definite answer of AWS's that got through is what the record says in the end; but for a bot that was killed with the
 * answer in its hand, and a database that couldn't take it.
 */
function answersLost(
  { records, fences, killed, troubles, losses, machineAt }: Evidence,
  requestsOf: ReadonlyMap<string, Evidence['requests']>,
): string[] {
  /** Give or take what a bot may take; however far time was put forward meanwhile. */
  const isBefore = (one: number, other: number) => machineAt(one) <= machineAt(other) + WRITTEN_WITHIN_MS;
  const during = (spans: readonly Span[], at: number) =>
    spans.some(({ from, to }) => isBefore(from, at) && isBefore(at, to));
  return records.flatMap(({ id, opportunity_id, state, problem }) => {
    const isInDoubt =
      ['uncertain', 'not_seen', 'let_go'].includes(state) ||
      (state === 'already_submitted' && /in-doubt|maybe-sent/.test(problem ?? ''));
    const last = requestsOf.get(id)?.at(-1);
    const { answered } = last ?? {};
    if (!isInDoubt || last === undefined || answered?.whole !== true) return [];
    const fencedAt = fences.findLast((fence) => fence.id === id && fence.at <= last.at)?.at ?? last.at;
    const took = answered.at - fencedAt;
    // A stand-in on a busy machine answers a bot that has just given up; a minute and more is a jump of time.
    if (took > GIVES_UP_AFTER_MS && took < JUMP_MS) return [];
    const isDefinite = answered.error === undefined ? last.executed : REFUSED.has(answered.error);
    const killedAt = killed.get(processOf(last.headers) ?? '');
    const wasKilled = killedAt !== undefined && killedAt >= answered.at && isBefore(killedAt, answered.at);
    if (!isDefinite || wasKilled || during(troubles, answered.at) || during(losses, answered.at)) return [];
    return [
      `${opportunity_id} (${id}) ended as ${state}, and AWS had answered: ${answered.error ?? 'accepted'}`,
    ];
  });
}

/** Refusals after which nothing of the deal's own state is asked. */
const REFUSED: ReadonlySet<string> = new Set([
  'ValidationException',
  'AccessDeniedException',
  'ResourceNotFoundException',
]);

/** How often AWS must have executed a record that ended like this. */
const EXECUTED: Readonly<Record<string, number>> = {
  submitted: 1,
  already_submitted: 0,
  refused: 0,
  not_seen: 0,
  changed: 0,
  cancelled: 0,
  expired: 0,
};

/** At most one request each time a record went through the fence, and none after one that took effect. */
function sentTwice(
  { records, fences, requests }: Evidence,
  sendings: ReadonlyMap<string, Sendings>,
): string[] {
  const counted = [...sendings.values()].reduce((sum, own) => sum + own.requests, 0);
  const unaccounted = requests.filter(({ refusedAs }) => refusedAs !== EXPIRED).length - counted;
  const opportunityOf = new Map([
    ...fences.map(({ id, opportunityId }): [string, string] => [id, opportunityId]),
    ...records.map(({ id, opportunity_id }): [string, string] => [id, opportunity_id]),
  ]);
  return [
    ...(unaccounted === 0 ? [] : [`${unaccounted} requests belong to no record`]),
    ...[...sendings].flatMap(([id, own]) => {
      const what = `${opportunityOf.get(id)} (${id})`;
      return [
        ...(own.requests > own.fences
          ? [`${what} was sent ${own.requests} times, for ${own.fences} passes of the fence`]
          : []),
        ...(own.executed > 1 ? [`${what} was executed ${own.executed} times`] : []),
        ...(own.afterExecuted > 0 ? [`${what} was sent again after AWS had executed it`] : []),
      ];
    }),
  ];
}

/** What a decision is called, by AWS's status. */
const DECISIONS: ReadonlyMap<string, string> = new Map([
  [outcomes.approved.headline, 'Approved'],
  [outcomes.rejected.headline, 'Rejected'],
  [outcomes.actionRequired.headline, 'Action Required'],
]);

/** No decision was told that AWS hadn't made by then. */
function neverDecided({ claims, followed, reviewed, records }: Evidence): string[] {
  const opportunityOf = new Map(records.map(({ id, opportunity_id }) => [id, opportunity_id]));
  return [
    ...followed,
    ...claims.map((claim) => ({
      ...claim,
      id: opportunityOf.get(claim.submissionId) ?? claim.opportunityId ?? '',
    })),
  ].flatMap(({ id, headline, at }) => {
    const status = DECISIONS.get(headline);
    const isMade = reviewed.some((review) => review.id === id && review.status === status && review.at <= at);
    return status === undefined || isMade
      ? []
      : [`"${headline}" was said of ${id}, and AWS had not decided so`];
  });
}

/** What the bot said was recorded is in a record; but for what no standby had when it took over. */
function lost({ promised, records, edits, losses }: Evidence): string[] {
  const forms = new Set<string | null>([
    ...records.flatMap(({ form_id, batch_id }) => [form_id, batch_id]),
    ...edits.map(({ form_id }) => form_id),
  ]);
  return [...promised]
    .filter(([form, at]) => !forms.has(form) && !losses.some(({ from, to }) => from <= at && at <= to))
    .map(([form, at]) => {
      const spans = losses.map(
        ({ from, to }) => `${new Date(from).toISOString()} to ${new Date(to).toISOString()}`,
      );
      return `"Recorded" was said of the form ${form} at ${new Date(at).toISOString()}, and there is no record; lost is what was committed ${spans.slice(-3).join(', ')}`;
    });
}

/** No open record, and no open edit, that nobody would ever look at again. */
const withoutFuture = ({ records, edits }: Evidence): string[] =>
  [...records, ...edits]
    .filter(({ state, due_at, lease_until }) => isOpen(state) && due_at === null && lease_until === null)
    .map(
      ({ id, opportunity_id, state }) =>
        `${opportunity_id} (${id}) is ${state}, and nobody will look at it again`,
    );

/** The open states of a submission and of an edit have the same names. */
