import type { Place } from './tellings.ts';

/** Where a message belongs. */
export interface Home {
  /** `dm`: in the DM in which the message of its batch had to be. */
  readonly via: 'channel' | 'dm';
  readonly channelId: string;
  readonly threadTs: string | undefined;
}

/** Where a message belongs that was asked for there; in the thread of its batch's message, if there is one. */
export const homeOf = (
  { channelId, threadTs }: { readonly channelId: string; readonly threadTs: string | undefined },
  batch: Place | undefined,
): Home =>
  batch === undefined || batch.via === 'response_url'
    ? { via: 'channel', channelId, threadTs }
    : { via: batch.via, channelId: batch.channelId, threadTs: threadOf(batch) };

/** The thread of a message: the one it stands in, else its own. */
export const threadOf = ({ ts, threadTs }: { readonly ts: string; readonly threadTs: string | undefined }) =>
  threadTs ?? ts;

export const channelMention = (channelId: string): string => `<#${channelId}>`;
