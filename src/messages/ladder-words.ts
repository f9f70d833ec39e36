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
