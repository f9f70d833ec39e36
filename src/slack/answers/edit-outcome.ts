import type { ActionsBlock, Button, KnownBlock, ModalView } from '@slack/types';
import type { Edit } from '../../edits/edit.ts';
import type { EditExplanation } from '../../edits/explain.ts';
import type { EditSaved } from '../../edits/save.ts';
import * as words from '../../edits/words.ts';
import { awsExplanation, forOpportunity, openInPartnerCentral, requestId } from '../../messages/words.ts';
import { editedFieldName } from '../../opportunities/field-names.ts';
import type { Owned } from '../../submissions/submission.ts';
import { refusalTexts } from '../blocks/deal.ts';
import type { Message } from '../blocks/elements.ts';
import { button, context, section } from '../blocks/elements.ts';
import { linkedHeadline } from '../blocks/next-steps.ts';
import { type DealPage, dealUrl } from '../deal-page.ts';
import * as editWords from '../forms/edit-words.ts';
import { title } from '../forms/edit-words.ts';
import { noticeView } from '../forms/submit.ts';
import { ACTION } from '../ids.ts';
import { escapeMrkdwn, foreign, mention } from '../text.ts';

const FIELDS_SHOWN = 20;

/** What came of an edit, for the one person who saved it: AWS's own words too, where it refused. */
export function editOutcome(edit: Edit, explanation: EditExplanation, dealPage: DealPage): Message {
  return {
    text: escapeMrkdwn(words.notification(explanation.headline, edit.opportunityId)),
    blocks: [
      ...outcomeBlocks(edit, explanation, dealPage),
      {
        type: 'actions',
        elements: [
          ...(explanation.canReview ? [reviewButton(edit)] : []),
          ...(canSubmit(edit) ? [goOnButton(edit, ACTION.goOn, edit.id)] : []),
          button({
            text: openInPartnerCentral,
            label: forOpportunity(openInPartnerCentral, edit.opportunityId),
            actionId: ACTION.partnerCentral,
            url: dealUrl(edit.opportunityId, dealPage),
          }),
        ],
      },
    ],
  };
}

/** The same in the modal it was saved in, while that stays open: from there it goes on. */
export function editOutcomeView(
  formId: string,
  edit: Edit,
  explanation: EditExplanation,
  dealPage: DealPage,
): ModalView {
  const elements = [
    ...(explanation.canReview ? [reviewButton(edit)] : []),
    ...(canSubmit(edit) ? [goOnButton(edit, ACTION.lookAgain, edit.opportunityId)] : []),
  ];
  const actions: ActionsBlock[] = elements.length === 0 ? [] : [{ type: 'actions', elements }];
  return noticeView(formId, [...outcomeBlocks(edit, explanation, dealPage), ...actions], { title });
}

const canSubmit = ({ editableStatus, state }: Edit): boolean =>
  editableStatus === 'Pending Submission' && state === 'saved';

const goOnButton = ({ opportunityId }: Edit, actionId: string, value: string): Button =>
  button({
    text: words.goOn,
    label: forOpportunity(words.goOn, opportunityId),
    actionId,
    value,
    style: 'primary',
  });

const reviewButton = (edit: Edit): Button =>
  button({
    text: words.reviewAndSave,
    label: forOpportunity(words.reviewAndSave, edit.opportunityId),
    actionId: ACTION.reviewEdit,
    value: edit.id,
    style: 'primary',
  });

/** A National Security deal shows nothing but its ID. */
function outcomeBlocks(edit: Edit, explanation: EditExplanation, dealPage: DealPage): KnownBlock[] {
  const { headline, known, next, fields } = explanation;
  const texts = edit.problem?.type === 'refused' ? refusalTexts(edit.problem) : [];
  return [
    section(
      [
        `*${linkedHeadline(headline, edit.opportunityId, dealPage)}*`,
        escapeMrkdwn(known),
        escapeMrkdwn(next),
      ].join('\n'),
    ),
    ...(edit.nationalSecurity || fields === undefined || fields.list.length === 0
      ? []
      : [section([`*${fields.title}*`, ...lines(fields.list)].join('\n'))]),
    ...(edit.nationalSecurity || texts.length === 0 ? [] : [section([awsExplanation, ...texts].join('\n'))]),
    ...(edit.requestId === undefined ? [] : [context(requestId(foreign(edit.requestId, 100)))]),
  ];
}

const lines = (list: NonNullable<EditExplanation['fields']>['list']): string[] =>
  list
    .slice(0, FIELDS_SHOWN)
    .map(({ name, problem }) =>
      problem === undefined
        ? `• ${foreign(name, 100)}`
        : `• *${foreign(name, 100)}*: ${escapeMrkdwn(problem)}`,
    );

/** In the thread of the submission's message: who sent the deal back, and which fields they changed, by name only. */
export function sentBackMessage(edit: Edit, submission: Pick<Owned, 'nationalSecurity'>): Message {
  const redacted = edit.nationalSecurity || submission.nationalSecurity;
  const fields = redacted ? [] : edit.fields.map((path) => foreign(editedFieldName(path), 100));
  const text = words.changedBy(mention(edit.userId), [...new Set(fields)]);
  return { text, blocks: [section(text)] };
}

/** The view after saving: everybody who saved an edit of the same opportunity is told what is true for them. */
export function editRecordedView(
  formId: string,
  saved: Extract<EditSaved, { type: 'recorded' | 'again' | 'open' }>,
  paused: boolean,
): ModalView {
  const { edit } = saved;
  if (saved.type === 'open') {
    return noticeView(formId, [section(editWords.openElsewhere(mention(edit.userId)))], {
      lookAgain: { opportunityId: edit.opportunityId },
      title: editWords.title,
    });
  }
  const text = paused ? editWords.pausedNow : editWords.recorded(edit.editableStatus === 'Action Required');
  return noticeView(formId, [section(text)], { title: editWords.title });
}
