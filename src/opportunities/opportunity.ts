import type { Catalog } from '../aws/terms.ts';
import { isDecision, isWithAws, type ReviewStatusName, reviewStatus } from '../aws/terms.ts';

/** AWS's review of an opportunity, as last read. */
export interface Review {
  /** One that isn't known in AWS's own spelling; undefined: nothing was read that holds. */
  readonly reviewStatus: string | undefined;
  readonly reviewReadAt: Date | undefined;
  /** When it became this one; undefined: before this bot looked. */
  readonly reviewChangedAt: Date | undefined;
}

/** Who works on an opportunity here, and where. */
export interface Owner {
  readonly teamId: string;
  readonly userId: string;
  readonly channelId: string;
  /** The thread there; undefined: in the channel itself. */
  readonly threadTs: string | undefined;
}

/** An opportunity that no request of ours stands for: it was submitted elsewhere, nobody here knows by whom. */
export interface Elsewhere extends Review, Partial<Owner> {
  readonly state: 'elsewhere';
  /** Its row's. */
  readonly id: string;
  readonly catalog: Catalog;
  readonly opportunityId: string;
  /** As far as is known: no list says it. */
  readonly nationalSecurity: boolean;
  /** When somebody took it on here, else when it was first seen. */
  readonly requestedAt: Date;
}

/** The same with somebody who works on it here. */
export type TakenOn = Elsewhere & Owner;

export const isTakenOn = (entry: Elsewhere): entry is TakenOn => entry.userId !== undefined;

/** The parts of the home tab and of `status`: what asks the same of a person. `settled`: in none. */
export type PartName = 'needs' | 'waiting' | 'decided';
export const PARTS = ['needs', 'waiting', 'decided', 'settled'] as const;
export type Part = (typeof PARTS)[number];

/**
 * What a request of ours means for its opportunity: AWS may get it, hasn't shown it, may have it though nobody waits for
 * that any more, has it, or won't get it.
 */
export type Standing = 'open' | 'not-seen' | 'let-go' | 'at-aws' | 'failed' | 'cancelled';

/** A request of ours, as far as it matters for its opportunity. Moments are ISO 8601 texts. */
export interface RequestOf {
  readonly id: string;
  readonly teamId: string;
  readonly userId: string;
  readonly standing: Standing;
  readonly requestedAt: string;
  readonly changedAt: string;
}

/** What is known of an opportunity besides the requests. */
export interface Known {
  readonly seen_at: string;
  readonly review_status: string | null;
  readonly review_changed_at: string | null;
  readonly owner_user_id: string | null;
  readonly owned_at: string | null;
}

/** Where an opportunity is shown, whose it is, and since when. Moments are ISO 8601 texts. */
export interface Place {
  readonly submission_id: string | null;
  readonly user_id: string | null;
  readonly part: Part;
  readonly since: string;
  readonly decided_at: string | null;
}

/** Where an opportunity belongs, by its requests (newest first) and what is known of it. */
export function placeOf(requests: readonly RequestOf[], known: Known): Place {
  const request = requestThatCounts(requests, known);
  const part = partOf(request, known);
  return {
    submission_id: request?.id ?? null,
    user_id: request?.userId ?? known.owner_user_id,
    part,
    since: request?.requestedAt ?? known.owned_at ?? known.seen_at,
    decided_at: part === 'decided' ? (known.review_changed_at ?? request?.changedAt ?? known.owned_at) : null,
  };
}

/**
 * Which request stands for an opportunity; undefined: none, it was submitted elsewhere. It is the newest. But what AWS
 * has keeps its place against one that came to nothing: the review is its own. Where AWS has moved it back the newest is
 * what there is; and where AWS has it only since that one came to nothing, it is somebody else's.
 */
function requestThatCounts(requests: readonly RequestOf[], known: Known): RequestOf | undefined {
  const [newest] = requests;
  if (newest === undefined || !cameToNothing(newest)) return newest;
  if (statusOf(known) === 'Pending Submission') return newest;
  const since = isReviewed(known.review_status) && (known.review_changed_at ?? '') > newest.changedAt;
  return requestAtAws(requests) ?? (since || known.owner_user_id !== null ? undefined : newest);
}

/** AWS won't get it from this request any more. */
export const cameToNothing = ({ standing }: RequestOf): boolean =>
  standing === 'failed' || standing === 'cancelled';

/** The newest request that AWS has, as far as is known. */
export const requestAtAws = (requests: readonly RequestOf[]): RequestOf | undefined =>
  requests.find(({ standing }) => standing === 'at-aws');

function partOf(request: RequestOf | undefined, known: Known): Part {
  switch (request?.standing) {
    case 'open':
      return 'waiting';
    case 'not-seen':
    case 'failed':
      return 'needs';
    case 'cancelled':
    case 'let-go':
      return 'settled';
    case 'at-aws':
    case undefined:
      return partAtAws(known, request !== undefined || known.owner_user_id !== null);
  }
}

function partAtAws(known: Known, isSomebodys: boolean): Part {
  const status = statusOf(known);
  if (status === 'Approved' || status === 'Rejected') return 'decided';
  if (status !== undefined && isDecision(status)) return 'needs';
  // Not submitted, as far as AWS says.
  return isSomebodys || isReviewed(known.review_status) ? 'waiting' : 'settled';
}

const statusOf = ({ review_status }: Known): ReviewStatusName | undefined =>
  review_status === null ? undefined : reviewStatus(review_status).status;

/** Whether AWS shows that an opportunity was submitted, by whomever; by its status, which one that is null has lost. */
export function isReviewed(shown: string | null | undefined): boolean {
  const { status } = reviewStatus(shown ?? undefined);
  return status !== 'Pending Submission' && status !== 'none';
}

/** The same for certain: no unknown status proves it. */
export function hasBeenWithAws(shown: string | undefined): boolean {
  const { status } = reviewStatus(shown);
  return isWithAws(status) || status === 'Action Required';
}
