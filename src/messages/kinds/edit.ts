import type { Button, KnownBlock } from '@slack/types';
import type { Edit } from '../../edits/edit.ts';
import { type EditExplanation, explainEdit } from '../../edits/explain.ts';
import { refusalTexts } from '../../slack/blocks/deal.ts';
import { actions, button, type Message, section } from '../../slack/blocks/elements.ts';
import { buttonFor, fieldsBlock, sayingBlock } from '../../slack/blocks/outcome.ts';
import { ACTION } from '../../slack/ids.ts';
import {
  awsExplanation,
  type DealPage,
  escapeMrkdwn,
  forOpportunity,
  LABEL,
  notification,
} from '../../slack/text.ts';
import { kind, loggedEdit } from './kind.ts';

/** What came of an edit, for whoever saved it. */
export const edit = kind<Edit, { readonly edit: Edit }>({
  async audience({ edits }, { subject }) {
    const about = await edits.findEdit(subject);
    if (about === undefined) return undefined;
    const { userId, responseUrl, requestedAt } = about;
    return { about, to: { type: 'person', userId, responseUrl, askedAt: requestedAt } };
  },
  async load({ permissions }, about) {
    const { type } = await permissions.ask(about, about.channelId);
    // Whoever may not see the deal (any more) reads what came of it, as of a deal that shows nothing but its ID.
    return { edit: type === 'allowed' ? about : { ...about, nationalSecurity: true } };
  },
  render: ({ edit, paused, dealPage }) => editOutcome(edit, explainEdit(edit, { paused }), dealPage),
  logged: loggedEdit,
});

/** For one person's eyes: AWS's own words too, where it refused. */
export function editOutcome(edit: Edit, explanation: EditExplanation, dealPage: DealPage): Message {
  return {
    text: escapeMrkdwn(notification(explanation.headline, edit.opportunityId)),
    blocks: [
      ...outcomeBlocks(edit, explanation, dealPage),
      actions([
        ...editButtons(edit, explanation, { actionId: ACTION.goOn, value: edit.id }),
        buttonFor('partner-central', edit, dealPage),
      ]),
    ],
  };
}

/** What can be done about an edit. `goOn`: what the button that goes on to submitting does. */
export const editButtons = (
  edit: Edit,
  { canReview, canCancel }: EditExplanation,
  goOn: { readonly actionId: string; readonly value: string },
): Button[] => {
  const { id, opportunityId, editableStatus, state, thenSubmit } = edit;
  const canSubmit =
    editableStatus === 'Pending Submission' && state === 'saved' && thenSubmit?.type !== 'recorded';
  const primary = (text: string, by: { readonly actionId: string; readonly value: string }) =>
    button({ text, label: forOpportunity(text, opportunityId), style: 'primary', ...by });
  return [
    ...(canReview ? [primary('Review and save again', { actionId: ACTION.reviewEdit, value: id })] : []),
    ...(canCancel ? [cancelEditButton(edit)] : []),
    ...(canSubmit ? [primary('Go on to Submit', goOn)] : []),
  ];
};

export const cancelEditButton = ({ id, opportunityId }: Edit): Button =>
  button({
    text: LABEL.cancel,
    label: forOpportunity(LABEL.cancel, opportunityId),
    actionId: ACTION.cancelEdit,
    value: id,
  });

/** A National Security deal shows nothing but its ID. */
export function outcomeBlocks(edit: Edit, explanation: EditExplanation, dealPage: DealPage): KnownBlock[] {
  const texts = edit.problem?.type === 'refused' ? refusalTexts(edit.problem) : [];
  return [
    sayingBlock(explanation, edit.opportunityId, dealPage),
    ...(edit.nationalSecurity ? [] : fieldsBlock(explanation.fields)),
    ...(edit.nationalSecurity || texts.length === 0 ? [] : [section([awsExplanation, ...texts].join('\n'))]),
  ];
}
