import { FORGOTTEN } from '../submissions/keeping/forgotten.ts';
import type { Told } from '../submissions/telling/teller.ts';
import type { Telling } from '../submissions/telling/tellings.ts';
import * as words from '../words/messages.ts';
import type { Message } from './blocks/submission-message.ts';
import { later, type Posting, told } from './posting.ts';
import { RESPONSE_URL_USES } from './response-url.ts';
import { channelMention, type Home } from './thread.ts';

/**
 * A message for where it stands: what the channel may see is nothing for a person who isn't in it, and perhaps may not
 * submit any more. `placeHint`: mrkdwn of our own.
 */
export type MessageFor = (via: 'channel' | 'dm', placeHint?: string) => Message;

/** A message that is kept up to date, and whom it is for. */
interface Kept {
  readonly home: Home;
  readonly userId: string;
  /** The channel it was asked for in. */
  readonly askedIn: string;
  readonly message: MessageFor;
  /** Answers the command itself, as long as Slack lets us; false: it didn't. */
  readonly respond: (message: Message) => Promise<boolean>;
  /** What can't be posted where it belongs: which comes first. An answer to the command can't be edited. */
  readonly instead: 'response_url' | 'dm';
}

/** Where an invitation is what helps. */
const INVITABLE = new Set(['not_in_channel', 'channel_not_found']);

/** Tells a message that is kept up to date: edited where it stands, else posted where it belongs, else where it reaches the person. */
export function createKeepUpToDate({
  posting,
  botName,
}: {
  readonly posting: Posting;
  /** The bot's own name, for `/invite`. */
  readonly botName: () => string;
}) {
  return async (
    { home, userId, askedIn, message, respond, instead }: Kept,
    { place, responseUrlUses }: Telling,
  ): Promise<Told> => {
    const bot = `@${botName()}`;
    const directHint = (error: string | undefined) =>
      words.sentAsDm(channelMention(askedIn), bot, error === undefined ? undefined : INVITABLE.has(error));

    if (place !== undefined && place.via !== 'response_url') {
      const isElsewhere = place.via === 'dm' && home.via === 'channel';
      const edited = await posting.edit(
        place.channelId,
        place.ts,
        message(place.via, isElsewhere ? directHint(undefined) : undefined),
      );
      if (edited.type === 'done') return told(place.via, edited, responseUrlUses);
      if (edited.type === 'later') return later(edited, responseUrlUses);
    }

    const posted = await posting.postInThread(
      home.channelId,
      message(home.via),
      home.threadTs,
      home.otherwise,
    );
    if (posted.type === 'done') return told(home.via, posted, responseUrlUses);
    if (posted.type === 'later') return later(posted, responseUrlUses);

    const answer = async (): Promise<Told | undefined> =>
      responseUrlUses < RESPONSE_URL_USES &&
      (await respond(message('channel', words.answeredHere(bot, INVITABLE.has(posted.error)))))
        ? { type: 'told', place: { via: 'response_url' }, responseUrlUses: responseUrlUses + 1 }
        : undefined;
    const answered = instead === 'response_url' ? await answer() : undefined;
    if (answered !== undefined) return answered;
    if (userId === FORGOTTEN) return { type: 'nobody' };
    const direct = await posting.post(userId, message('dm', directHint(posted.error)));
    if (direct.type === 'done') return told('dm', direct, responseUrlUses);
    return (instead === 'dm' ? await answer() : undefined) ?? later(direct, responseUrlUses);
  };
}
