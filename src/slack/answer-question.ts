import type { Bot } from '../bot.ts';
import { type Asking, latestRecords, standingOf, unsettled } from '../submissions/status.ts';
import { helpMessage } from './answers/help.ts';
import { listMessage, standingMessage, unsettledMessage } from './answers/records.ts';
import type { Message } from './blocks/elements.ts';
import type { Question } from './command-text.ts';

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
