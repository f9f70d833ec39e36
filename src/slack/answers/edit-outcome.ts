import type { ActionsBlock, Button, KnownBlock, ModalView } from '@slack/types';
import type { Change } from '../../edits/edit.ts';
import type { ChangeExplanation } from '../../edits/explain.ts';
import type { ChangeSaved } from '../../edits/save.ts';
import * as words from '../../edits/words.ts';
import { awsExplanation, forOpportunity, openInPartnerCentral, requestId } from '../../messages/words.ts';
import { changedFieldName } from '../../opportunities/field-names.ts';
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

/** What came of a change, for the one person who saved it: AWS's own words too, where it refused. */
export function changeMessage(change: Change, explanation: ChangeExplanation, dealPage: DealPage): Message {
  return {
    text: escapeMrkdwn(words.notification(explanation.headline, change.opportunityId)),
    blocks: [
      ...outcomeBlocks(change, explanation, dealPage),
      {
        type: 'actions',
        elements: [
          ...(explanation.canReview ? [reviewButton(change)] : []),
          ...(canSubmit(change) ? [goOnButton(change, ACTION.goOn, change.id)] : []),
          button({
            text: openInPartnerCentral,
            label: forOpportunity(openInPartnerCentral, change.opportunityId),
            actionId: ACTION.partnerCentral,
            url: dealUrl(change.opportunityId, dealPage),
          }),
        ],
      },
    ],
  };
}

/** The same in the modal it was saved in, while that stays open: from there it goes on. */
export function changeView(
  draftId: string,
  change: Change,
  explanation: ChangeExplanation,
  dealPage: DealPage,
): ModalView {
  const elements = [
    ...(explanation.canReview ? [reviewButton(change)] : []),
    ...(canSubmit(change) ? [goOnButton(change, ACTION.lookAgain, change.opportunityId)] : []),
  ];
  const actions: ActionsBlock[] = elements.length === 0 ? [] : [{ type: 'actions', elements }];
  return noticeView(draftId, [...outcomeBlocks(change, explanation, dealPage), ...actions], { title });
}

const canSubmit = ({ door, state }: Change): boolean => door === 'Pending Submission' && state === 'saved';

const goOnButton = ({ opportunityId }: Change, actionId: string, value: string): Button =>
  button({
    text: words.goOn,
    label: forOpportunity(words.goOn, opportunityId),
    actionId,
    value,
    style: 'primary',
  });

const reviewButton = (change: Change): Button =>
  button({
    text: words.reviewAndSave,
    label: forOpportunity(words.reviewAndSave, change.opportunityId),
    actionId: ACTION.reviewChange,
    value: change.id,
    style: 'primary',
  });

/** A National Security deal shows nothing but its ID. */
function outcomeBlocks(change: Change, explanation: ChangeExplanation, dealPage: DealPage): KnownBlock[] {
  const { headline, known, next, fields } = explanation;
  const texts = change.problem?.type === 'refused' ? refusalTexts(change.problem) : [];
  return [
    section(
      [
        `*${linkedHeadline(headline, change.opportunityId, dealPage)}*`,
        escapeMrkdwn(known),
        escapeMrkdwn(next),
      ].join('\n'),
    ),
    ...(change.nationalSecurity || fields === undefined || fields.list.length === 0
      ? []
      : [section([`*${fields.title}*`, ...lines(fields.list)].join('\n'))]),
    ...(change.nationalSecurity || texts.length === 0
      ? []
      : [section([awsExplanation, ...texts].join('\n'))]),
    ...(change.requestId === undefined ? [] : [context(requestId(foreign(change.requestId, 100)))]),
  ];
}

const lines = (list: NonNullable<ChangeExplanation['fields']>['list']): string[] =>
  list
    .slice(0, FIELDS_SHOWN)
    .map(({ name, problem }) =>
      problem === undefined
        ? `• ${foreign(name, 100)}`
        : `• *${foreign(name, 100)}*: ${escapeMrkdwn(problem)}`,
    );

/** In the thread of the submission's message: who sent the deal back, and which fields they changed, by name only. */
export function sentBackMessage(change: Change, submission: Pick<Owned, 'nationalSecurity'>): Message {
  const redacted = change.nationalSecurity || submission.nationalSecurity;
  const fields = redacted ? [] : change.fields.map((path) => foreign(changedFieldName(path), 100));
  const text = words.changedBy(mention(change.userId), [...new Set(fields)]);
  return { text, blocks: [section(text)] };
}

/** The view after saving: everybody who saved a change of the same opportunity is told what is true for them. */
export function changeRecordedView(
  draftId: string,
  saved: Extract<ChangeSaved, { type: 'recorded' | 'again' | 'open' }>,
  paused: boolean,
): ModalView {
  const { change } = saved;
  if (saved.type === 'open') {
    return noticeView(draftId, [section(editWords.openElsewhere(mention(change.userId)))], {
      lookAgain: { opportunityId: change.opportunityId },
      title: editWords.title,
    });
  }
  const text = paused ? editWords.pausedNow : editWords.recorded(change.door === 'Action Required');
  return noticeView(draftId, [section(text)], { title: editWords.title });
}
