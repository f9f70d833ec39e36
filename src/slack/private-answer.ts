import type { BlockAction } from '@slack/bolt';
import type { Bot } from '../bot.ts';
import { type Asking, latestRecords, latestUnsettled, standingOf } from '../submissions/status.ts';
import { helpMessage } from './answers/help.ts';
import { listMessage, standingMessage, unsettledMessage } from './answers/records.ts';
import { type Message, saying } from './blocks/elements.ts';
import type { Question } from './command-text.ts';
import { loadingView, noticeView } from './forms/modal.ts';
import { originOf, remember } from './origin.ts';
import { answerAddress } from './response-url.ts';
import { somethingWrong } from './words.ts';

export const pressAgain =
  'That took too long for Slack to open a window. Nothing was submitted. Please press the button again.';
/** Of a modal with an answer. */
const answerTitle = 'Opportunity';

export type AnswerBot = Pick<Bot, 'posting' | 'slack' | 'log'>;

/**
 * Answers one person, for their eyes only: where they acted (`address`, by `answerAddress`); else, or where Slack doesn't
 * take it there, as a direct message.
 */
export async function answerOne(
  { posting, slack, log }: AnswerBot,
  { userId, address }: { readonly userId: string; readonly address: string | undefined },
  message: Message,
): Promise<void> {
  if (address !== undefined && (await slack.responses.toOne(address, message))) return;
  const posted = await posting.post(userId, message);
  if (posted.type !== 'done') log.warn({ error: posted.error }, 'a press could not be answered');
}

/**
 * Answers a person's message for their eyes only; where Slack doesn't let us, in its thread, if others may read it there
 * (`isForAll`); else as a direct message.
 */
export async function answerMention(
  { posting, log }: AnswerBot,
  mention: {
    readonly channelId: string;
    readonly userId: string;
    readonly ts: string;
    /** The thread it stands in; undefined: in the channel itself. */
    readonly threadTs: string | undefined;
  },
  message: Message,
  { isForAll }: { readonly isForAll: boolean },
): Promise<void> {
  const { channelId, userId, ts, threadTs } = mention;
  // In a thread that hasn't begun nobody would see it. "chat.postEphemeral", https://docs.slack.dev/reference/methods/chat.postEphemeral
  const shown = await posting.postEphemeral(channelId, userId, message, threadTs);
  if (shown.type === 'done') return;
  const replied = isForAll ? await posting.post(channelId, message, threadTs ?? ts) : undefined;
  const posted =
    replied === undefined || replied.type === 'refused' ? await posting.post(userId, message) : replied;
  if (posted.type !== 'done') log.warn({ error: posted.error }, 'a mention could not be answered');
}

/** The answer to what one person asked, for their eyes only. Permission comes before anything else. */
export async function answerTo(bot: Bot, question: Question, asking: Asking): Promise<Message> {
  const { catalog, dealPage, config, permissions } = bot;
  switch (question.type) {
    case 'help':
      return helpMessage(await permissions.ask(asking.who, asking.channelId), {
        catalog,
        contact: config.contact,
      });
    case 'list':
      return listMessage(await latestRecords(bot, asking), dealPage);
    case 'status': {
      const { opportunityId } = question;
      return opportunityId === undefined
        ? unsettledMessage(await latestUnsettled(bot, asking), dealPage)
        : standingMessage(await standingOf(bot, opportunityId, asking), catalog, dealPage);
    }
  }
}

type ModalBot = AnswerBot & Pick<Bot, 'views' | 'newId' | 'store' | 'clock' | 'catalog'>;

/**
 * Answers whoever pressed a button, for their eyes only: below the message it was pressed in, in its thread. In a modal where
 * it was pressed in a modal, or on the home tab, which is in no channel.
 */
export async function answerPress(
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
  const modal = await modalFor(bot, body, title);
  if (modal === undefined) {
    return answerOne(bot, { userId: body.user.id, address: answerAddress(body) }, saying(pressAgain));
  }
  const show = ({ blocks }: Message) =>
    bot.views.update(modal.id, noticeView(modal.name, blocks, { title }), modal.hash);
  try {
    // Where Slack refuses what we made of it, a sentence is better than a view that loads for ever.
    if (!(await show(await answer()))) await show(saying(somethingWrong));
  } catch (error) {
    await show(saying(somethingWrong));
    throw error;
  }
}

/** The modal to answer in, and the name it was opened with; undefined: Slack doesn't open one any more. */
async function modalFor(
  bot: ModalBot,
  body: BlockAction,
  title: string,
): Promise<{ readonly id: string; readonly hash: string; readonly name: string } | undefined> {
  const { view, trigger_id } = body;
  if (view?.type === 'modal') return { id: view.id, hash: view.hash, name: view.private_metadata };
  const name = bot.newId();
  // A trigger lives 3 s: the view first, everything else afterwards.
  const opened = await bot.views.open(trigger_id, loadingView(name, title), name);
  if (opened.type !== 'opened') return undefined;
  // By what is remembered, the modal is emptied where they may not see the deal any more.
  await remember(bot, name, originOf(body), undefined);
  return { id: opened.id, hash: opened.hash, name };
}
