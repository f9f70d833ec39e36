import * as words from '../words/history.ts';
import type { AuditEvent } from './audit.ts';
import type { Changes } from './changes/changes.ts';
import { explainChangeEvent } from './changes/explain-change.ts';
import { explainEvent } from './explain-event.ts';
import type { Permissions, Who } from './permissions.ts';
import { type FindDependencies, find } from './review/found.ts';
import type { Review } from './review/reviews.ts';
import type { NotTold } from './standing.ts';
import type { Store } from './store.ts';
import type { Submission } from './submission.ts';

/** An event, and what it says. */
export interface Told extends Pick<AuditEvent, 'at' | 'actor' | 'requestId'> {
  readonly what: string;
}

/** A part of a record's audit trail, oldest first. */
export type History =
  | NotTold
  | { readonly type: 'unknown-submission' }
  | {
      readonly type: 'history';
      readonly submission: Pick<Submission, 'id' | 'opportunityId'>;
      readonly events: readonly Told[];
      /** How many came before `events`, and how many there are in all. */
      readonly offset: number;
      readonly total: number;
      /** Where the parts before and after this one begin. */
      readonly earlier: number | undefined;
      readonly later: number | undefined;
    };

/** Events in one answer: with everything as long as it can be they still fit one message. */
const SHOWN = 15;

/** A record's trail, for a person who may see it. */
export async function history(
  input: { readonly submissionId: string; readonly offset: number; readonly who: Who },
  dependencies: FindDependencies & {
    readonly permissions: Permissions;
    readonly changes: Pick<Changes, 'changeTrail'>;
  },
): Promise<History> {
  const { store, changes, permissions } = dependencies;
  const found = await find(input.submissionId, dependencies);
  if (found === undefined) return { type: 'unknown-submission' };
  const permission = await permissions.ask(input.who, found.channelId);
  if (permission.allowed === 'unknown') return { type: 'permission-unknown' };
  if (!permission.allowed) return { type: 'not-permitted', why: permission.why };

  const { offset } = input;
  const part = { offset, limit: SHOWN };
  const { submission, events, total } =
    found.type === 'submission'
      ? await submissionTrail({ store, changes }, found.submission, part)
      : await elsewhereTrail(store, found.review, part);
  return {
    type: 'history',
    submission,
    events,
    offset,
    total,
    earlier: offset > 0 ? Math.max(0, offset - SHOWN) : undefined,
    later: offset + events.length < total ? offset + SHOWN : undefined,
  };
}

interface Trail extends Pick<Extract<History, { type: 'history' }>, 'submission' | 'events' | 'total'> {}
interface Part {
  readonly offset: number;
  readonly limit: number;
}

/** Its own events, and those of the changes that people saved here of the same opportunity, in the order of time. */
async function submissionTrail(
  { store, changes }: { readonly store: Store; readonly changes: Pick<Changes, 'changeTrail'> },
  submission: Submission,
  { offset, limit }: Part,
): Promise<Trail> {
  const { catalog, opportunityId, nationalSecurity } = submission;
  const until = offset + limit;
  const [own, changed] = await Promise.all([
    store.trail(submission.id, { offset: 0, limit: until }),
    changes.changeTrail(catalog, opportunityId, until),
  ]);
  const told = inOrder<Told>(
    own.events.map((event) => ({ ...event, what: explainEvent(event, nationalSecurity) })),
    changed.events.map((event) => ({
      ...event,
      what: explainChangeEvent(event, event.fields, nationalSecurity),
    })),
  );
  return { submission, events: told.slice(offset, until), total: own.total + changed.total };
}

/**
 * Two trails as one, by time; each keeps the order in which it was written: a read that was asked for just before AWS
 * accepted the submission is written down after that, with its own time.
 */
export function inOrder<Event extends { readonly at: Date }>(
  one: readonly Event[],
  other: readonly Event[],
): Event[] {
  const waiting = [...other];
  const merged = one.flatMap((event) => {
    const until = waiting.findIndex(({ at }) => at >= event.at);
    return [...waiting.splice(0, until < 0 ? waiting.length : until), event];
  });
  return [...merged, ...waiting];
}

/** Of an opportunity that this bot didn't submit it knows the steps of AWS's review, from when it first looked. */
async function elsewhereTrail(store: Store, review: Review, part: Part): Promise<Trail> {
  const { events, total } = await store.reviewTrail(review.id, part);
  return {
    submission: review,
    events: events.map(({ at, from, to }) => ({
      at,
      actor: 'aws',
      what: words.review(from, to),
      requestId: undefined,
    })),
    total,
  };
}
