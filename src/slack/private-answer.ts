import type { Bot } from '../bot.ts';
import { type Asking, latestRecords, latestUnsettled, standingOf } from '../submissions/status.ts';
import { helpMessage } from './answers/help.ts';
import { listMessage, standingMessage, unsettledMessage } from './answers/records.ts';
import type { Message } from './blocks/elements.ts';
import type { Question } from './command-text.ts';
import { respond } from './posting.ts';

export type AnswerBot = Pick<Bot, 'posting' | 'config' | 'log'>;

/**
 * Answers one person, for their eyes only: where they acted (`address`, by `answerAddress`); else, or where Slack doesn't
 * take it there, as a direct message.
 */
export async function answerOne(
  bot: AnswerBot,
  { userId, address }: { readonly userId: string; readonly address: string | undefined },
  message: Message,
): Promise<void> {
  if (address !== undefined && (await respond(bot, address, message))) return;
  const posted = await bot.posting.post(userId, message);
  if (posted.type !== 'done') bot.log.warn({ error: posted.error }, 'a press could not be answered');
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
