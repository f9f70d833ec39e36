import type { Cancelled } from '../../submissions/cancel.ts';
import * as words from '../../words/messages.ts';
import { notPermitted, permissionUnknown } from '../../words/modal.ts';
import { saying } from './asked.ts';
import type { Message } from './submission-message.ts';

/** The answer to *Cancel*, for the person who pressed it. */
export function cancelledMessage(cancelled: Cancelled): Message {
  switch (cancelled.type) {
    case 'cancelled':
      return saying(words.cancelled);
    case 'too-late':
      return saying(words.tooLateToCancel);
    case 'unknown-submission':
      return saying(words.unknownSubmission);
    case 'not-permitted':
      return saying(notPermitted[cancelled.why]);
    case 'permission-unknown':
      return saying(permissionUnknown);
  }
}
