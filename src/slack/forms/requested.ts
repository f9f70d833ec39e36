import type { ModalView } from '@slack/types';
import type { NotTaken } from '../../forms/commit.ts';
import type { BatchRecorded } from '../../submissions/batches.ts';
import type { Explanation } from '../../submissions/explain.ts';
import type { Sign } from '../../submissions/outcomes.ts';
import type { Submission } from '../../submissions/submission.ts';
import { buttonRow, context, permissionUnknown, refusalText, section, sections } from '../blocks/elements.ts';
import { buttonFor, fieldsBlock, sayingBlock } from '../blocks/outcome.ts';
import { BLOCK } from '../ids.ts';
import { type DealPage, linkedId, mention } from '../text.ts';
import { onItsWay } from './batch-rows.ts';
import { cannotTake, noticeTitles, noticeView, unknownForm, withErrors, withView } from './modal.ts';
import { withAws } from './submit.ts';

/**
 * The `external_id` of a form's view once it was sent. It is another than before, so that what comes of it isn't shown before
 * Slack has taken the acknowledgement, which would replace it.
 */
export const sentForm = (formId: string): string => `${formId} sent`;

/** What came of a submission, in the form it was asked for in: what its message says, a link to that, and what to do. */
export function outcomeView({
  submission,
  explanation,
  dealPage,
  link,
}: {
  readonly submission: Submission;
  readonly explanation: Explanation;
  readonly dealPage: DealPage;
  /** To the message; undefined: Slack gave none. */
  readonly link: string | undefined;
}): ModalView {
  const { formId, opportunityId, nationalSecurity, state } = submission;
  const isAtAws = state === 'submitted' || state === 'already_submitted';
  const { sign, fields, nextSteps } = explanation;
  // What comes next is then said in the message.
  const next = GOES_ON.includes(sign) ? '' : explanation.next;
  const steps = nextSteps.filter((step) => step !== 'check-status');
  return noticeView(
    formId,
    [
      sayingBlock({ ...explanation, next }, opportunityId, dealPage),
      ...(nationalSecurity ? [] : fieldsBlock(fields)),
      ...(link === undefined ? [] : [context(`<${link.replaceAll('&', '&amp;')}|Open its message>`)]),
      ...buttonRow(steps.map((step) => buttonFor(step, submission))),
    ],
    { title: isAtAws && sign === 'refused' ? withAws.none.title : OUTCOME_TITLES[sign] },
  );
}

const GOES_ON: readonly Sign[] = ['waiting', 'pending', 'in-review'];

const NOTHING_SUBMITTED = 'Nothing submitted';
const OUTCOME_TITLES: Readonly<Record<Sign, string>> = {
  waiting: 'Not sent yet',
  pending: withAws.Submitted.title,
  'in-review': withAws['In review'].title,
  approved: withAws.Approved.title,
  'sent-back': withAws['Action Required'].title,
  refused: NOTHING_SUBMITTED,
  rejected: withAws.Rejected.title,
  unsure: 'Not sure yet',
  cancelled: 'Cancelled',
  saved: 'Saved',
};

/** The view after Submit: everybody who pressed for the same opportunity is told the same. */
export function requestedView(
  formId: string,
  { type, submission }: { readonly type: 'recorded' | 'again' | 'open'; readonly submission: Submission },
): ModalView {
  if (type === 'open') {
    const said = `*Already on its way.* ${mention(submission.userId)} asked for it; it goes to AWS once.`;
    return noticeView(formId, said, { title: noticeTitles.open });
  }
  // It doesn't say where: whether the bot is in the channel is known only once it posts.
  const said = noticeView(formId, '*Recorded.* A message says what comes of it.', { title: 'Recorded' });
  return { ...said, external_id: sentForm(submission.formId) };
}

/** The view after Submit in a form for several. */
export function requestedBatchView(formId: string, recorded: BatchRecorded, dealPage: DealPage): ModalView {
  const open = recorded.type === 'again' ? [] : recorded.open;
  const left = open.map((each) => `• *${linkedId(each.opportunityId, dealPage)}*: ${onItsWay(each)}`);
  if (recorded.type === 'all-open') {
    const said = '*All of them are on their way already*, so nothing was recorded.';
    return noticeView(formId, sections([said, ...left]));
  }
  const { length } = recorded.submissions;
  const said = `*Recorded: ${length} ${length === 1 ? 'opportunity' : 'opportunities'}.* One message says what comes of them.`;
  return noticeView(formId, [
    section(said),
    ...(left.length === 0 ? [] : sections(['*Left out, because they were on their way already*', ...left])),
  ]);
}

/** What a form says where it isn't taken. */
export interface NotTakenWords {
  readonly title: string;
  readonly unavailable: string;
  readonly inDoubt: string;
  readonly unknownForm: string;
  /** The block to say it at while the form stays; undefined: a notice takes the form's place. */
  readonly block: string | undefined;
}

const NOT_SUBMITTED: NotTakenWords = {
  title: NOTHING_SUBMITTED,
  unavailable: cannotTake,
  inDoubt: "We couldn't confirm it. If it was recorded, a message says so; pressing Submit again is safe.",
  unknownForm,
  block: BLOCK.involvementType,
};

/**
 * The answer where nothing was recorded of what was sent, or that isn't known. The form stays where pressing again may help:
 * that is how it becomes known.
 */
export function notTakenAnswer(
  notTaken: NotTaken,
  formId: string,
  { title, block, ...words }: NotTakenWords = NOT_SUBMITTED,
) {
  const notice = (text: string) => withView(noticeView(formId, text, { title }));
  const error = (text: string) => (block === undefined ? notice(text) : withErrors({ [block]: text }));
  switch (notTaken.type) {
    case 'permission-unknown':
      return error(permissionUnknown);
    case 'unavailable':
      return error(words.unavailable);
    case 'in-doubt':
      return error(words.inDoubt);
    case 'not-permitted':
      return notice(refusalText(notTaken.why));
    case 'unknown-form':
      return notice(words.unknownForm);
  }
}
