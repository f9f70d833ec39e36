import type { BlockAction } from '@slack/bolt';
import type { Door } from '../door.ts';
import { answerAddress } from '../response-url.ts';
import { whoOf } from './who.ts';

/** The door a button in a message is. */
export const doorOf = (body: BlockAction): Door => ({
  triggerId: body.trigger_id,
  who: whoOf(body),
  channelId: body.channel?.id ?? '',
  responseUrl: answerAddress(body),
});
