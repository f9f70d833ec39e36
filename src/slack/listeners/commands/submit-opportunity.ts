import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import type { Message } from '../../../messages/kinds/submission.ts';
import * as messages from '../../../messages/words.ts';
import { saying } from '../../answers/asked.ts';
import { helpMessage } from '../../answers/help.ts';
import { listMessage, standingMessage, unsettledMessage } from '../../answers/records.ts';
import { parseCommandText } from '../../command-text.ts';
import { foreign, someOf } from '../../text.ts';
import type { Services } from '../services.ts';

/** `/submit-opportunity [ID… | status [ID] | list | help]`. Nothing is looked up before the acknowledgement and `views.open`. */
export const submitOpportunityCommand =
  (services: Services) =>
  async ({ ack, command }: SlackCommandMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    await ack();
    const who = { userId: command.user_id, teamId: command.team_id };
    const door = {
      triggerId: command.trigger_id,
      who,
      channelId: command.channel_id,
      responseUrl: command.response_url,
    };
    const answer = (message: Message) =>
      services.answerOne({ userId: who.userId, address: command.response_url }, message);
    const typed = parseCommandText(command.text);
    switch (typed.type) {
      case 'opportunity':
        return services.form.openFor(door, [typed.opportunityId]);
      case 'several':
        return services.form.openFor(door, typed.opportunityIds);
      case 'ask':
        return services.form.openFor(door, []);
      case 'help': {
        const permission = await services.permissions.ask(who, command.channel_id);
        await answer(helpMessage(permission, services));
        return;
      }
      case 'status': {
        const { opportunityId } = typed;
        const asking = { who, channelId: command.channel_id };
        const { standings, catalog, dealPage } = services;
        const standing =
          opportunityId === undefined
            ? unsettledMessage(await standings.unsettled(asking), dealPage)
            : standingMessage(await standings.ofOne(opportunityId, asking), catalog, dealPage);
        await answer(standing);
        return;
      }
      case 'list': {
        const listed = await services.standings.latest({ who, channelId: command.channel_id });
        await answer(listMessage(listed, services.dealPage));
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
  };

const quoted = (typed: string): string => `“${foreign(typed, 200)}”`;
