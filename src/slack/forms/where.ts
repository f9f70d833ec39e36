import type { ModalView } from '@slack/types';
import * as words from '../../messages/kinds/home-words.ts';
import { plain } from '../blocks/elements.ts';
import { ACTION, BLOCK, CALLBACK } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { cancel, next, title } from './words.ts';

/**
 * Asks in which channel the outcome of a submission belongs that was begun from the home tab, which is in none.
 * `usual`: chosen beforehand.
 */
export const whereView = (formId: string, usual: string | undefined): ModalView => ({
  type: 'modal',
  callback_id: CALLBACK.where,
  private_metadata: formId,
  title: plain(title, LIMITS.viewTitle),
  submit: plain(next, LIMITS.viewTitle),
  close: plain(cancel, LIMITS.viewTitle),
  blocks: [
    {
      type: 'input',
      block_id: BLOCK.where,
      label: plain(words.whereLabel, 2000),
      hint: plain(words.whereHint, 2000),
      element: {
        type: 'conversations_select',
        action_id: ACTION.where,
        placeholder: plain(words.wherePlaceholder, 150),
        focus_on_load: true,
        filter: { include: ['public', 'private'] },
        ...(usual === undefined ? {} : { initial_conversation: usual }),
      },
    },
  ],
});
