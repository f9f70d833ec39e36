import type { Insertable, Selectable } from 'kysely';
import { z } from 'zod';
import type { TellingTable } from '../../database/schema.ts';
import { REMINDERS, type ReminderAbout } from '../reminders/reminder.ts';

/**
 * What there is to tell. Of a submission: its one message, kept up to date; or a decision, posted once into the
 * message's thread; there too, that a changed deal went back to AWS. Of a batch: its one message, kept up to date, in
 * whose thread those of its submissions stand. Of a change: what came of it, for whoever saved it.
 */
export type TellingContent =
  | { readonly kind: 'message'; readonly submissionId: string }
  | { readonly kind: 'decision'; readonly submissionId: string; readonly reviewStatus: string }
  | { readonly kind: 'sent-back'; readonly submissionId: string; readonly changeId: string }
  | { readonly kind: 'change'; readonly changeId: string }
  | { readonly kind: 'batch'; readonly batchId: string }
  /** AWS has put people of its own on it, for the person who submitted: once. */
  | { readonly kind: 'team'; readonly submissionId: string }
  /** Into the thread of its message: once in a turn, which is an event's number in its trail. */
  | {
      readonly kind: 'reminder';
      readonly submissionId: string;
      readonly about: ReminderAbout;
      readonly turn: number;
    }
  /** Where everything stands: once for this day (`YYYY-MM-DD`). */
  | { readonly kind: 'digest'; readonly day: string }
  /** A decision on an opportunity that this bot didn't submit: the step of its review. */
  | { readonly kind: 'elsewhere'; readonly reviewId: string; readonly sequence: number };
export type TellingKind = TellingContent['kind'];

/** The kinds this version can tell; what a newer one beside it wrote is left to that one. */
export const KINDS = [
  'message',
  'decision',
  'sent-back',
  'change',
  'batch',
  'team',
  'elsewhere',
  'reminder',
  'digest',
] as const satisfies readonly TellingKind[];

/** The columns of a telling's row that say what it is about. */
export function aboutOf(
  content: TellingContent,
): Pick<Insertable<TellingTable>, 'submission_id' | 'subject'> {
  switch (content.kind) {
    case 'message':
      return { submission_id: content.submissionId, subject: null };
    case 'decision':
      return { submission_id: content.submissionId, subject: content.reviewStatus };
    case 'team':
      // Not null: the index that lets it be told once sees no two nulls as the same.
      return { submission_id: content.submissionId, subject: '' };
    case 'reminder':
      return { submission_id: content.submissionId, subject: `${content.about} ${content.turn}` };
    case 'digest':
      return { submission_id: null, subject: content.day };
    case 'sent-back':
      return { submission_id: content.submissionId, subject: content.changeId };
    case 'change':
      return { submission_id: null, subject: content.changeId };
    case 'batch':
      return { submission_id: null, subject: content.batchId };
    case 'elsewhere':
      return { submission_id: null, subject: `${content.reviewId} ${content.sequence}` };
  }
}

const reminderAbout = z.enum(REMINDERS);

/**
 * What a telling's row is about.
 *
 * @throws Error where it is of a kind that this version doesn't know.
 */
export function contentOf({ kind, submission_id, subject }: Selectable<TellingTable>): TellingContent {
  const submissionId = submission_id ?? '';
  switch (kind) {
    case 'message':
      return { kind, submissionId };
    case 'decision':
      return { kind, submissionId, reviewStatus: subject ?? '' };
    case 'team':
      return { kind, submissionId };
    case 'reminder': {
      const [about, turn] = (subject ?? '').split(' ');
      return { kind, submissionId, about: reminderAbout.parse(about), turn: Number(turn) };
    }
    case 'digest':
      return { kind, day: subject ?? '' };
    case 'sent-back':
      return { kind, submissionId, changeId: subject ?? '' };
    case 'change':
      return { kind, changeId: subject ?? '' };
    case 'batch':
      return { kind, batchId: subject ?? '' };
    case 'elsewhere': {
      const [reviewId = '', sequence] = (subject ?? '').split(' ');
      return { kind, reviewId, sequence: Number(sequence) };
    }
    default:
      throw new Error(`There is no telling of the kind ${kind}.`);
  }
}
