import type { NotAllowed } from '../../permissions.ts';
import type { Cancelled, LetGo, RestCancelled, TriedNow } from '../../submissions/request.ts';
import { type Message, notAllowedMessage, saying } from '../blocks/elements.ts';
import { unknownSubmission } from '../text.ts';

type Outcome = Cancelled | TriedNow | LetGo;

const SAID: Readonly<Record<Exclude<Outcome['type'], NotAllowed['type']>, string>> = {
  'unknown-submission': unknownSubmission,
  cancelled: 'Taken back: it was not sent.',
  'too-late': "It's too late to take it back: it isn't waiting any more. The message says what comes of it.",
  'only-saved':
    'Nothing is submitted. The changes went out to AWS before that; you are told what comes of them.',
  'perhaps-sent':
    "It can't be taken back now: the bot's records were set back, and it isn't known whether it was sent. The message says how it stands.",
  due: 'Trying now. The message says what comes of it.',
  'just-now': 'It was tried just now. Give it a few seconds.',
  'not-waiting': "It isn't waiting for AWS any more. The message says how it stands.",
  'let-go': 'Let go. It can be submitted anew; we look once a day whether AWS has it after all.',
  'not-to-let-go':
    'There is nothing to let go: it is settled, or reading may still settle it. The message says how it stands.',
};

/** The answer to *Cancel*, *Try now* and *Let it go*, for the person who pressed it. */
export const pressedMessage = (outcome: Outcome): Message =>
  outcome.type === 'not-permitted' || outcome.type === 'permission-unknown'
    ? notAllowedMessage(outcome)
    : saying(SAID[outcome.type]);

/** The answer to *Cancel the rest*, for the person who pressed it. */
export function restCancelledMessage(cancelled: RestCancelled): Message {
  switch (cancelled.type) {
    case 'cancelled':
      return saying(restCancelled(cancelled.count));
    case 'unknown-batch':
      return saying(
        'This bot has no record of these submissions any more. Partner Central shows where the opportunities stand.',
      );
    default:
      return notAllowedMessage(cancelled);
  }
}

function restCancelled(count: number): string {
  if (count === 0) {
    return "It's too late: all of them have already been sent, or are being sent right now. The message says what comes of them.";
  }
  return `Taken back: ${count} ${count === 1 ? 'opportunity was' : 'opportunities were'} not sent.`;
}
