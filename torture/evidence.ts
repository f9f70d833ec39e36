import type { Selectable } from 'kysely';
import type { RecordedRequest } from '../demo/partner-central/stand-in.ts';
import type { RecordedCall } from '../demo/slack/stand-in.ts';
import type { EditTable, OutboxTable, RecordEventTable, SubmissionTable } from '../src/database/schema.ts';
import { digestTitle } from '../src/messages/kinds/digest.ts';
import type { World } from '../test/crash/world.ts';
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
  readonly edits: readonly Pick<
    Selectable<EditTable>,
    | 'id'
    | 'form_id'
    | 'opportunity_id'
    | 'state'
    | 'problem'
    | 'updated'
    | 'requested_at'
    | 'due_at'
    | 'lease_until'
  >[];
  /** Requests to UpdateOpportunity that took effect. */
  readonly updates: readonly Pick<RecordedRequest, 'body' | 'at'>[];
  /** Requests to SubmitOpportunity, as they arrived. */
  readonly requests: readonly Pick<RecordedRequest, 'body' | 'at' | 'executed' | 'refusedAs'>[];
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
  /** Form IDs of forms that the bot said were recorded. */
  readonly promised: ReadonlySet<string>;
}

/** Something that happened to an opportunity, at a moment of the clock (milliseconds). */
export interface Happened {
  readonly id: string;
  readonly at: number;
}

/** A message about one submission. */
export interface Claim {
  readonly submissionId: string;
  readonly headline: string;
  /** Milliseconds of the clock. */
  readonly at: number;
  /** The channel in which Slack took it as a new message. */
  readonly postedIn?: string | undefined;
}

export async function gather(
  { aws, slack, records, events, outbox, edits }: World,
  {
    elsewhere,
    movedBack,
    reviewed,
    promised,
    digestTime,
  }: Pick<Evidence, 'elsewhere' | 'movedBack' | 'reviewed' | 'promised' | 'digestTime'>,
): Promise<Evidence> {
  // In the order of consequence to cause: whatever happens while this reads, no claim is without its request,
  // no request without its record.
  const calls = slack.calls();
  const claims = calls.flatMap(claimOf);
  const followed = calls.flatMap(followedOf);
  const digests = calls.flatMap(digestOf);
  const promisedSoFar = new Set(promised);
  const requests = aws.requests('SubmitOpportunity');
  const updates = aws.requests('UpdateOpportunity').filter(({ executed }) => executed);
  return {
    claims,
    followed,
    digests,
    digestTime,
    promised: promisedSoFar,
    requests,
    updates,
    records: await records(),
    events: await events(),
    outbox: await outbox(),
    standing: standingIn(slack),
    edits: await edits(),
    elsewhere: [...elsewhere],
    movedBack: [...movedBack],
    reviewed: [...reviewed],
  };
}

/** The message of a submission: headline and ID for a text, the record's ID in its buttons. */
function claimOf({ method, arguments: said, ok, at }: RecordedCall): readonly Claim[] {
  if (method !== 'chat.postMessage' && method !== 'chat.update' && method !== 'response_url') return [];
  if (said.channel === FOLLOW_CHANNEL) return [];
  const [, headline] = /^(.*): O\d+$/s.exec(typeof said.text === 'string' ? said.text : '') ?? [];
  const [, submissionId] =
    /"action_id":"show_details"[^{}]*?"value":"([^"]+)"/.exec(JSON.stringify(said.blocks ?? '')) ?? [];
  if (headline === undefined || submissionId === undefined) return [];
  const isPosted = ok && method === 'chat.postMessage' && typeof said.channel === 'string';
  return [{ submissionId, headline, at, postedIn: isPosted ? String(said.channel) : undefined }];
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

/** Every request belongs to the last time, before it arrived, that a record of its opportunity went through the fence. */
export function sendingsOf({
  records,
  events,
  requests,
}: Pick<Evidence, 'records' | 'events' | 'requests'>): ReadonlyMap<string, Sendings> {
  const found = new Map(
    records.map(({ id }) => [id, { fences: 0, requests: 0, executed: 0, afterExecuted: 0 }]),
  );
  const opportunityOf = new Map(records.map(({ id, opportunity_id }) => [id, opportunity_id]));
  const fences = events
    .filter(({ to_state, from_state }) => to_state === 'sending' && from_state === 'requested')
    .map(({ record_id, at }) => ({ id: record_id, at: Date.parse(at) }))
    .sort((one, other) => one.at - other.at);
  for (const { id } of fences) {
    const own = found.get(id);
    if (own !== undefined) own.fences += 1;
  }
  for (const { body, at, executed, refusedAs } of requests) {
    // The client fetches new credentials and asks once more, under the same pass of the fence.
    if (refusedAs === EXPIRED) continue;
    const fence = fences.findLast(
      ({ id, at: passed }) => passed <= at && opportunityOf.get(id) === body.Identifier,
    );
    const own = found.get(fence?.id ?? '');
    if (own === undefined) continue;
    own.requests += 1;
    if (own.executed > 0) own.afterExecuted += 1;
    if (executed) own.executed += 1;
  }
  return found;
}

/** Everything that is known of one opportunity, in the order in which it happened; for whoever looks into a problem. */
export function accountOf(opportunityId: string, evidence: Evidence): readonly string[] {
  const { records, events, requests, claims, elsewhere, movedBack } = evidence;
  const own = new Set(
    records.filter((record) => record.opportunity_id === opportunityId).map(({ id }) => id),
  );
  const of = (happened: readonly Happened[], what: string) =>
    happened.filter(({ id }) => id === opportunityId).map(({ at }) => ({ at, what }));
  return [
    ...events
      .filter(({ record_id }) => own.has(record_id))
      .map(({ record_id, at, from_state, to_state }) => ({
        at: Date.parse(at),
        what: `record ${record_id}: ${from_state} → ${to_state}`,
      })),
    ...requests
      .filter(({ body }) => body.Identifier === opportunityId)
      .map(({ at, executed, refusedAs }) => ({
        at,
        what: `AWS gets a request: ${executed ? 'executed' : (refusedAs ?? 'not executed')}`,
      })),
    ...claims
      .filter(({ submissionId }) => own.has(submissionId))
      .map(({ at, headline, submissionId }) => ({
        at,
        what: `record ${submissionId}: "${headline}" is said`,
      })),
    ...of(elsewhere, 'submitted in Partner Central'),
    ...of(movedBack, 'moved back to Pending Submission'),
  ]
    .toSorted((one, other) => one.at - other.at)
    .map(({ at, what }) => `${new Date(at).toISOString()}  ${opportunityId}  ${what}`);
}
