import type { Bot } from '../bot.ts';
import type { Posted } from '../slack/posting.ts';
import { type WhyNot, whyNot } from '../slack/refusals.ts';
import { standsAlone } from '../slack/words.ts';
import type { Destination } from './kinds/kind.ts';
import type { Outgoing, Place } from './queue.ts';

/** What a message says of why it stands elsewhere than where it belongs, and what to do about that; mrkdwn. */

/** `why`: the channel takes no message. Said in an answer to the command. */
export const answeredHere = (bot: string, why: WhyNot): string => {
  if (why === 'absent') return `To have one message kept up to date here: \`/invite ${bot}\``;
  return why === 'closed'
    ? 'The bot may not post in this channel: it is archived, or restricted.'
    : `Slack doesn't let the bot post in this channel (\`${why.code}\`).`;
};

/** The same, said in a direct message. `why` undefined: it isn't known any more. */
export const sentAsDm = (channel: string, bot: string, why: WhyNot | undefined): string => {
  // A direct message of others: nobody can invite a bot into that.
  if (channel.startsWith('<#D')) return "The bot can't write in the conversation where you asked.";
  switch (why) {
    case 'absent':
      return `To have this in ${channel}: \`/invite ${bot}\` there.`;
    case 'closed':
      return `The bot may not post in ${channel}: it is archived, or restricted.`;
    case undefined:
      return `To have this in ${channel}: \`/invite ${bot}\` there, if it isn't.`;
    default:
      return `Slack doesn't let the bot post in ${channel} (\`${why.code}\`).`;
  }
};

export const decisionAsDm = (channel: string): string =>
  `You submitted it in ${channel}, and aren't there any more.`;
export const decisionOnlyAsDm = (channel: string): string => `The bot can't post in ${channel}.`;

/** The thread of a message: the one it stands in, else its own. */
export const threadOf = ({ ts, threadTs }: Pick<Posted, 'ts' | 'threadTs'>): string => threadTs ?? ts;

/** Where a message belongs that was asked for there: in the thread of `parent`, if that stands where one can be. */
export const belongsAt = (
  { channelId, threadTs }: Extract<Destination, { type: 'asked-in' }>,
  parent: Place | undefined,
): { readonly via: 'channel' | 'dm' } & Pick<Posted, 'channelId' | 'threadTs'> =>
  parent === undefined || parent.via === 'response_url'
    ? { via: 'channel', channelId, threadTs }
    : { via: parent.via, channelId: parent.channelId, threadTs: threadOf(parent) };

/** Whether a message stands at the top of a channel, and belongs in a thread. */
export const isAlone = (belongs: Pick<Posted, 'threadTs'>, { threadTs }: Pick<Posted, 'threadTs'>): boolean =>
  belongs.threadTs !== undefined && threadTs === undefined;

/** What a message that stands at `place` says of why it does; undefined: it stands where it belongs. */
export function hintAt(
  bot: Pick<Bot, 'slack'>,
  {
    to,
    parent,
    message,
  }: { readonly to: Destination; readonly parent: Place | undefined; readonly message: Outgoing },
  place: Place,
): string | undefined {
  if (place.via === 'response_url') return undefined;
  switch (to.type) {
    case 'asked-in': {
      const belongs = belongsAt(to, parent);
      if (place.via !== 'dm' || belongs.via !== 'channel') {
        return isAlone(belongs, place) ? standsAlone : undefined;
      }
      const why = message.refused === undefined ? undefined : whyNot(message.refused);
      return sentAsDm(channelMention(to.channelId), botMention(bot), why);
    }
    case 'thread':
      if (place.via === 'dm' && parent?.via !== 'dm') return decisionOnlyAsDm(channelMention(to.channelId));
      return place.threadTs === undefined ? standsAlone : undefined;
    case 'channel':
    case 'person':
      return undefined;
  }
}

export const channelMention = (channelId: string): string => `<#${channelId}>`;

/** For `/invite`. */
export const botMention = ({ slack }: Pick<Bot, 'slack'>): string => `@${slack.identity().botName}`;
