import { reviewStatus } from '../aws/terms.ts';
import { editedFieldName, refusedFields } from '../opportunities/field-names.ts';
import type { Saying, Sign } from '../submissions/outcomes.ts';
import type { Edit, EditEvent } from './edit.ts';
import * as words from './words.ts';

/** An edit in the words of whoever saved it. Plain text throughout. */
export interface EditExplanation extends Saying {
  readonly sign: Sign;
  /** What is changed, or to be changed, by the names a seller knows; `problem` is in our words. */
  readonly fields: readonly { readonly name: string; readonly problem: string | undefined }[];
  /** Whether the person may look at it again, with what they typed. */
  readonly canReview: boolean;
  /** Whether it can be taken back: it isn't being sent yet, as far as is known. */
  readonly canCancel: boolean;
}

/** Explains an edit as it is now. `paused`: sending is switched off by the operator. */
export function explainEdit(edit: Edit, { paused }: { readonly paused: boolean }): EditExplanation {
  const explanation = explainSaving(edit, paused);
  return { ...explanation, ...andSubmitting(edit, explanation) };
}

/** What is said differently because it was also to be submitted: left unsaid, people would take that for done. */
function andSubmitting(
  { state, thenSubmit, updated }: Edit,
  { headline, known }: Saying,
): Partial<EditExplanation> {
  switch (thenSubmit?.type) {
    case undefined:
      return {};
    case 'wanted':
      if (state === 'sending') return words.thenSubmitting(words.beingSent(updated).known);
      return headline === words.onItsWay(updated).headline
        ? words.savingThenSubmitting(updated)
        : { known: [known, words.submittedThen].join(' ') };
    case 'recorded':
      return words.savedAndRecorded;
    case 'dropped': {
      const isKnown = thenSubmit.why !== 'set-back';
      if (state === 'saved') {
        return { ...words.savedOnly(thenSubmit.why), ...(isKnown ? {} : { sign: 'unsure' }) };
      }
      return { known: [known, isKnown ? words.nothingSubmitted : words.perhapsSubmitted].join(' ') };
    }
  }
}

type Outcome = Saying & Pick<EditExplanation, 'sign'> & Partial<EditExplanation>;

function explainSaving(edit: Edit, paused: boolean): EditExplanation {
  return {
    fields: edit.fields.map(named),
    canReview: false,
    canCancel: edit.state === 'requested' && edit.problem?.type !== 'set-back',
    ...outcomeOf(edit, paused),
  };
}

function outcomeOf(edit: Edit, paused: boolean): Outcome {
  const { problem, updated } = edit;
  switch (edit.state) {
    case 'requested':
      return { sign: 'waiting', ...waiting(edit, paused) };
    case 'sending':
      return { sign: 'waiting', ...words.beingSent(updated) };
    case 'uncertain':
      return { sign: 'unsure', ...words.uncertain(updated) };
    case 'saved':
      return saved(edit);
    case 'conflict': {
      const { inDoubt, fields } =
        problem?.type === 'changed-meanwhile' ? problem : { inDoubt: false, fields: [] };
      return { sign: 'refused', ...words.conflict(inDoubt), fields: fields.map(named), canReview: true };
    }
    case 'expired':
      return problem?.type === 'unknown' || problem?.type === 'set-back'
        ? { sign: 'unsure', ...words.expiredInDoubt(problem.type, updated) }
        : { sign: 'refused', ...words.expired(updated), canReview: true };
    case 'refused':
      return { sign: 'refused', ...refused(edit) };
    case 'cancelled':
      return { sign: 'cancelled', ...words.cancelled(updated), canReview: true };
  }
}

/** Saved, and of a deal that AWS had sent back what a read has shown of its review since. */
function saved({ editableStatus, catalog, problem }: Edit): Outcome {
  if (editableStatus === 'Pending Submission') return { sign: 'saved', ...words.saved };
  const since = problem?.type === 'review-since' ? problem : undefined;
  const { status, shown } = reviewStatus(since?.reviewStatus);
  if (catalog === 'Sandbox' && (since === undefined || status !== 'none')) {
    return { sign: 'saved', ...words.savedInSandbox(since === undefined ? undefined : shown) };
  }
  if (since === undefined) return { sign: 'saved', ...words.savedLooking };
  if (since.reviewStatus === undefined) return { sign: 'unsure', ...words.savedUnread };
  switch (status) {
    case 'Submitted':
    case 'In review':
      return { sign: 'pending', ...words.sentBack(shown) };
    case 'Action Required':
      return { sign: 'unsure', ...words.stillAsked };
    case 'Pending Submission':
      return { sign: 'saved', ...words.saved };
    case 'none':
      return { sign: 'refused', ...words.savedNoStatus };
    default:
      return { sign: 'saved', ...words.savedNow(shown) };
  }
}

function waiting({ problem, updated }: Edit, paused: boolean): Saying {
  if (problem?.type === 'set-back') return words.setBack(updated, paused);
  if (paused) return words.paused(updated);
  switch (problem?.type) {
    case 'waiting':
      return words.waitingForAws(problem.throttled, updated);
    case 'operator':
      return words.waitingForOperator(updated);
    case 'other-catalog':
      return words.otherCatalog(updated);
    default:
      return words.onItsWay(updated);
  }
}

function refused({ problem, updated }: Edit): Saying & Partial<EditExplanation> {
  switch (problem?.type) {
    case 'not-permitted':
      return words.notPermitted(updated);
    case 'not-editable':
      return words.notEditable(reviewStatus(problem.reviewStatus), problem.inDoubt, updated);
    case 'lacks':
      return words.lacks(editedFieldName(problem.path), updated);
    case 'redacted':
      return words.redacted(updated);
    case 'refused': {
      if (problem.code === 'ResourceNotFoundException') {
        return updated ? words.refused(true) : words.notFound;
      }
      if (problem.code === 'AccessDeniedException') {
        return updated ? words.refused(true) : words.accessDenied;
      }
      const fields = refusedFields(problem.fieldErrors);
      return { ...words.refused(updated), canReview: true, ...(fields.length === 0 ? {} : { fields }) };
    }
    default:
      return { ...words.refused(updated), canReview: true };
  }
}

const named = (path: string) => ({ name: editedFieldName(path), problem: undefined });

/** An event of an edit's trail on a line; of a `redacted` deal the fields stay out. */
export function explainEditEvent(
  { from, to, why }: EditEvent,
  fields: readonly string[],
  redacted: boolean,
): string {
  switch (to) {
    case 'requested': {
      if (from !== null)
        return `Not all of the changes went through yet (${why}); what is left goes out by itself`;
      return redacted || fields.length === 0
        ? 'Changed it in Slack'
        : `Changed in Slack: ${fields.map(editedFieldName).join(', ')}`;
    }
    case 'sending':
      return 'Sent the changes to AWS';
    case 'saved':
      return 'AWS has the changes';
    case 'uncertain':
      return `It did not become known whether AWS has the changes (${why}); looking`;
    case 'refused':
      return `Not saved: ${why}`;
    case 'conflict':
      return 'Not saved: somebody else had changed the same fields';
    case 'expired':
      return 'Given up after 24 hours';
    case 'cancelled':
      return 'Cancelled before it was sent';
  }
}
