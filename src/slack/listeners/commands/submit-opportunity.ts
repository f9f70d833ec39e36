import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import * as messages from '../../../words/messages.ts';
import { helpMessage } from '../../blocks/help.ts';
import { parseCommandText } from '../../command-text.ts';
import { foreign } from '../../text.ts';
import type { Services } from '../services.ts';

/** `/submit-opportunity [ID | help]`. Nothing is looked up before the acknowledgement and `views.open`. */
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
        return services.form.open(
          door,
          async () => ({ opportunityId: typed.opportunityId }),
          typed.opportunityId,
        );
      case 'ask':
        return services.form.ask(door);
      case 'help': {
        const permission = await services.permissions.ask(who, command.channel_id);
        await respond({ response_type: 'ephemeral', ...helpMessage(permission, services.catalog) });
        return;
      }
      case 'many':
        await respond({ response_type: 'ephemeral', text: messages.unreadableMany(quoted(typed.typed)) });
        return;
      case 'unreadable':
        await respond({ response_type: 'ephemeral', text: messages.unreadable(quoted(typed.typed)) });
    }
  };

const quoted = (typed: string): string => `“${foreign(typed, 200)}”`;
