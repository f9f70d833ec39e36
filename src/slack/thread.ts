import type { Place } from '../submissions/telling/tellings.ts';

/** Where a message belongs. */
export interface Home {
  /** `dm`: in the DM in which the message of its batch had to be. */
  readonly via: 'channel' | 'dm';
  readonly channelId: string;
  readonly threadTs: string | undefined;
  /** The thread for it where that one is gone; undefined: none. */
  readonly otherwise: string | undefined;
}

/** From where something was asked for. */
interface Asked {
  readonly channelId: string;
  readonly threadTs: string | undefined;
}

/** Where a message belongs that was asked for there; in the thread of its batch's message, if there is one. */
export function homeOf({ channelId, threadTs }: Asked, batch: Place | undefined): Home {
  if (batch === undefined || batch.via === 'response_url') {
    return { via: 'channel', channelId, threadTs, otherwise: undefined };
  }
  const { via, ts } = batch;
  return via === 'dm'
    ? { via, channelId: batch.channelId, threadTs: ts, otherwise: undefined }
    : { via, channelId: batch.channelId, threadTs: threadTs ?? ts, otherwise: ts };
}

/** The thread of a message that stands `at`: its own, unless it stands in one, which then is that. */
export function threadOf(
  asked: Asked,
  batch: Place | undefined,
  at: { readonly channelId: string; readonly ts: string },
): string {
  const home = homeOf(asked, batch);
  return at.channelId === home.channelId ? (home.threadTs ?? at.ts) : at.ts;
}

export const channelMention = (channelId: string): string => `<#${channelId}>`;
