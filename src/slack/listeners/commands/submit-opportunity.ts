import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import * as messages from '../../../words/messages.ts';
import { helpMessage } from '../../blocks/help.ts';
import { listMessage, standingMessage, unsettledMessage } from '../../blocks/records.ts';
import { parseCommandText } from '../../command-text.ts';
import { foreign } from '../../text.ts';
import type { Services } from '../services.ts';

/** `/submit-opportunity [ID… | status [ID] | list | help]`. Nothing is looked up before the acknowledgement and `views.open`. */
export const submitOpportunityCommand =
  (services: Services) =>
  async ({ ack, command, respond }: SlackCommandMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    await ack();
    const who = { userId: command.user_id, teamId: command.team_id };
    const door = {
      triggerId: command.trigger_id,
      who,
      channelId: command.channel_id,
      responseUrl: command.response_url,
    };
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
        await respond({ response_type: 'ephemeral', ...helpMessage(permission, services) });
        return;
      }
      case 'status': {
        const { opportunityId } = typed;
        const asking = { who, channelId: command.channel_id };
        const { standings, catalog, dealPage } = services;
        const answer =
          opportunityId === undefined
            ? unsettledMessage(await standings.unsettled(asking), dealPage)
            : standingMessage(await standings.ofOne(opportunityId, asking), catalog, dealPage);
        await respond({ response_type: 'ephemeral', ...answer });
        return;
      }
      case 'list': {
        const listed = await services.standings.latest({ who, channelId: command.channel_id });
        await respond({ response_type: 'ephemeral', ...listMessage(listed, services.dealPage) });
        return;
      }
      case 'many':
        await respond({ response_type: 'ephemeral', text: messages.unreadableMany(quoted(typed.typed)) });
        return;
      case 'partly-unreadable': {
        const unread = typed.unread.slice(0, UNREAD_SHOWN).map(quoted).join(', ');
        await respond({ response_type: 'ephemeral', text: messages.partlyUnreadable(unread) });
        return;
      }
      case 'unreadable':
        await respond({ response_type: 'ephemeral', text: messages.unreadable(quoted(typed.typed)) });
    }
  };

const UNREAD_SHOWN = 5;
const quoted = (typed: string): string => `“${foreign(typed, 200)}”`;
