import type { WhyNot } from '../slack/refusals.ts';

/** Why a message stands where it does. */
const EACH_ITS_OWN =
  "so it can't keep one message up to date here: every change comes as a message of its own.";
/** Why the message isn't where it belongs, and what to do: `absent` where an invitation would help. */
export const answeredHere = (bot: string, why: WhyNot): string => {
  if (why === 'absent') {
    return `The bot isn't in this channel, ${EACH_ITS_OWN} To change that: \`/invite ${bot}\``;
  }
  return why === 'closed'
    ? `The bot may not post in this channel (it is archived, or restricted), ${EACH_ITS_OWN}`
    : `Slack doesn't let the bot post in this channel (\`${why.code}\`), ${EACH_ITS_OWN}`;
};
/** `why` undefined: it isn't known any more. */
export const sentAsDm = (channel: string, bot: string, why: WhyNot | undefined): string => {
  switch (why) {
    case 'absent':
      return `You get this here because the bot isn't in ${channel}. To change that, in that channel: \`/invite ${bot}\``;
    case 'closed':
      return `You get this here because the bot may not post in ${channel}: it is archived, or restricted.`;
    case undefined:
      return `You get this here because the bot can't post in ${channel}. If it isn't there, in that channel: \`/invite ${bot}\``;
    default:
      return `You get this here because Slack doesn't let the bot post in ${channel} (\`${why.code}\`).`;
  }
};

export const decisionAsDm = (channel: string): string =>
  `You get this here too because you submitted it in ${channel} and aren't there any more.`;
export const decisionOnlyAsDm = (channel: string): string =>
  `You get this here because the bot can't post in ${channel}.`;
