import type { BlockAction } from '@slack/bolt';
import { pressAgain, somethingWrong } from '../words/messages.ts';
import type { AnswerOne } from './answer.ts';
import { answerLoadingView, answerView } from './blocks/answer-view.ts';
import { saying } from './blocks/asked.ts';
import type { Message } from './blocks/submission-message.ts';
import { answerAddress } from './response-url.ts';
import type { Views } from './views.ts';

export type PrivateAnswer = ReturnType<typeof createPrivateAnswer>;

/**
 * Answers whoever pressed a button, for their eyes only: below the message it was pressed in, in its thread; from the home
 * tab, which is in no channel, in a modal of its own; from such a modal, in its place.
 */
export function createPrivateAnswer(options: {
  readonly views: Views;
  readonly newId: () => string;
  readonly answerOne: AnswerOne;
}) {
  const { views, newId, answerOne } = options;

  /** The modal to answer in; undefined: Slack doesn't open one any more. */
  const modalFor = async (
    triggerId: string,
    view: NonNullable<BlockAction['view']>,
  ): Promise<{ readonly id: string; readonly hash: string } | undefined> => {
    if (view.type === 'modal') return view;
    // A trigger lives 3 s: the view first, everything else afterwards.
    const opened = await views.open(triggerId, answerLoadingView(), newId());
    return opened.type === 'opened' ? { id: opened.viewId, hash: opened.hash } : undefined;
  };

  return async (
    body: BlockAction,
    answer: () => Promise<Message>,
    how?: { readonly replace?: boolean },
  ): Promise<void> => {
    const { trigger_id, view, user } = body;
    if (view === undefined) {
      await answerOne({ userId: user.id, address: answerAddress(body) }, await answer(), how);
      return;
    }
    const modal = await modalFor(trigger_id, view);
    if (modal === undefined) return answerOne({ userId: user.id, address: undefined }, saying(pressAgain));
    try {
      await views.update(modal.id, answerView(await answer()), modal.hash);
    } catch (error) {
      await views.update(modal.id, answerView(saying(somethingWrong)), modal.hash);
      throw error;
    }
  };
}
