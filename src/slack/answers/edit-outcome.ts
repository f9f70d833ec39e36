import type { ModalView } from '@slack/types';
import { isOpenState } from '../../attempts/sendable.ts';
import type { Bot } from '../../bot.ts';
import type { Edit } from '../../edits/edit.ts';
import { type EditExplanation, explainEdit } from '../../edits/explain.ts';
import type { EditSaved } from '../../edits/save.ts';
import { cancelEditButton, editButtons, outcomeBlocks } from '../../messages/kinds/edit.ts';
import { buttonRow, section } from '../blocks/elements.ts';
import { editNoticeView } from '../forms/edit.ts';
import { ACTION } from '../ids.ts';
import { type DealPage, mention } from '../text.ts';

/** What came of an edit, shown in the modal it was saved in while that is open, with the next step. */
export function editOutcomeView(
  formId: string,
  edit: Edit,
  explanation: EditExplanation,
  dealPage: DealPage,
): ModalView {
  const goOn = { actionId: ACTION.lookAgain, value: edit.opportunityId };
  return editNoticeView(formId, [
    ...outcomeBlocks(edit, explanation, dealPage),
    ...buttonRow(editButtons(edit, explanation, goOn)),
  ]);
}

/** The view after saving: everybody who saved an edit of the same opportunity is told what is true for them. */
export function editRecordedView(
  formId: string,
  { type, edit }: Extract<EditSaved, { type: 'recorded' | 'again' | 'open' }>,
  { paused, dealPage }: Pick<Bot, 'paused' | 'dealPage'>,
): ModalView {
  if (type === 'open') {
    const said = `*Edits of this opportunity are already on their way.* ${mention(edit.userId)} saved them. Please wait for what comes of them, then look again. What you typed was not recorded.`;
    return editNoticeView(formId, said, [edit.opportunityId]);
  }
  // It was sent before, and is settled by now.
  if (!isOpenState(edit.state)) {
    return editOutcomeView(formId, edit, explainEdit(edit, { paused }), dealPage);
  }
  return editNoticeView(formId, [
    section(recordedText(edit, paused)),
    ...buttonRow(edit.state === 'requested' ? [cancelEditButton(edit)] : []),
  ]);
}

function recordedText({ thenSubmit, editableStatus }: Edit, paused: boolean): string {
  if (paused) {
    return '*Recorded.* Whoever runs this bot has paused sending: it goes to AWS when that is over, within 24 hours.';
  }
  const told = 'You are told what comes of it, here while this stays open, and in a message';
  if (thenSubmit !== undefined) return `*Recorded: it is saved at AWS, then submitted.* ${told}.`;
  const then = editableStatus === 'Action Required' ? '.' : '; then it can be submitted.';
  return `*Recorded, on its way to AWS.* ${told}${then}`;
}
