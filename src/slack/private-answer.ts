import type { BlockAction } from '@slack/bolt';
import type { Bot } from '../bot.ts';
import { type Asking, latestRecords, standingOf, unsettled } from '../submissions/status.ts';
import { helpMessage } from './answers/help.ts';
import { listMessage, standingMessage, unsettledMessage } from './answers/records.ts';
import { button, type Message, saying } from './blocks/elements.ts';
import type { Question } from './command-text.ts';
import { loadingView, noticeView } from './forms/modal.ts';
import { ACTION } from './ids.ts';
import { openFormValue } from './opportunity-ids.ts';
import { type Origin, originOf, remember } from './origin.ts';
import { answerAddress } from './response-url.ts';
import { answerTitle, formFailed, openForm, pressAgain, somethingWrong, triggerExpired } from './words.ts';

export type AnswerBot = Pick<Bot, 'posting' | 'slack' | 'log'>;

/** Answers one person, for their eyes only: where they acted, by `answerAddress`; else, or where Slack doesn't take it there, as a direct message. */
export async function answerOne(
  { posting, slack, log }: AnswerBot,
  { userId, address }: { readonly userId: string; readonly address: string | undefined },
  message: Message,
): Promise<void> {
  if (address !== undefined && (await slack.responses.toOne(address, message))) return;
  const posted = await posting.post(userId, message);
  if (posted.type !== 'done') log.warn({ error: posted.error }, 'a press could not be answered');
}

/** The message that somebody is answered to. */
export interface Answered {
  readonly channelId: string;
  readonly userId: string;
  readonly ts: string;
  /** The thread it stands in; undefined: in the channel itself. */
  readonly threadTs: string | undefined;
}

/**
 * Answers a person's message for their eyes only; where Slack doesn't let us, in its thread, if others may read it there
 * (`isForAll`); else as a direct message.
 */
export async function offer(
  { posting, log }: AnswerBot,
  to: Answered,
  message: Message,
  { isForAll }: { readonly isForAll: boolean },
): Promise<void> {
  // In a thread that hasn't begun nobody would see it. "chat.postEphemeral", https://docs.slack.dev/reference/methods/chat.postEphemeral
  const shown = await posting.postEphemeral(to.channelId, to.userId, message, to.threadTs);
  if (shown.type === 'done') return;
  const replied = isForAll ? await posting.post(to.channelId, message, to.threadTs ?? to.ts) : undefined;
  const posted =
    replied === undefined || replied.type === 'refused' ? await posting.post(to.userId, message) : replied;
  if (posted.type !== 'done') log.warn({ error: posted.error }, 'a mention could not be answered');
}

/** Answers what one person asked, for their eyes only. Permission comes before anything else. */
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
        ? unsettledMessage(await unsettled(bot, asking), dealPage)
        : standingMessage(await standingOf(bot, opportunityId, asking), catalog, dealPage);
    }
  }
}

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

/** Slack didn't open the form: says so, and where its trigger had expired, offers a button that brings another. */
function notOpenedMessage(
  type: 'expired' | 'failed',
  origin: Origin,
  opportunityIds: readonly string[],
): Message {
  if (type === 'failed') return saying(formFailed);
  const { text, blocks } = saying(triggerExpired);
  return {
    text,
    blocks: [
      ...blocks,
      {
        type: 'actions',
        elements: [
          button({
            text: openForm,
            label: openForm,
            actionId: ACTION.openForm,
            value: openFormValue({ opportunityIds, threadTs: origin.threadTs }),
            style: 'primary',
          }),
        ],
      },
    ],
  };
}

/** Says that Slack didn't open what was asked for, and what to do. */
export function sayNotOpened(
  bot: Pick<Bot, 'posting' | 'slack' | 'log'>,
  type: 'expired' | 'failed',
  origin: Origin,
  opportunityIds: readonly string[],
): Promise<void> {
  // From the home tab: a button in a direct message would lead elsewhere.
  const isNowhere = origin.responseUrl === undefined && type === 'expired';
  const said = isNowhere ? saying(pressAgain) : notOpenedMessage(type, origin, opportunityIds);
  return answerOne(bot, { userId: origin.who.userId, address: origin.responseUrl }, said);
}
