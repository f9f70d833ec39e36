import type { Selectable } from 'kysely';
import type { RecordedRequest } from '../demo/partner-central/stand-in.ts';
import type { RecordedCall } from '../demo/slack/stand-in.ts';
import type { EditTable, OutboxTable, RecordEventTable, SubmissionTable } from '../src/database/schema.ts';
import { digestTitle } from '../src/messages/kinds/digest.ts';
import type { World } from '../test/crash/world.ts';
import type { LogBook } from './logs.ts';
import { DIGEST_CHANNEL, FOLLOW_CHANNEL } from './places.ts';

/** What AWS got, what the bot wrote down, and what it said: three accounts of the same, to be compared. */
export interface Evidence {
  readonly records: readonly Pick<
    Selectable<SubmissionTable>,
    | 'id'
    | 'form_id'
    | 'batch_id'
    | 'opportunity_id'
    | 'state'
    | 'problem'
    | 'requested_at'
    | 'sending_at'
    | 'due_at'
    | 'lease_until'
  >[];
  readonly events: readonly Pick<
    Selectable<RecordEventTable>,
    'record_id' | 'at' | 'from_state' | 'to_state'
  >[];
  readonly outbox: readonly (Pick<
    Selectable<OutboxTable>,
    | 'id'
    | 'kind'
    | 'submission_id'
    | 'subject'
    | 'attempt'
    | 'revision'
    | 'told_revision'
    | 'last_error'
    | 'channel_id'
    | 'message_ts'
  > & { /** The opportunity that it is about. */ readonly opportunity: string | null })[];
  readonly edits: readonly (Pick<
    Selectable<EditTable>,
    | 'id'
    | 'form_id'
    | 'opportunity_id'
    | 'state'
    | 'problem'
    | 'updated'
    | 'then_submit'
    | 'requested_at'
    | 'due_at'
    | 'lease_until'
  > & {
    /** When the submission with the same form was recorded, as the same statement saw it; null: there is none. */
    readonly submitted_at: string | null;
  })[];
  /** By the bots' logs: submissions that passed the fence, and edits that were recorded. */
  readonly fences: LogBook['fences'];
  readonly editsRecorded: LogBook['editsRecorded'];
  /** Requests to UpdateOpportunity that took effect. */
  readonly updates: readonly Pick<RecordedRequest, 'body' | 'at'>[];
  /** Requests to SubmitOpportunity, as they arrived. */
  readonly requests: readonly Pick<
    RecordedRequest,
    'body' | 'headers' | 'at' | 'executed' | 'executedAt' | 'refusedAs' | 'answered'
  >[];
  /** By opportunity, when AWS told a bot that it refuses something of it: a read, or a submission. */
  readonly refusals: ReadonlyMap<string, readonly number[]>;
  /** Since when the standby heard nothing, and when it took over: what was committed between is lost. */
  readonly losses: readonly Span[];
  /** While the database was away, full, read-only or moving. */
  readonly troubles: readonly Span[];
  /** Bots that were killed, by their process. */
  readonly killed: ReadonlyMap<string, number>;
  /** At which moment of the machine (milliseconds) the clock showed this: between the two time may have been put forward. */
  readonly machineAt: (clock: number) => number;
  /** What AWS got without the bot, by the same clock. */
  readonly elsewhere: readonly Happened[];
  /** What AWS moved back to Pending Submission: nobody can see any more that it was submitted. */
  readonly movedBack: readonly Happened[];
  /** What the bot said, or tried to say, to everybody. */
  readonly claims: readonly Claim[];
  /** What AWS's reviewer decided, and others made up in the place of one. */
  readonly reviewed: readonly (Happened & { readonly status: string })[];
  /** Decisions that were told of what others submitted. */
  readonly followed: readonly (Happened & { readonly headline: string })[];
  /** When Slack took a digest (milliseconds of the clock), oldest first; and when one is due, as the setting says it. */
  readonly digests: readonly number[];
  readonly digestTime: string;
  /** What the bot's messages in channels say, by `placeKey`, but for those that were deleted. */
  readonly standing: ReadonlyMap<string, string>;
  /** Form IDs of forms that the bot said were recorded, and when it said so. */
  readonly promised: ReadonlyMap<string, number>;
}

/** From one moment of the clock to another (milliseconds). */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Something that happened to an opportunity, at a moment of the clock (milliseconds). */
export interface Happened {
  readonly id: string;
  readonly at: number;
}

/** A message about one submission. */
export interface Claim {
  /** A submission's record, or another's: of what was submitted elsewhere, of an edit. */
  readonly submissionId: string;
  readonly opportunityId?: string | undefined;
  readonly headline: string;
  /** What it says besides, as it is read. */
  readonly text: string;
  /** Milliseconds of the clock. */
  readonly at: number;
  /** The channel in which Slack took it as a new message. */
  readonly postedIn?: string | undefined;
}

/** What the run knows of itself. */
export type Known = Pick<
  Evidence,
  | 'elsewhere'
  | 'movedBack'
  | 'reviewed'
  | 'promised'
  | 'digestTime'
  | 'losses'
  | 'troubles'
  | 'killed'
  | 'machineAt'
  | 'fences'
  | 'editsRecorded'
>;

/** What AWS says no by, once and for all. */
const REFUSALS: ReadonlySet<string | undefined> = new Set([
  'ValidationException',
  'AccessDeniedException',
  'ResourceNotFoundException',
  'ConflictException',
]);

/** @param known read after everything else: what the logs say of a request comes before the request. */
export function createGather(
  { aws, slack, records, events, outbox, edits }: World,
  known: () => Known,
): () => Promise<Evidence> {
  /** Of calls that were looked at before. */
  const claimed = new WeakMap<RecordedCall, readonly Claim[]>();
  const claimsOf = (call: RecordedCall): readonly Claim[] => {
    const before = claimed.get(call);
    if (before !== undefined) return before;
    const claims = claimOf(call);
    claimed.set(call, claims);
    return claims;
  };
  return async () => {
    // In the order of consequence to cause: whatever happens while this reads, no claim is without its request,
    // no request without its record.
    const calls = slack.calls();
    const promised = new Map(known().promised);
    const requests = aws.requests('SubmitOpportunity');
    const updates = aws.requests('UpdateOpportunity').filter(({ executed }) => executed);
    const refusals = Map.groupBy(
      aws
        .requests()
        .flatMap(({ body, answered }) =>
          answered !== undefined && REFUSALS.has(answered.error)
            ? [{ id: String(body.Identifier ?? body.RelatedOpportunityIdentifier), at: answered.at }]
            : [],
        ),
      ({ id }) => id,
    );
    return {
      claims: calls.flatMap(claimsOf),
      followed: calls.flatMap(followedOf),
      digests: calls.flatMap(digestOf),
      requests,
      updates,
      refusals: new Map([...refusals].map(([id, all]) => [id, all.map(({ at }) => at)])),
      records: await records(),
      events: await events(),
      outbox: await outbox(),
      standing: standingIn(slack),
      edits: await edits(),
      ...known(),
      promised,
    };
  };
}

/** The message of a submission: headline and ID for a text, the record's ID in its buttons. */
function claimOf({ method, arguments: said, ok, at }: RecordedCall): readonly Claim[] {
  if (method !== 'chat.postMessage' && method !== 'chat.update' && method !== 'response_url') return [];
  if (said.channel === FOLLOW_CHANNEL) return [];
  const [, headline, opportunityId] =
    /^(.*): (O\d+)$/s.exec(typeof said.text === 'string' ? said.text : '') ?? [];
  const blocks = JSON.stringify(said.blocks ?? '');
  const [, submissionId] = /"action_id":"show_details"[^{}]*?"value":"([^"]+)"/.exec(blocks) ?? [];
  if (headline === undefined || submissionId === undefined) return [];
  const isPosted = ok && method === 'chat.postMessage' && typeof said.channel === 'string';
  const text = [...blocks.matchAll(/"type":"section","text":\{"type":"mrkdwn","text":"((?:[^"\\]|\\.)*)"/g)]
    .map(([, section = '']) => section)
    .join('\n');
  return [
    {
      submissionId,
      opportunityId,
      headline,
      text,
      at,
      postedIn: isPosted ? String(said.channel) : undefined,
    },
  ];
}

/** A decision on what others submitted: there is no record of it. */
function followedOf({ arguments: said, at }: RecordedCall): Evidence['followed'] {
  const [, headline, id] = /^(.*): (O\d+)$/s.exec(typeof said.text === 'string' ? said.text : '') ?? [];
  const isOne = said.channel === FOLLOW_CHANNEL && headline !== undefined && id !== undefined;
  return isOne ? [{ id, headline, at }] : [];
}

const digestOf = ({ method, arguments: said, ok, at }: RecordedCall): readonly number[] =>
  method === 'chat.postMessage' && said.channel === DIGEST_CHANNEL && said.text === digestTitle && ok
    ? [at]
    : [];

/** A message's place, as a key. */
export const placeKey = (channel: string, ts: string): string => `${channel} ${ts}`;

const standingIn = (slack: World['slack']): Evidence['standing'] =>
  new Map(
    slack
      .channels()
      .flatMap(({ id }) => slack.messages(id))
      .filter(({ user, deleted }) => user === slack.botUserId && !deleted)
      .map(({ channel, ts, text }) => [placeKey(channel, ts), text]),
  );

/** What became of one record at AWS. */
export interface Sendings {
  /** How often it went through the fence. */
  fences: number;
  /** Requests that arrived, but for those that AWS didn't look at because their credentials had expired. */
  requests: number;
  /** Those of them that took effect. */
  executed: number;
  /** Requests that arrived after one that took effect. */
  afterExecuted: number;
}

export const EXPIRED = 'ExpiredTokenException';

/**
 * Every request belongs to the last time, before it arrived, that a record of its opportunity went through the fence.
 * Both ways: what became of each record, and whose each request was.
 */
export function sendingsOf({
  records,
  fences,
  requests,
}: Pick<Evidence, 'records' | 'fences' | 'requests'>): {
  readonly byRecord: ReadonlyMap<string, Sendings>;
  readonly requestsOf: ReadonlyMap<string, Evidence['requests']>;
} {
  const none = { fences: 0, requests: 0, executed: 0, afterExecuted: 0 };
  const byRecord = new Map([...records, ...fences].map(({ id }): [string, Sendings] => [id, { ...none }]));
  const requestsOf = new Map<string, Evidence['requests'][number][]>();
  for (const { id } of fences) {
    const own = byRecord.get(id);
    if (own !== undefined) own.fences += 1;
  }
  const byOpportunity = Map.groupBy(
    fences.toSorted((one, other) => one.at - other.at),
    ({ opportunityId }) => opportunityId,
  );
  for (const request of requests) {
    const { body, at, executed, refusedAs } = request;
    const fence = byOpportunity.get(String(body.Identifier))?.findLast(({ at: passed }) => passed <= at);
    if (fence === undefined) continue;
    requestsOf.set(fence.id, [...(requestsOf.get(fence.id) ?? []), request]);
    const own = byRecord.get(fence.id);
    // The client fetches new credentials and asks once more, under the same pass of the fence.
    if (own === undefined || refusedAs === EXPIRED) continue;
    own.requests += 1;
    if (own.executed > 0) own.afterExecuted += 1;
    if (executed) own.executed += 1;
  }
  return { byRecord, requestsOf };
}

/** The process that sent a request, as it says itself. */
export const processOf = (headers: Evidence['requests'][number]['headers']): string | undefined =>
  /\|(\d+)\b/.exec(headers['x-amzn-user-agent'] ?? '')?.[1];

/** What happened to processes and to the database. */
const machinesIn = ({ killed, troubles, losses }: Evidence) => [
  ...[...killed].map(([process, at]) => ({ at, what: `process ${process} is killed` })),
  ...troubles.flatMap(({ from, to }) => [
    { at: from, what: 'from here on the database is in trouble' },
    { at: to, what: 'the database is well again' },
  ]),
  ...losses.flatMap(({ from, to }) => [
    { at: from, what: 'from here on the standby hears nothing' },
    { at: to, what: 'the standby takes over' },
  ]),
];

/** Everything that is known of one opportunity, in the order in which it happened; for whoever looks into a problem. */
export function accountOf(opportunityId: string, evidence: Evidence): readonly string[] {
  const { records, events, requests, claims, elsewhere, movedBack } = evidence;
  const own = new Set(
    records.filter((record) => record.opportunity_id === opportunityId).map(({ id }) => id),
  );
  const of = (happened: readonly Happened[], what: string) =>
    happened.filter(({ id }) => id === opportunityId).map(({ at }) => ({ at, what }));
  const account = [
    ...events
      .filter(({ record_id }) => own.has(record_id))
      .map(({ record_id, at, from_state, to_state }) => ({
        at: Date.parse(at),
        what: `record ${record_id}: ${from_state} → ${to_state}`,
      })),
    ...requests
      .filter(({ body }) => body.Identifier === opportunityId)
      .map(({ at, executed, executedAt, refusedAs, answered, headers }) => ({
        at,
        what: `AWS gets a request of process ${processOf(headers)}: ${executed ? `executed${executedAt === undefined ? '' : ` at ${new Date(executedAt).toISOString()}`}` : (refusedAs ?? 'not executed')}, ${answered === undefined ? 'no answer' : `answered ${answered.error ?? answered.status} at ${new Date(answered.at).toISOString()}`}`,
      })),
    ...evidence.fences
      .filter((fence) => fence.opportunityId === opportunityId)
      .map(({ id, at }) => ({ at, what: `record ${id}: passes the fence` })),
    ...claims
      .filter(({ submissionId }) => own.has(submissionId))
      .map(({ at, headline, submissionId }) => ({
        at,
        what: `record ${submissionId}: "${headline}" is said`,
      })),
    ...of(elsewhere, 'submitted in Partner Central'),
    ...of(movedBack, 'moved back to Pending Submission'),
  ];
  const [from, to] = [Math.min(...account.map(({ at }) => at)), Math.max(...account.map(({ at }) => at))];
  return [...account, ...machinesIn(evidence).filter(({ at }) => from <= at && at <= to)]
    .toSorted((one, other) => one.at - other.at)
    .map(({ at, what }) => `${new Date(at).toISOString()}  ${opportunityId}  ${what}`);
}
