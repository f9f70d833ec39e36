import type { BlockAction } from '@slack/bolt';
import type { Bot } from '../bot.ts';
import type { Message } from './blocks/elements.ts';
import { saying } from './blocks/elements.ts';
import { loadingView, noticeView } from './forms/submit.ts';
import { originOf, remember } from './origin.ts';
import { type AnswerBot, answerOne } from './private-answer.ts';
import { answerAddress } from './response-url.ts';
import { answerTitle, pressAgain, somethingWrong } from './words.ts';

type ModalBot = AnswerBot & Pick<Bot, 'views' | 'newId' | 'store' | 'clock' | 'catalog'>;

/**
 * Answers whoever pressed a button, for their eyes only: below the message it was pressed in, in its thread; from the home
 * tab, which is in no channel, and from a modal, in a modal.
 */
export async function answerPrivately(
  bot: ModalBot,
  body: BlockAction,
  answer: () => Promise<Message>,
): Promise<void> {
  if (body.view !== undefined) return answerInModal(bot, body, answer);
  await answerOne(bot, { userId: body.user.id, address: answerAddress(body) }, await answer());
}

/** Answers whoever pressed a button in a modal of its own, which loads first; pressed in a modal, in its place. */
export async function answerInModal(
  bot: ModalBot,
  body: BlockAction,
  answer: () => Promise<Message>,
  title = answerTitle,
): Promise<void> {
  const { views } = bot;
  const modal = await modalFor(bot, body, title);
  if (modal === undefined) {
    return answerOne(bot, { userId: body.user.id, address: answerAddress(body) }, saying(pressAgain));
  }
  const show = ({ blocks }: Message) =>
    views.update(modal.id, noticeView(modal.name, blocks, { title }), modal.hash);
  try {
    // Where Slack refuses what we made of it, a sentence is better than a view that loads for ever.
    if (!(await show(await answer()))) await show(saying(somethingWrong));
  } catch (error) {
    await show(saying(somethingWrong));
    throw error;
  }
}

interface Modal {
  readonly id: string;
  readonly hash: string;
  /** As it was opened. */
  readonly name: string;
}

/** The modal to answer in; undefined: Slack doesn't open one any more. */
async function modalFor(bot: ModalBot, body: BlockAction, title: string): Promise<Modal | undefined> {
  const { view, trigger_id } = body;
  if (view?.type === 'modal') return { id: view.id, hash: view.hash, name: view.private_metadata };
  const name = bot.newId();
  // A trigger lives 3 s: the view first, everything else afterwards.
  const opened = await bot.views.open(trigger_id, loadingView(name, title), name);
  if (opened.type !== 'opened') return undefined;
  // With this it is emptied where they may not see the deal any more.
  await remember(bot, name, originOf(body), undefined);
  return { id: opened.viewId, hash: opened.hash, name };
}
