import type { AuditEvent } from './audit.ts';
import * as words from './history-words.ts';

/** An event of the audit trail in plain words, on a line; plain text. Of a `redacted` deal the choices stay out. */
export function explainEvent({ from, to, why }: AuditEvent, redacted: boolean): string {
  switch (to) {
    case 'requested':
      return from === null ? words.requested(redacted ? undefined : why) : words.waitsAgain(why);
    case 'sending':
      return words.sending;
    case 'submitted':
      return words.accepted;
    case 'refused':
      return words.refused(why);
    case 'uncertain':
      return words.uncertain(why);
    case 'not_seen':
      return words.notSeen;
    case 'let_go':
      return words.letGo;
    case 'already_submitted':
      if (from === 'sending') return words.refusedAtAws;
      return from === 'requested' ? words.alreadySubmitted : words.foundOtherwise;
    case 'changed':
      return words.changed;
    case 'cancelled':
      return words.cancelled;
    case 'expired':
      return words.expired;
  }
}
