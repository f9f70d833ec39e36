import type { RecordEvent } from '../attempts/record.ts';
import type { Bot } from '../bot.ts';
import { explainEditEvent } from '../edits/explain.ts';
import { type NotAllowed, notAllowed, type Who } from '../permissions.ts';
import { customersOf } from './status.ts';
import type { Entry, State } from './submission.ts';

export const historyWords = {
  /** Words of a record's history: what happened, in a line each. `why` is our own reason or AWS's code. */
  title: (id: string): string => `History of ${id}`,
  thisBot: 'the bot',
  aws: 'AWS',
  shows: (from: number, to: number, total: number): string => `${from} to ${to} of ${total}`,
  earlier: 'Earlier',
  later: 'Later',
  timesAreYours: 'Oldest first, in your time zone.',
  requested: (choices: string | undefined): string =>
    `Asked for it to be submitted${choices === undefined ? '' : `: ${choices}`}`,
  sending: 'Began to send the submission to AWS',
  accepted: 'AWS accepted it',
  refused: (why: string): string => `Not accepted: ${why}`,
  waitsAgain: (why: string): string =>
    `It did not go through and nothing was submitted (${why}); it goes out again by itself`,
  uncertain: (why: string): string => `It did not become known whether AWS has it (${why}); looking`,
  notSeen: 'AWS still showed Pending Submission; looking on once a day',
  letGo: 'Let it go: reading had not settled it for a day; looking on once a day',
  alreadySubmitted: 'AWS had it already, as the read before sending showed',
  refusedAtAws: 'Not accepted, and a read showed that AWS had it already',
  takenOn: 'Took it on; it had been submitted elsewhere',
  foundOtherwise: 'AWS had it, as a read showed; by this submission or another',
  changed: 'Not sent: the opportunity had changed since the form was shown',
  cancelled: 'Took it back before it was sent',
  expired: 'Dropped: it could not be sent within 24 hours',
  review: (before: string | undefined, now: string): string =>
    before === undefined || before === ''
      ? `AWS's review: ${now}`
      : `AWS's review: ${now} (before: ${before})`,
};

/** An event, and what it says. */
export interface Told extends Pick<RecordEvent<State>, 'at' | 'actor' | 'requestId'> {
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

/**
 * What happened to an opportunity, for a person who may see it: the request that stands for it, AWS's review, and what
 * people here changed of it. `id`: of a submission, or of an opportunity's record.
 */
export async function history(
  {
    store,
    edits,
    permissions,
    followChannel,
    deals,
  }: Pick<Bot, 'store' | 'edits' | 'permissions' | 'followChannel' | 'deals'>,
  input: { readonly id: string; readonly offset: number; readonly who: Who },
): Promise<History> {
  const entry = await store.entry(input.id);
  if (entry === undefined) return { type: 'unknown-submission' };
  const instead = notAllowed(await permissions.ask(input.who, entry.channelId ?? followChannel));
  if (instead !== undefined) return instead;

  const { offset } = input;
  const until = offset + SHOWN;
  const { catalog, opportunityId, nationalSecurity } = entry;
  const [customerOf, own, reviews, changed] = await Promise.all([
    customersOf({ deals }),
    entry.state === 'elsewhere' ? { events: [], total: 0 } : store.trail(entry.id, until),
    store.reviewTrail(entry, until),
    edits.editTrail(catalog, opportunityId, until),
  ]);
  const requested = own.events.map((event) => ({ ...event, what: explainEvent(event, nationalSecurity) }));
  const reviewed = reviews.events.map(({ what, from, to, ...event }) => ({
    ...event,
    what: what === 'owner' ? historyWords.takenOn : historyWords.review(from, to ?? ''),
  }));
  const saved = changed.events.map((event) => ({
    ...event,
    what: explainEditEvent(event, event.fields, nationalSecurity),
  }));
  const events = inOrder<Told>(inOrder<Told>(requested, reviewed), saved).slice(offset, until);
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

/** An event of the audit trail in plain words, on a line; plain text. Of a `redacted` deal the choices stay out. */
function explainEvent({ from, to, why }: RecordEvent<State>, redacted: boolean): string {
  switch (to) {
    case 'requested':
      return from === null
        ? historyWords.requested(redacted ? undefined : why)
        : historyWords.waitsAgain(why);
    case 'sending':
      return historyWords.sending;
    case 'submitted':
      return historyWords.accepted;
    case 'refused':
      return historyWords.refused(why);
    case 'uncertain':
      return historyWords.uncertain(why);
    case 'not_seen':
      return historyWords.notSeen;
    case 'let_go':
      return historyWords.letGo;
    case 'already_submitted':
      if (from === 'sending') return historyWords.refusedAtAws;
      return from === 'requested' ? historyWords.alreadySubmitted : historyWords.foundOtherwise;
    case 'changed':
      return historyWords.changed;
    case 'cancelled':
      return historyWords.cancelled;
    case 'expired':
      return historyWords.expired;
  }
}
