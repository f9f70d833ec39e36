import type { AllMiddlewareArgs, MessageShortcut, SlackShortcutMiddlewareArgs } from '@slack/bolt';
import type { Bot } from '../../bot.ts';
import { openFor } from '../open-form.ts';
import { opportunityIdsInMessage } from '../opportunity-ids.ts';
import { whoOf } from '../payloads.ts';
import { answerAddress } from '../posting.ts';

/** *Submit opportunity…* in a message's menu: the form for the ID in the message; the outcome goes into its thread. */
export async function submitByShortcut(
  bot: Bot,
  { ack, shortcut }: SlackShortcutMiddlewareArgs<MessageShortcut> & AllMiddlewareArgs,
): Promise<void> {
  await ack();
  const { message } = shortcut;
  const thread: unknown = message.thread_ts;
  await openFor(
    bot,
    {
      triggerId: shortcut.trigger_id,
      who: whoOf(shortcut),
      channelId: shortcut.channel.id,
      responseUrl: answerAddress(shortcut),
      threadTs: typeof thread === 'string' ? thread : shortcut.message_ts,
    },
    opportunityIdsInMessage(message),
  );
}
