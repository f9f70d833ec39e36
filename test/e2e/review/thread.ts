import type { StandInMessage } from '../../../demo/slack/stand-in.ts';
import { deals, type Workspace } from '../workspace.ts';

/** The messages in the channel itself that are still there, oldest first. */
export const inChannel = ({ slack }: Workspace, channel: string = deals): readonly StandInMessage[] =>
  slack
    .messages(channel)
    .filter(({ threadTs, deleted, ephemeralTo }) => threadTs === undefined && !deleted && !ephemeralTo);

/** What was posted into any thread of the channel, oldest first. */
export const inThreads = ({ slack }: Workspace, channel: string = deals): readonly StandInMessage[] =>
  slack.messages(channel).filter(({ threadTs, ephemeralTo }) => threadTs !== undefined && !ephemeralTo);

/** The bot's messages in its DM with a person, oldest first. */
export const inDm = ({ slack }: Workspace, user: string): readonly StandInMessage[] =>
  slack.messages(slack.directMessage(user).id).filter(({ deleted }) => !deleted);
