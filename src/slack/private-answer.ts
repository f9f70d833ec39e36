import type { BlockAction } from '@slack/bolt';
import type { Bot } from '../bot.ts';
import { type Asking, latestRecords, standingOf, unsettled } from '../submissions/status.ts';
import { answerLoadingView, answerView } from './answers/asked.ts';
import { helpMessage } from './answers/help.ts';
import { listMessage, standingMessage, unsettledMessage } from './answers/records.ts';
import type { Message } from './blocks/elements.ts';
import { saying } from './blocks/saying.ts';
import type { Question } from './command-text.ts';
import { answerAddress } from './response-url.ts';
import { pressAgain, somethingWrong } from './words.ts';

type AnswerBot = Pick<Bot, 'posting' | 'slack' | 'log'>;

/**
 * Answers whoever pressed a button, for their eyes only: below the message it was pressed in, in its thread; from the home
 * tab, which is in no channel, in a modal of its own; from such a modal, in its place.
 */
export async function answerPrivately(
  bot: AnswerBot & Pick<Bot, 'views' | 'newId'>,
  body: BlockAction,
  answer: () => Promise<Message>,
  how?: { readonly replace?: boolean },
): Promise<void> {
  const { views, newId } = bot;
  const { trigger_id, view, user } = body;
  if (view === undefined) {
    await answerOne(bot, { userId: user.id, address: answerAddress(body) }, await answer(), how);
    return;
  }
  /** The modal to answer in; undefined: Slack doesn't open one any more. */
  const modalFor = async (): Promise<{ readonly id: string; readonly hash: string } | undefined> => {
    if (view.type === 'modal') return view;
    // A trigger lives 3 s: the view first, everything else afterwards.
    const opened = await views.open(trigger_id, answerLoadingView(), newId());
    return opened.type === 'opened' ? { id: opened.viewId, hash: opened.hash } : undefined;
  };
  const modal = await modalFor();
  if (modal === undefined) {
    return answerOne(bot, { userId: user.id, address: undefined }, saying(pressAgain));
  }
  try {
    await views.update(modal.id, answerView(await answer()), modal.hash);
  } catch (error) {
    await views.update(modal.id, answerView(saying(somethingWrong)), modal.hash);
    throw error;
  }
}

/** Answers one person, for their eyes only: where they acted, by `answerAddress`; else, or where Slack doesn't take it there, as a direct message. */
export async function answerOne(
  { posting, slack, log }: AnswerBot,
  { userId, address }: { readonly userId: string; readonly address: string | undefined },
  message: Message,
  options?: { readonly replace?: boolean },
): Promise<void> {
  if (address !== undefined && (await slack.responses.toOne(address, message, options))) return;
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

/** Answers a person's message for their eyes only; where Slack doesn't let us, in its thread; else as a direct message. */
export async function offer({ posting, log }: AnswerBot, to: Answered, message: Message): Promise<void> {
  // In a thread that hasn't begun nobody would see it. "chat.postEphemeral", https://docs.slack.dev/reference/methods/chat.postEphemeral
  const shown = await posting.postEphemeral(to.channelId, to.userId, message, to.threadTs);
  if (shown.type === 'done') return;
  const replied = await posting.post(to.channelId, message, to.threadTs ?? to.ts);
  const posted = replied.type === 'refused' ? await posting.post(to.userId, message) : replied;
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
