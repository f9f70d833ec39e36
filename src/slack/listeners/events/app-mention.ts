import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import type { Bot } from '../../../bot.ts';
import { offerMessage } from '../../answers/offer.ts';
import * as words from '../../answers/offer-words.ts';
import { saying } from '../../blocks/saying.ts';
import { MOST_AT_ONCE } from '../../limits.ts';
import { opportunityIdsInMessage } from '../../message-text.ts';
import { openFormValue } from '../../open-form-value.ts';
import { isTooLong } from '../../opportunity-ids.ts';
import { offer } from '../../private-answer.ts';

/**
 * Somebody mentions the bot: they are offered the form, because a mention brings no trigger to open it with.
 *
 * A message is answered once. One that is edited comes again, with another event_id and the same ts (observed:
 * slackapi/bolt-js#960): only an ID that it didn't name before is offered then, by itself, because who forgot the ID or
 * mistyped it corrects the message. An offer does no harm; the same one twice may look like two submissions.
 */
export async function appMention(
  bot: Pick<Bot, 'store' | 'permissions' | 'posting' | 'slack' | 'clock' | 'log'>,
  { event, body }: SlackEventMiddlewareArgs<'app_mention'> & AllMiddlewareArgs,
): Promise<void> {
  // Another app's message has nobody who could press a button.
  if (event.user === undefined || event.bot_id !== undefined) return;
  if ((await firstDeliveries(bot, [body.event_id])).length === 0) return;
  const message = `${event.channel} ${event.ts}`;
  const naming = (id: string) => `${message} ${id}`;
  const to = { channelId: event.channel, userId: event.user, ts: event.ts, threadTs: event.thread_ts };
  if (isTooLong(event.text ?? '')) {
    const firsts = await firstDeliveries(bot, [message, naming('too long')]);
    if (firsts.includes(naming('too long'))) await offer(bot, to, saying(words.tooLong));
    return;
  }
  const named = opportunityIdsInMessage(event);
  const firsts = await firstDeliveries(bot, [
    message,
    // With more than go at once there is nothing to offer.
    ...named.slice(0, MOST_AT_ONCE + 1).map(naming),
  ]);
  const isFirst = firsts.includes(message);
  const opportunityIds = isFirst ? named : named.filter((id) => firsts.includes(naming(id)));
  if (!isFirst && opportunityIds.length === 0) return;

  const who = { userId: event.user, teamId: body.team_id };
  const threadTs = event.thread_ts ?? event.ts;
  await offer(
    bot,
    to,
    offerMessage(await bot.permissions.ask(who, event.channel), {
      opportunityIds,
      value: openFormValue({ opportunityIds, threadTs }),
    }),
  );
}

/** Those of the names of what Slack delivers that no replica has had before. */
async function firstDeliveries(
  { store, clock, log }: Pick<Bot, 'store' | 'clock' | 'log'>,
  names: readonly string[],
): Promise<readonly string[]> {
  return store.firstDeliveries(names, clock.now()).catch((error: unknown) => {
    // An answer twice is better than none.
    log.error({ error }, 'a delivery could not be noted');
    return names;
  });
}
