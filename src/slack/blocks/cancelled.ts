import type { Cancelled } from '../../submissions/requests/cancel.ts';
import type { RestCancelled } from '../../submissions/requests/cancel-rest.ts';
import * as batch from '../../words/batch.ts';
import * as words from '../../words/messages.ts';
import { permissionUnknown } from '../../words/modal.ts';
import { saying } from './asked.ts';
import { refusalText } from './refusal.ts';
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
      return saying(refusalText(cancelled.why));
    case 'permission-unknown':
      return saying(permissionUnknown);
  }
}

/** The answer to *Cancel the rest*, for the person who pressed it. */
export function restCancelledMessage(cancelled: RestCancelled): Message {
  switch (cancelled.type) {
    case 'cancelled':
      return saying(cancelled.count === 0 ? batch.tooLateToCancel : batch.cancelled(cancelled.count));
    case 'unknown-batch':
      return saying(batch.unknownBatch);
    case 'not-permitted':
      return saying(refusalText(cancelled.why));
    case 'permission-unknown':
      return saying(permissionUnknown);
  }
}
