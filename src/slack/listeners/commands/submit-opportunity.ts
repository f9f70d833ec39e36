import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import type { Bot } from '../../../bot.ts';
import type { Message } from '../../../messages/kinds/submission.ts';
import * as messages from '../../../messages/words.ts';
import { latestRecords, standingOf, unsettled } from '../../../submissions/status.ts';
import { helpMessage } from '../../answers/help.ts';
import { listMessage, standingMessage, unsettledMessage } from '../../answers/records.ts';
import { saying } from '../../blocks/saying.ts';
import { parseCommandText } from '../../command-text.ts';
import { openFor } from '../../open-form.ts';
import { answerOne } from '../../private-answer.ts';
import { foreign, someOf } from '../../text.ts';

/** `/submit-opportunity [ID… | status [ID] | list | help]`. Nothing is looked up before the acknowledgement and `views.open`. */
export async function submitOpportunity(
  bot: Bot,
  { ack, command }: SlackCommandMiddlewareArgs & AllMiddlewareArgs,
): Promise<void> {
  await ack();
  const who = { userId: command.user_id, teamId: command.team_id };
  const origin = {
    triggerId: command.trigger_id,
    who,
    channelId: command.channel_id,
    responseUrl: command.response_url,
  };
  const answer = (message: Message) =>
    answerOne(bot, { userId: who.userId, address: command.response_url }, message);
  const typed = parseCommandText(command.text);
  switch (typed.type) {
    case 'opportunity':
      return openFor(bot, origin, [typed.opportunityId]);
    case 'several':
      return openFor(bot, origin, typed.opportunityIds);
    case 'ask':
      return openFor(bot, origin, []);
    case 'help': {
      const permission = await bot.permissions.ask(who, command.channel_id);
      await answer(helpMessage(permission, { catalog: bot.catalog, contact: bot.config.contact }));
      return;
    }
    case 'status': {
      const { opportunityId } = typed;
      const asking = { who, channelId: command.channel_id };
      const { catalog, dealPage } = bot;
      const standing =
        opportunityId === undefined
          ? unsettledMessage(await unsettled(bot, asking), dealPage)
          : standingMessage(await standingOf(bot, opportunityId, asking), catalog, dealPage);
      await answer(standing);
      return;
    }
    case 'list': {
      const listed = await latestRecords(bot, { who, channelId: command.channel_id });
      await answer(listMessage(listed, bot.dealPage));
      return;
    }
    case 'too-long':
      await answer(saying(messages.tooLong));
      return;
    case 'many':
      await answer(saying(messages.unreadableMany(quoted(typed.typed))));
      return;
    case 'partly-unreadable': {
      await answer(saying(messages.partlyUnreadable(someOf(typed.unread.map(quoted)))));
      return;
    }
    case 'unreadable':
      await answer(saying(messages.unreadable(quoted(typed.typed))));
  }
}

const quoted = (typed: string): string => `“${foreign(typed, 200)}”`;
