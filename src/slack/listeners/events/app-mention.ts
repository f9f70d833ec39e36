import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { offerMessage } from '../../blocks/offer.ts';
import { opportunityIdsInMessage } from '../../message-text.ts';
import { openFormValue } from '../../open-form-value.ts';
import type { Services } from '../services.ts';

/** Somebody mentions the bot: they are offered the form, because a mention brings no trigger to open it with. */
export const appMentionEvent =
  (services: Services) =>
  async ({ event, body }: SlackEventMiddlewareArgs<'app_mention'> & AllMiddlewareArgs): Promise<void> => {
    // Another app's message has nobody who could press a button.
    if (event.user === undefined || event.bot_id !== undefined) return;
    if (!(await services.isFirstDelivery(body.event_id))) return;
    const who = { userId: event.user, teamId: event.user_team ?? event.team ?? body.team_id };
    const opportunityIds = opportunityIdsInMessage(event);
    const threadTs = event.thread_ts ?? event.ts;
    await services.offer(
      { channelId: event.channel, userId: event.user, ts: event.ts, threadTs: event.thread_ts },
      offerMessage(await services.permissions.ask(who, event.channel), {
        opportunityIds,
        value: openFormValue({ opportunityIds, threadTs }),
      }),
    );
  };
