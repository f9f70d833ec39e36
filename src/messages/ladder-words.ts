import type { WhyNot } from '../slack/refusals.ts';

/** Why the message isn't where it belongs, and what to do: `absent` where an invitation would help. */
export const answeredHere = (bot: string, why: WhyNot): string => {
  if (why === 'absent') return `To have one message kept up to date here: \`/invite ${bot}\``;
  return why === 'closed'
    ? 'The bot may not post in this channel: it is archived, or restricted.'
    : `Slack doesn't let the bot post in this channel (\`${why.code}\`).`;
};
/** `why` undefined: it isn't known any more. */
export const sentAsDm = (channel: string, bot: string, why: WhyNot | undefined): string => {
  switch (why) {
    case 'absent':
      return `The bot isn't in ${channel}. To change that, there: \`/invite ${bot}\``;
    case 'closed':
      return `The bot may not post in ${channel}: it is archived, or restricted.`;
    case undefined:
      return `The bot can't post in ${channel}. If it isn't there: \`/invite ${bot}\``;
    default:
      return `Slack doesn't let the bot post in ${channel} (\`${why.code}\`).`;
  }
};

export const decisionAsDm = (channel: string): string =>
  `You submitted it in ${channel}, and aren't there any more.`;
export const decisionOnlyAsDm = (channel: string): string => `The bot can't post in ${channel}.`;
