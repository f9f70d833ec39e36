import type { WebClient } from '@slack/web-api';
import type { Logger } from '../log.ts';
import { saying } from './blocks/asked.ts';
import { createPosting } from './posting.ts';

export type DirectNote = ReturnType<typeof createDirectNote>;

/** A sentence of ours to one person, as a direct message: where they pressed there is nothing to answer to. */
export function createDirectNote({ client, log }: { readonly client: WebClient; readonly log: Logger }) {
  const posting = createPosting({ client });
  return async (userId: string, text: string): Promise<void> => {
    const posted = await posting.post(userId, saying(text));
    if (posted.type !== 'done') log.warn({ error: posted.error }, 'a press could not be answered');
  };
}
