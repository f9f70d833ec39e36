import type { ModalView } from '@slack/types';
import type { NotTaken } from '../../forms/commit.ts';
import type { BatchRecorded } from '../../submissions/batches.ts';
import type { Explanation } from '../../submissions/explain.ts';
import type { Sign } from '../../submissions/outcomes.ts';
import type { NotRecorded } from '../../submissions/request.ts';
import type { Submission } from '../../submissions/submission.ts';
import { context, refusalText, section, sections } from '../blocks/elements.ts';
import { actions, buttonFor, fieldsBlock, sayingBlock } from '../blocks/outcome.ts';
import { BLOCK } from '../ids.ts';
import { type DealPage, linkedId, mention } from '../text.ts';
import * as batchWords from './batch-words.ts';
import { noticeView } from './submit.ts';
import * as words from './words.ts';

/**
 * The name of a form's view once it was sent: another than before, so that what comes of it isn't shown before Slack has
 * taken the acknowledgement, which would come over it.
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
  // What is still going on goes on in the message.
  const next = GOES_ON.includes(sign) ? '' : explanation.next;
  const steps = nextSteps.filter((step) => step !== 'check-status');
  return noticeView(
    formId,
    [
      sayingBlock({ ...explanation, next }, opportunityId, dealPage),
      ...(nationalSecurity ? [] : fieldsBlock(fields)),
      ...(link === undefined ? [] : [context(words.follow(link))]),
      ...(steps.length === 0 ? [] : [actions(steps.map((step) => buttonFor(step, submission)))]),
    ],
    { title: isAtAws && sign === 'refused' ? words.withAws.none.title : words.outcomeTitles[sign] },
  );
}

const GOES_ON: readonly Sign[] = ['waiting', 'pending', 'in-review'];

/** The view after Submit: everybody who pressed for the same opportunity is told the same. */
export function requestedView(
  formId: string,
  requested: { readonly type: 'recorded' | 'again' | 'open'; readonly submission: Submission },
): ModalView {
  switch (requested.type) {
    case 'recorded':
    case 'again':
      return {
        ...noticeView(formId, [section(words.recorded)], {
          title: words.titles.recorded,
        }),
        external_id: sentForm(requested.submission.formId),
      };
    case 'open':
      return noticeView(formId, [section(words.openElsewhere(mention(requested.submission.userId)))], {
        title: words.titles.open,
      });
  }
}

/** The view after Submit in a form for several. */
export function requestedBatchView(formId: string, recorded: BatchRecorded, dealPage: DealPage): ModalView {
  switch (recorded.type) {
    case 'all-open':
      return noticeView(formId, [...sections([batchWords.allOpen, ...lines(recorded.open, dealPage)])]);
    case 'recorded':
    case 'again': {
      const { submissions } = recorded;
      const open = recorded.type === 'recorded' ? recorded.open : [];
      return noticeView(formId, [
        section(batchWords.recorded(submissions.length)),
        ...(open.length === 0 ? [] : sections([batchWords.alreadyOpen, ...lines(open, dealPage)])),
      ]);
    }
  }
}

const lines = (open: readonly Submission[], dealPage: DealPage): string[] =>
  open.map(
    ({ opportunityId, userId }) =>
      `• *${linkedId(opportunityId, dealPage)}*: ${batchWords.open(`<@${userId}>`)}`,
  );

/** How a form that was sent is answered. "Modals: Updating modals", https://docs.slack.dev/surfaces/modals */
export type FormAnswer =
  | { readonly response_action: 'errors'; readonly errors: Record<string, string> }
  | { readonly response_action: 'update'; readonly view: ModalView };

/** The answer where nothing was recorded, or that isn't known. `anyway`: where and how to ask for the further yes. */
export const notRecordedAnswer = (
  notRecorded: NotRecorded,
  formId: string,
  anyway: { readonly block: string; readonly missing: string },
): FormAnswer =>
  notRecorded.type === 'probably-refused'
    ? { response_action: 'errors', errors: { [anyway.block]: anyway.missing } }
    : notTakenAnswer(notRecorded, formId);

/** The same of whatever is sent with a form. */
export function notTakenAnswer(notTaken: NotTaken, formId: string): FormAnswer {
  const error = (block: string, text: string): FormAnswer => ({
    response_action: 'errors',
    errors: { [block]: text },
  });
  const notice = (text: string): FormAnswer => ({
    response_action: 'update',
    view: noticeView(formId, [section(text)], { title: words.nothingSubmitted }),
  });
  switch (notTaken.type) {
    case 'permission-unknown':
      return error(BLOCK.involvementType, words.permissionUnknown);
    case 'unavailable':
      return error(BLOCK.involvementType, words.cannotTake);
    case 'in-doubt':
      // The form stays, so that Submit can be pressed again: that is how it becomes known.
      return error(BLOCK.involvementType, words.inDoubt);
    case 'not-permitted':
      return notice(refusalText(notTaken.why));
    case 'unknown-form':
      return notice(words.unknownForm);
  }
}
