import type { ModalView } from '@slack/types';
import * as words from '../../words/modal.ts';
import { ACTION, BLOCK, CALLBACK } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { plain } from './elements.ts';

/** Asks which of several opportunities is meant; `opportunityIds` has at most a select's 100. */
export const chooseView = (draftId: string, opportunityIds: readonly string[]): ModalView => ({
  type: 'modal',
  callback_id: CALLBACK.choose,
  private_metadata: draftId,
  title: plain(words.title, LIMITS.viewTitle),
  submit: plain(words.next, LIMITS.viewTitle),
  close: plain(words.cancel, LIMITS.viewTitle),
  blocks: [
    {
      type: 'input',
      block_id: BLOCK.choice,
      label: plain(words.chooseLabel, 2000),
      hint: plain(words.chooseHint, 2000),
      element: {
        type: 'static_select',
        action_id: ACTION.choice,
        focus_on_load: true,
        options: opportunityIds.map((id) => ({ text: plain(id, LIMITS.optionText), value: id })),
      },
    },
  ],
});
