import type { WebClient } from '@slack/web-api';
import type { Logger } from '../log.ts';
import type { Message } from './blocks/submission-message.ts';
import { createPosting } from './posting.ts';

/** The message that somebody is answered to. */
export interface Answered {
  readonly channelId: string;
  readonly userId: string;
  readonly ts: string;
  /** The thread it stands in; undefined: in the channel itself. */
  readonly threadTs: string | undefined;
}

export type Offer = ReturnType<typeof createOffer>;

/** Answers a person's message for their eyes only; where Slack doesn't let us, in its thread; else as a direct message. */
export function createOffer({ client, log }: { readonly client: WebClient; readonly log: Logger }) {
  const posting = createPosting({ client, log });
  return async (to: Answered, message: Message): Promise<void> => {
    // In a thread that hasn't begun nobody would see it. "chat.postEphemeral", https://docs.slack.dev/reference/methods/chat.postEphemeral
    const shown = await posting.postEphemeral(to.channelId, to.userId, message, to.threadTs);
    if (shown.type === 'done') return;
    const replied = await posting.post(to.channelId, message, to.threadTs ?? to.ts);
    const posted = replied.type === 'refused' ? await posting.post(to.userId, message) : replied;
    if (posted.type !== 'done') log.warn({ error: posted.error }, 'a mention could not be answered');
  };
}
