import type { WebClient } from '@slack/web-api';
import type { Logger } from '../log.ts';
import type { Message } from './blocks/submission-message.ts';
import { createPosting } from './posting.ts';
import { respondToOne } from './response-url.ts';

export type AnswerOne = ReturnType<typeof createAnswerOne>;

/** Answers one person, for their eyes only: where they acted, by `answerAddress`; else, or where Slack doesn't take it there, as a direct message. */
export function createAnswerOne({ client, log }: { readonly client: WebClient; readonly log: Logger }) {
  const posting = createPosting({ client, log });
  return async (
    { userId, address }: { readonly userId: string; readonly address: string | undefined },
    message: Message,
    options?: { readonly replace?: boolean },
  ): Promise<void> => {
    if (address !== undefined && (await respondToOne(address, message, options))) return;
    const posted = await posting.post(userId, message);
    if (posted.type !== 'done') log.warn({ error: posted.error }, 'a press could not be answered');
  };
}
