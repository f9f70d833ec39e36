import { isForLater, type Posting, settled } from '../slack/posting.ts';
import { whyNot } from '../slack/refusals.ts';
import { RESPONSE_URL_USES } from '../slack/response-url.ts';
import { FORGOTTEN } from '../submissions/forgotten.ts';
import { channelMention, type Home } from './destination.ts';
import type { Message } from './kinds/submission.ts';
import type { Told } from './teller.ts';
import type { Telling } from './tellings.ts';
import * as words from './words.ts';

/**
 * A message for where it stands: what the channel may see is nothing for a person who isn't in it, and perhaps may not
 * submit any more. `placeHint`: mrkdwn of our own; with it, the message stands alone.
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
    telling: Telling,
  ): Promise<Told> => {
    const { place, responseUrlUses } = telling;
    const bot = `@${botName()}`;
    const directHint = (error?: string) =>
      words.sentAsDm(channelMention(askedIn), bot, error === undefined ? undefined : whyNot(error));

    if (place !== undefined && place.via !== 'response_url') {
      const isAlone = home.threadTs !== undefined && place.threadTs === undefined;
      const hint =
        place.via === 'dm' && home.via === 'channel' ? directHint() : isAlone ? words.standsAlone : undefined;
      const edited = await posting.edit(place, message(place.via, hint));
      if (edited.type === 'done' || isForLater(edited, telling)) return settled(place.via, edited, telling);
    }

    const posted = await posting.reply(home.channelId, (hint) => message(home.via, hint), home.threadTs);
    if (posted.type === 'done') {
      const told = settled(home.via, posted, telling);
      // Perhaps at the top of the channel, where it doesn't say yet why: that is an edit, once it is known where it stands.
      const isAlone = home.threadTs !== undefined && posted.threadTs === undefined;
      return told.type === 'told' && isAlone ? { ...told, again: true } : told;
    }
    if (posted.type === 'later' || isForLater(posted, telling)) return settled(home.via, posted, telling);

    const answer = async (): Promise<Told | undefined> =>
      responseUrlUses < RESPONSE_URL_USES &&
      (await respond(message('channel', words.answeredHere(bot, whyNot(posted.error)))))
        ? { type: 'told', place: { via: 'response_url' }, responseUrlUses: responseUrlUses + 1 }
        : undefined;
    const answered = instead === 'response_url' ? await answer() : undefined;
    if (answered !== undefined) return answered;
    if (userId === FORGOTTEN) return { type: 'nobody' };
    const direct = await posting.post(userId, message('dm', directHint(posted.error)));
    if (direct.type === 'done') return settled('dm', direct, telling);
    return (instead === 'dm' ? await answer() : undefined) ?? settled('dm', direct, telling);
  };
}
