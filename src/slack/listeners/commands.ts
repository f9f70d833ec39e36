import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import type { Bot } from '../../bot.ts';
import { commandTooLong, unclearMessage } from '../answers/help.ts';
import { type Message, saying } from '../blocks/elements.ts';
import { parseCommandText } from '../command-text.ts';
import { askWhich, openFor } from '../open-form.ts';
import { answerOne, answerTo } from '../private-answer.ts';

/** `/submit-opportunity [ID… | status [ID] | list | help]`. Nothing is looked up before the acknowledgement and `views.open`. */
export async function submitByCommand(
  bot: Bot,
  { ack, command }: SlackCommandMiddlewareArgs & AllMiddlewareArgs,
): Promise<void> {
  await ack();
  const origin = {
    triggerId: command.trigger_id,
    who: { userId: command.user_id, teamId: command.team_id },
    channelId: command.channel_id,
    responseUrl: command.response_url,
  };
  const answer = (message: Message) =>
    answerOne(bot, { userId: command.user_id, address: command.response_url }, message);
  const typed = parseCommandText(command.text);
  switch (typed.type) {
    case 'opportunity':
      return openFor(bot, origin, [typed.opportunityId]);
    case 'several':
      return openFor(bot, origin, typed.opportunityIds, typed.leftOut);
    case 'ask':
      return openFor(bot, origin, []);
    case 'search':
      return askWhich(bot, origin, typed.query);
    case 'help':
    case 'list':
    case 'status':
      return answer(await answerTo(bot, typed, origin));
    case 'too-long':
      return answer(saying(commandTooLong));
    case 'unclear':
      return answer(unclearMessage(typed));
  }
}
