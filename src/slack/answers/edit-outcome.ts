import type { ModalView } from '@slack/types';
import { isOpenState } from '../../attempts/sendable.ts';
import type { Bot } from '../../bot.ts';
import type { Edit } from '../../edits/edit.ts';
import { type EditExplanation, explainEdit } from '../../edits/explain.ts';
import type { EditSaved } from '../../edits/save.ts';
import {
  cancelEditButton,
  canSubmit,
  goOnButton,
  outcomeBlocks,
  reviewButton,
} from '../../messages/kinds/edit.ts';
import { section } from '../blocks/elements.ts';
import { actions } from '../blocks/outcome.ts';
import * as editWords from '../forms/edit-words.ts';
import { title } from '../forms/edit-words.ts';
import { noticeView } from '../forms/submit.ts';
import { ACTION } from '../ids.ts';
import type { DealPage } from '../text.ts';
import { mention } from '../text.ts';

/** What came of an edit, in the modal it was saved in, while that stays open: from there it goes on. */
export function editOutcomeView(
  formId: string,
  edit: Edit,
  explanation: EditExplanation,
  dealPage: DealPage,
): ModalView {
  const elements = [
    ...(explanation.canReview ? [reviewButton(edit)] : []),
    ...(explanation.canCancel ? [cancelEditButton(edit)] : []),
    ...(canSubmit(edit) ? [goOnButton(edit, ACTION.lookAgain, edit.opportunityId)] : []),
  ];
  const buttons = elements.length === 0 ? [] : [actions(elements)];
  return noticeView(formId, [...outcomeBlocks(edit, explanation, dealPage), ...buttons], { title });
}

/** The view after saving: everybody who saved an edit of the same opportunity is told what is true for them. */
export function editRecordedView(
  formId: string,
  saved: Extract<EditSaved, { type: 'recorded' | 'again' | 'open' }>,
  { paused, dealPage }: Pick<Bot, 'paused' | 'dealPage'>,
): ModalView {
  const { edit } = saved;
  if (saved.type === 'open') {
    return noticeView(formId, [section(editWords.openElsewhere(mention(edit.userId)))], {
      lookAgain: { opportunityId: edit.opportunityId },
      title: editWords.title,
    });
  }
  // Sent before, and over.
  if (!isOpenState(edit.state)) {
    return editOutcomeView(formId, edit, explainEdit(edit, { paused }), dealPage);
  }
  const text = paused
    ? editWords.pausedNow
    : edit.thenSubmit === undefined
      ? editWords.recorded(edit.editableStatus === 'Action Required')
      : editWords.savingThenSubmitting;
  const buttons = edit.state === 'requested' ? [actions([cancelEditButton(edit)])] : [];
  return noticeView(formId, [section(text), ...buttons], { title: editWords.title });
}
