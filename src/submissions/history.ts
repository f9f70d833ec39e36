import type { RecordEvent } from '../attempts/record.ts';
import type { Bot } from '../bot.ts';
import { explainEditEvent } from '../edits/explain.ts';
import type { OpportunityEvent } from '../opportunities/rows.ts';
import type { NotAllowed, Who } from '../permissions.ts';
import { customersOf } from './status.ts';
import { type Entry, FOUND_SET_BACK, type State } from './submission.ts';

/** An event, and what it says. */
export interface HistoryEvent extends Pick<RecordEvent<State>, 'at' | 'actor' | 'requestId'> {
  readonly what: string;
}

/** A part of a record's audit trail, oldest first. */
export type History =
  | NotAllowed
  | { readonly type: 'unknown-submission' }
  | {
      readonly type: 'history';
      readonly entry: Pick<Entry, 'id' | 'opportunityId'>;
      /** Undefined: they aren't to be named, or AWS's list isn't there. */
      readonly customer?: string | undefined;
      readonly events: readonly HistoryEvent[];
      /** How many came before `events`, and how many there are in all. */
      readonly offset: number;
      readonly total: number;
      /** Where the parts before and after this one begin. */
      readonly earlier: number | undefined;
      readonly later: number | undefined;
    };

/** Events in one answer: at their longest they still fit one message. */
const SHOWN = 15;

/**
 * What happened to an opportunity, for a person who may see it: the request that stands for it, AWS's review, and what
 * people here changed of it. `id`: of a submission, or of an opportunity's record.
 */
export async function history(
  bot: Pick<Bot, 'store' | 'edits' | 'permissions' | 'followChannel' | 'deals' | 'catalog'>,
  input: { readonly id: string; readonly offset: number; readonly who: Who },
): Promise<History> {
  const { store, edits, permissions, followChannel } = bot;
  const entry = await store.entry(input.id);
  if (entry === undefined) return { type: 'unknown-submission' };
  const permission = await permissions.ask(input.who, entry.channelId ?? followChannel);
  if (permission.type !== 'allowed') return permission;

  const { offset } = input;
  const until = offset + SHOWN;
  const { catalog, opportunityId, nationalSecurity } = entry;
  const [customerOf, own, reviews, changed] = await Promise.all([
    customersOf(bot),
    entry.state === 'elsewhere' ? { events: [], total: 0 } : store.trail(entry.id, until),
    store.reviewTrail(entry, until),
    edits.editTrail(catalog, opportunityId, until),
  ]);
  const requested = own.events.map((event) => ({ ...event, what: explainEvent(event, nationalSecurity) }));
  const reviewed = reviews.events.map((event) => ({ ...event, what: explainReviewEvent(event) }));
  const saved = changed.events.map((event) => ({
    ...event,
    what: explainEditEvent(event, event.fields, nationalSecurity),
  }));
  const events = inOrder<HistoryEvent>(inOrder<HistoryEvent>(requested, reviewed), saved).slice(
    offset,
    until,
  );
  const total = own.total + reviews.total + changed.total;
  return {
    type: 'history',
    entry,
    customer: customerOf(entry),
    events,
    offset,
    total,
    earlier: offset > 0 ? Math.max(0, offset - SHOWN) : undefined,
    later: until < total ? until : undefined,
  };
}

/**
 * Two trails as one, by time, each in the order in which it was written: a read that began just before AWS accepted the
 * submission is written down after that, with its own time.
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

/** An event of a submission's trail, in a line of plain text. Of a `redacted` deal the choices stay out. */
function explainEvent({ from, to, why }: RecordEvent<State>, redacted: boolean): string {
  switch (to) {
    case 'requested':
      if (from === null) return `Asked for it to be submitted${redacted ? '' : `: ${why}`}`;
      return `It did not go through and nothing was submitted (${why}); it goes out again by itself`;
    case 'sending':
      return 'Began to send the submission to AWS';
    case 'submitted':
      return 'AWS accepted it';
    case 'refused':
      return `Not accepted: ${why}`;
    case 'uncertain':
      return `It did not become known whether AWS has it (${why}); looking`;
    case 'not_seen':
      return 'AWS still showed Pending Submission; looking on once a day';
    case 'let_go':
      return 'Let it go: reading had not settled it for a day; looking on once a day';
    case 'already_submitted':
      if (from === 'sending') return 'Not accepted, and a read showed that AWS had it already';
      return from === 'requested' && why !== FOUND_SET_BACK
        ? 'AWS had it already, as the read before sending showed'
        : 'AWS had it, as a read showed; by this submission or another';
    case 'changed':
      return 'Not sent: the opportunity had changed since the form was shown';
    case 'cancelled':
      return 'Took it back before it was sent';
    case 'expired':
      return 'Dropped: it could not be sent within 24 hours';
  }
}

/** An event of the opportunity's own trail, in a line of plain text. */
function explainReviewEvent({ what, from, to = '' }: OpportunityEvent): string {
  if (what === 'owner') return 'Took it on; it had been submitted elsewhere';
  return from === undefined || from === '' ? `AWS's review: ${to}` : `AWS's review: ${to} (before: ${from})`;
}
