import type { InvolvementType } from '../aws/terms.ts';
import type { Choices, Form, Requester } from '../forms/form.ts';
import { type Circumstances, type Explanation, explain } from './explain.ts';
import { isFurtherTry, type Reviewed, type Submission } from './submission.ts';

/** Several opportunities that a person asked for at once: where, and from which form. Its ID is the form's. */
export interface Batch extends Requester {
  readonly id: string;
  readonly createdAt: Date;
}

/** One opportunity of a batch, in a line. */
export interface BatchLine {
  readonly opportunityId: string;
  readonly headline: string;
  readonly tone: Explanation['tone'];
}

/** How a batch stands. `sent`: what went out to AWS, whatever came of it; `waiting`: what can still be taken back. */
export interface BatchProgress {
  readonly lines: readonly BatchLine[];
  readonly sent: number;
  readonly waiting: number;
  /** Being sent right now: not known yet whether it went out. */
  readonly sending: number;
  /** How many lines have which headline, in the order of their first. */
  readonly counts: readonly { readonly headline: string; readonly count: number }[];
  readonly tone: Explanation['tone'];
}

/** Sums up the newest record of each opportunity of a batch. */
export function batchProgress(
  records: readonly Reviewed[],
  bot: Omit<Circumstances, 'waitingBefore'>,
): BatchProgress {
  const submissions = records.map((record) =>
    isFurtherTry(record) ? { ...record, state: 'requested' as const } : record,
  );
  const lines = submissions.map((submission): BatchLine => {
    const { headline, tone } = explain(submission, { ...bot, waitingBefore: 0 });
    return { opportunityId: submission.opportunityId, headline, tone };
  });
  const counts = new Map<string, number>();
  for (const { headline } of lines) counts.set(headline, (counts.get(headline) ?? 0) + 1);
  const inState = (state: Submission['state']) =>
    submissions.filter((submission) => submission.state === state).length;
  return {
    lines,
    sent: submissions.filter(wentOut).length,
    waiting: inState('requested'),
    sending: inState('sending'),
    counts: [...counts].map(([headline, count]) => ({ headline, count })),
    tone: worst(lines.map(({ tone }) => tone)),
  };
}

/** In these AWS has taken nothing, though it may have turned a request away before. */
const NOT_OUT: readonly Submission['state'][] = ['requested', 'sending', 'changed', 'cancelled', 'expired'];

const wentOut = ({ state, sendingAt }: Submission): boolean =>
  !NOT_OUT.includes(state) && sendingAt !== undefined;

/** What somebody should look at first decides the sign of the whole. */
function worst(tones: readonly Explanation['tone'][]): Explanation['tone'] {
  const order = ['bad', 'unsure', 'waiting', 'good'] as const;
  return order.find((tone) => tones.includes(tone)) ?? 'waiting';
}

/** What a person chose for one opportunity where it isn't what they chose for all. */
export type Exception = InvolvementType | 'leave-out';

/** What a person chose in a form for several: for all, and by opportunity ID where it differs. */
export interface BatchChoices extends Choices {
  readonly exceptions: ReadonlyMap<string, Exception>;
}

/** The forms that are to be sent, with the involvement for each; undefined where none was chosen yet. */
export const chosenOf = <Chosen extends InvolvementType | undefined>(
  forms: readonly Form[],
  chosen: { readonly involvementType: Chosen } & Pick<BatchChoices, 'exceptions'>,
): readonly { readonly form: Form; readonly involvementType: InvolvementType | Chosen }[] =>
  forms.flatMap((form) => {
    const exception = chosen.exceptions.get(form.opportunityId ?? '');
    if (exception === 'leave-out') return [];
    return [{ form, involvementType: exception ?? chosen.involvementType }];
  });
