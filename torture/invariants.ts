import { isOpenState as isOpen } from '../src/attempts/sendable.ts';
import * as doubts from '../src/submissions/doubt-outcomes.ts';
import * as outcomes from '../src/submissions/outcomes.ts';
import { untrueOfBatches } from './batches.ts';
import { savedInSecret, savedTwice } from './edits.ts';
import { type Claim, type Evidence, EXPIRED, type Sendings, sendingsOf } from './evidence.ts';
import { untimely } from './reminders.ts';

/** What must hold at every moment, whatever has happened. Answers what doesn't, in words. */
export function problemsIn(evidence: Evidence): readonly string[] {
  const sendings = sendingsOf(evidence);
  return [
    ...sentTwice(evidence, sendings),
    ...untrue(evidence, sendings),
    ...neverDecided(evidence),
    ...lost(evidence),
    ...savedTwice(evidence),
    ...withoutFuture(evidence),
    ...untimely(evidence),
  ];
}

/** What must hold besides once there is nothing more to do. */
export function problemsAtTheEnd(evidence: Evidence): readonly string[] {
  const sendings = sendingsOf(evidence);
  const { records, edits, outbox } = evidence;
  return [
    ...problemsIn(evidence),
    ...untrueOfBatches(evidence),
    ...savedInSecret(evidence),
    ...[...records, ...edits]
      .filter(({ state }) => isOpen(state))
      .map(({ id, opportunity_id, state }) => `${opportunity_id} (${id}) is still ${state}`),
    ...outbox
      .filter((message) => message.told_revision !== message.revision)
      .map(({ id, kind, last_error }) => `a message (${kind} ${id}) is untold: ${last_error}`),
    ...records.flatMap(({ id, opportunity_id, state, problem }) => {
      const executed = sendings.get(id)?.executed ?? 0;
      const expected = EXECUTED[state];
      const isHidden =
        state === 'not_seen' && evidence.movedBack.some((moved) => moved.id === opportunity_id);
      // Concluded by reading: nobody is credited with what AWS has.
      const mayBeOurs = state === 'already_submitted' && (problem ?? '').includes('in-doubt');
      if (expected === undefined || mayBeOurs || isHidden || executed === expected) return [];
      return [`${opportunity_id} (${id}) is ${state}, and AWS executed it ${executed} times`];
    }),
  ];
}

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
function sentTwice({ records, requests }: Evidence, sendings: ReadonlyMap<string, Sendings>): string[] {
  const counted = [...sendings.values()].reduce((sum, own) => sum + own.requests, 0);
  const unaccounted = requests.filter(({ refusedAs }) => refusedAs !== EXPIRED).length - counted;
  return [
    ...(unaccounted === 0 ? [] : [`${unaccounted} requests belong to no record`]),
    ...records.flatMap(({ id, opportunity_id }) => {
      const own = sendings.get(id);
      if (own === undefined) return [];
      const what = `${opportunity_id} (${id})`;
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

const foundAtAws = (ours: 'not-sent' | 'in-doubt'): string =>
  doubts.foundAtAws(ours, { choices: [], review: undefined }).headline;

/** Says that AWS has it: by this request, or at all. */
const AWS_HAS_IT = new Set<string>([
  outcomes.approvalPending.headline,
  outcomes.inReview.headline,
  outcomes.approved.headline,
  outcomes.rejected.headline,
  outcomes.actionRequired.headline,
  outcomes.otherStatus('On hold').headline,
  outcomes.backToPending.headline,
  foundAtAws('not-sent'),
  foundAtAws('in-doubt'),
]);
/** Says that AWS doesn't have it from this request, and won't. */
const NOT_FROM_THIS = new Set<string>([
  foundAtAws('not-sent'),
  doubts.notSeen.headline,
  outcomes.changed.headline,
  outcomes.cancelled.headline,
  outcomes.expired('unknown').headline,
  outcomes.notPermitted.headline,
  outcomes.validation.fields.headline,
  outcomes.notFound('', '').headline,
  outcomes.accessDenied(true).headline,
  outcomes.accessDenied(false).headline,
  outcomes.refusedOtherwise.headline,
]);

/** Of these, what rests on what AWS showed later. */
const CONCLUDED_BY_READING = new Set<string>([doubts.notSeen.headline]);

/** Every message ever shown is held against what AWS had got by then, and against what it got ever. */
function untrue(evidence: Evidence, sendings: ReadonlyMap<string, Sendings>): string[] {
  const { claims, records, requests, elsewhere, movedBack } = evidence;
  const opportunityOf = new Map(records.map(({ id, opportunity_id }) => [id, opportunity_id]));
  const hadIt = ({ submissionId, at }: Claim): boolean => {
    const opportunityId = opportunityOf.get(submissionId);
    return (
      requests.some(
        (request) => request.executed && request.body.Identifier === opportunityId && request.at <= at,
      ) || elsewhere.some((other) => other.id === opportunityId && other.at <= at)
    );
  };
  /** What was submitted and moved back before somebody looked: nobody can tell it from what never was. */
  const nobodyCanSee = ({ submissionId, headline, at }: Claim): boolean =>
    CONCLUDED_BY_READING.has(headline) &&
    movedBack.some((moved) => moved.id === opportunityOf.get(submissionId) && moved.at <= at);
  return claims.flatMap((claim) => {
    const { submissionId, headline } = claim;
    const what = `"${headline}" was said of ${opportunityOf.get(submissionId)} (${submissionId})`;
    if (!opportunityOf.has(submissionId)) {
      // News of an edit isn't about a submission.
      return AWS_HAS_IT.has(headline) || NOT_FROM_THIS.has(headline)
        ? [`${what}, which is in no record`]
        : [];
    }
    return [
      ...(AWS_HAS_IT.has(headline) && !hadIt(claim) ? [`${what}, and AWS had not got it`] : []),
      ...(NOT_FROM_THIS.has(headline) &&
      (sendings.get(submissionId)?.executed ?? 0) > 0 &&
      !nobodyCanSee(claim)
        ? [`${what}, and AWS executed it`]
        : []),
    ];
  });
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
    ...claims.map((claim) => ({ ...claim, id: opportunityOf.get(claim.submissionId) ?? '' })),
  ].flatMap(({ id, headline, at }) => {
    const status = DECISIONS.get(headline);
    const isMade = reviewed.some((review) => review.id === id && review.status === status && review.at <= at);
    return status === undefined || isMade
      ? []
      : [`"${headline}" was said of ${id}, and AWS had not decided so`];
  });
}

/** What the bot said was recorded is in a record. */
function lost({ promised, records, edits }: Evidence): string[] {
  const forms = new Set<string | null>([
    ...records.flatMap(({ form_id, batch_id }) => [form_id, batch_id]),
    ...edits.map(({ form_id }) => form_id),
  ]);
  return [...promised]
    .filter((form) => !forms.has(form))
    .map((form) => `"Recorded" was said of the form ${form}, and there is no record`);
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
