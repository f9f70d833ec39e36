import type { WebClient } from '@slack/web-api';
import type { Logger } from '../observability/log.ts';

/** What Slack says of a channel (`conversations.info`). */
export function createChannels({ client, log }: { readonly client: WebClient; readonly log: Logger }) {
  return {
    /** Whether nobody outside the organisation reads along, now: never on a guess, and never from a while ago. */
    async isInside(channel: string): Promise<boolean> {
      try {
        return !isSharedOutside((await client.conversations.info({ channel })).channel);
      } catch (error) {
        log.warn({ error }, 'Slack did not say whether a channel is shared outside: it gets no details');
        return false;
      }
    },
  };
}

/**
 * Slack Connect: people of other organisations are in the channel, or are invited. What Slack doesn't show is taken for
 * shared. https://docs.slack.dev/reference/objects/conversation-object
 */
export const isSharedOutside = (
  channel:
    | {
        readonly is_ext_shared?: boolean;
        readonly is_pending_ext_shared?: boolean;
        readonly pending_shared?: string[];
      }
    | undefined,
): boolean =>
  channel === undefined ||
  channel.is_ext_shared === true ||
  channel.is_pending_ext_shared === true ||
  (channel.pending_shared ?? []).length > 0;
