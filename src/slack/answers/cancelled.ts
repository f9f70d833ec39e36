import type { Cancelled, LetGo, RestCancelled, TriedNow } from '../../submissions/request.ts';
import type { Message } from '../blocks/elements.ts';
import { refusalText, saying } from '../blocks/elements.ts';
import { permissionUnknown } from '../forms/modal.ts';
import * as words from '../words.ts';

/** The answer to *Cancel*, for the person who pressed it. */
export function cancelledMessage(cancelled: Cancelled): Message {
  switch (cancelled.type) {
    case 'cancelled':
      return saying(words.cancelled);
    case 'too-late':
      return saying(words.tooLateToCancel);
    case 'only-saved':
      return saying(words.onlySaved);
    case 'perhaps-sent':
      return saying(words.perhapsSent);
    case 'unknown-submission':
      return saying(words.unknownSubmission);
    case 'not-permitted':
      return saying(refusalText(cancelled.why));
    case 'permission-unknown':
      return saying(permissionUnknown);
  }
}

/** The answer to *Try now*, for the person who pressed it. */
export function triedNowMessage(tried: TriedNow): Message {
  switch (tried.type) {
    case 'due':
      return saying(words.triedNow);
    case 'just-now':
      return saying(words.triedJustNow);
    case 'not-waiting':
      return saying(words.notWaiting);
    case 'unknown-submission':
      return saying(words.unknownSubmission);
    case 'not-permitted':
      return saying(refusalText(tried.why));
    case 'permission-unknown':
      return saying(permissionUnknown);
  }
}

/** The answer to *Let it go*, for the person who pressed it. */
export function letGoMessage(done: LetGo): Message {
  switch (done.type) {
    case 'let-go':
      return saying(words.letItGo);
    case 'not-to-let-go':
      return saying(words.notToLetGo);
    case 'unknown-submission':
      return saying(words.unknownSubmission);
    case 'not-permitted':
      return saying(refusalText(done.why));
    case 'permission-unknown':
      return saying(permissionUnknown);
  }
}

/** The answer to *Cancel the rest*, for the person who pressed it. */
export function restCancelledMessage(cancelled: RestCancelled): Message {
  switch (cancelled.type) {
    case 'cancelled':
      return saying(restCancelled(cancelled.count));
    case 'unknown-batch':
      return saying(
        'This bot has no record of these submissions any more. Partner Central shows where the opportunities stand.',
      );
    case 'not-permitted':
      return saying(refusalText(cancelled.why));
    case 'permission-unknown':
      return saying(permissionUnknown);
  }
}

function restCancelled(count: number): string {
  if (count === 0) {
    return "It's too late: all of them have already been sent, or are being sent right now. The message says what comes of them.";
  }
  return `Taken back: ${count} ${count === 1 ? 'opportunity was' : 'opportunities were'} not sent.`;
}
