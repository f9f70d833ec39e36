import type { AuditEvent } from './audit.ts';
import { explainEvent } from './explain-event.ts';
import type { Permissions, Who } from './permissions.ts';
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
      readonly submission: Submission;
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
  { store, permissions }: { readonly store: Store; readonly permissions: Permissions },
): Promise<History> {
  const submission = await store.find(input.submissionId);
  if (submission === undefined) return { type: 'unknown-submission' };
  // By the channel it was asked for in: the button may stand in a DM.
  const permission = await permissions.ask(input.who, submission.channelId);
  if (permission.allowed === 'unknown') return { type: 'permission-unknown' };
  if (!permission.allowed) return { type: 'not-permitted', why: permission.why };

  const { offset } = input;
  const { events, total } = await store.trail(submission.id, { offset, limit: SHOWN });
  return {
    type: 'history',
    submission,
    events: events.map((event) => ({ ...event, what: explainEvent(event, submission.nationalSecurity) })),
    offset,
    total,
    earlier: offset > 0 ? Math.max(0, offset - SHOWN) : undefined,
    later: offset + events.length < total ? offset + SHOWN : undefined,
  };
}
