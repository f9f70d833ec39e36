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

/** The same of what was to be submitted besides: an outcome that leaves that out would be read as if it were done. */
function andSubmitting(
  { state, thenSubmit, updated }: Edit,
  { headline, known, next }: Saying,
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
      return {
        known: [known, isKnown ? words.nothingSubmitted : words.perhapsSubmitted].join(' '),
        next,
      };
    }
  }
}

function explainSaving(edit: Edit, paused: boolean): EditExplanation {
  const { problem, updated } = edit;
  const say = (sign: Sign, saying: Saying, parts: Partial<EditExplanation> = {}) => ({
    ...saying,
    sign,
    fields: edit.fields.map((path) => named(path)),
    canReview: false,
    canCancel: edit.state === 'requested' && problem?.type !== 'set-back',
    ...parts,
  });
  switch (edit.state) {
    case 'requested':
      return say('waiting', waiting(edit, paused));
    case 'sending':
      return say('waiting', words.beingSent(updated));
    case 'uncertain':
      return say('unsure', words.uncertain(updated));
    case 'saved':
      return saved(edit, say);
    case 'conflict': {
      const met = problem?.type === 'changed-meanwhile' ? problem : undefined;
      return say('refused', words.conflict(met?.inDoubt ?? false), {
        fields: (met?.fields ?? []).map((path) => named(path)),
        canReview: true,
      });
    }
    case 'expired': {
      const doubt = problem?.type === 'unknown' || problem?.type === 'set-back' ? problem.type : undefined;
      return doubt === undefined
        ? say('refused', words.expired(updated), { canReview: true })
        : say('unsure', words.expiredInDoubt(doubt, updated));
    }
    case 'refused':
      return refused(edit, say);
    case 'cancelled':
      return say('cancelled', words.cancelled(updated), { canReview: true });
  }
}

type Say = (sign: Sign, saying: Saying, parts?: Partial<EditExplanation>) => EditExplanation;

/** Saved, and of a deal that AWS had sent back what a read has shown of its review since. */
function saved({ editableStatus, catalog, problem }: Edit, say: Say): EditExplanation {
  if (editableStatus === 'Pending Submission') return say('saved', words.saved);
  const since = problem?.type === 'review-since' ? problem : undefined;
  const { status, shown } = reviewStatus(since?.reviewStatus);
  if (catalog === 'Sandbox' && (since === undefined || status !== 'none')) {
    return say('saved', words.savedInSandbox(since === undefined ? undefined : shown));
  }
  if (since === undefined) return say('saved', words.savedLooking);
  if (since.reviewStatus === undefined) return say('unsure', words.savedUnread);
  switch (status) {
    case 'Submitted':
    case 'In review':
      return say('pending', words.sentBack(shown));
    case 'Action Required':
      return say('unsure', words.stillAsked);
    case 'Pending Submission':
      return say('saved', words.saved);
    case 'none':
      return say('refused', words.savedNoStatus);
    default:
      return say('saved', words.savedNow(shown));
  }
}

function waiting({ problem, updated }: Edit, paused: boolean): Saying {
  if (problem?.type === 'set-back') return words.setBack(updated);
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

function refused({ problem, updated }: Edit, say: Say): EditExplanation {
  if (problem?.type === 'not-permitted') return say('refused', words.notPermitted(updated));
  if (problem?.type === 'not-editable') {
    const review = reviewStatus(problem.reviewStatus);
    return say('refused', words.notEditable(review, problem.inDoubt, updated));
  }
  if (problem?.type === 'lacks') {
    return say('refused', words.lacks(editedFieldName(problem.path), updated));
  }
  if (problem?.type === 'redacted') return say('refused', words.redacted(updated));
  if (problem?.type !== 'refused') return say('refused', words.refused(updated), { canReview: true });
  switch (problem.code) {
    case 'ResourceNotFoundException':
      return updated ? say('refused', words.refused(true)) : say('refused', words.notFound);
    case 'AccessDeniedException':
      return updated ? say('refused', words.refused(true)) : say('refused', words.accessDenied);
    default: {
      const list = refusedFields(problem.fieldErrors);
      return say('refused', words.refused(updated), {
        canReview: true,
        ...(list.length === 0 ? {} : { fields: list }),
      });
    }
  }
}

const named = (path: string | undefined) => ({ name: editedFieldName(path), problem: undefined });

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
