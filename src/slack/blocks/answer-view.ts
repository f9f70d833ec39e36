import type { ModalView } from '@slack/types';
import * as words from '../../words/home.ts';
import { close } from '../../words/modal.ts';
import { CALLBACK } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { saying } from './asked.ts';
import { plain } from './elements.ts';
import type { Message } from './submission-message.ts';

/** The answer to a button that was pressed where there is no channel: what would stand below a message. */
export const answerView = ({ blocks }: Message): ModalView => ({
  type: 'modal',
  callback_id: CALLBACK.notice,
  title: plain(words.answerTitle, LIMITS.viewTitle),
  close: plain(close, LIMITS.viewTitle),
  blocks: [...blocks],
});

/** Shown at once, while the answer is looked up. */
export const answerLoadingView = (): ModalView => answerView(saying(words.answerLoading));
