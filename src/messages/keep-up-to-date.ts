import { isForLater, type Posting, settled } from '../slack/posting.ts';
import { whyNot } from '../slack/refusals.ts';
import { RESPONSE_URL_USES } from '../slack/response-url.ts';
import { FORGOTTEN } from '../submissions/forgotten.ts';
import { channelMention, type Home } from './destination.ts';
import type { Message } from './kinds/submission.ts';
import { shownBy } from './shown.ts';
import type { Told, Unchanged } from './teller.ts';
import type { Place, Telling } from './tellings.ts';
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
  /** The same without what is no reason to edit it; all of it where it isn't given. */
  readonly lasting?: MessageFor;
  /** Answers the command itself, as long as Slack lets us; false: it didn't. */
  readonly respond: (message: Message) => Promise<boolean>;
  /** What can't be posted where it belongs: which comes first. An answer to the command can't be edited. */
  readonly instead: 'response_url' | 'dm';
}

/**
 * Tells a message that is kept up to date: edited where it stands, else posted where it belongs, else where it reaches the
 * person. What would show there what it shows already is left alone: an edit gives its blocks new block_ids, and whether Slack
 * still counts a press whose confirmation was open over it isn't known
 * (https://docs.slack.dev/reference/methods/chat.update).
 */
export function createKeepUpToDate({
  posting,
  botName,
}: {
  readonly posting: Posting;
  /** The bot's own name, for `/invite`. */
  readonly botName: () => string;
}) {
  const directHint = (askedIn: string, error?: string) =>
    words.sentAsDm(channelMention(askedIn), `@${botName()}`, error === undefined ? undefined : whyNot(error));

  const isAlone = ({ home }: Kept, { threadTs }: { readonly threadTs: string | undefined }) =>
    home.threadTs !== undefined && threadTs === undefined;

  /** What a message that stands there says of why it does. */
  const hintAt = (kept: Kept, place: Place): string | undefined => {
    if (place.via === 'response_url') return undefined;
    if (place.via === 'dm' && kept.home.via === 'channel') return directHint(kept.askedIn);
    return isAlone(kept, place) ? words.standsAlone : undefined;
  };

  const shownAt = (kept: Kept, place: Place): string => {
    const lasting = kept.lasting ?? kept.message;
    return shownBy(lasting(place.via === 'dm' ? 'dm' : 'channel', hintAt(kept, place)));
  };

  const tell = async (kept: Kept, telling: Telling): Promise<Told> => {
    const { home, userId, askedIn, message, respond, instead } = kept;
    const { place, responseUrlUses } = telling;

    if (place !== undefined && place.via !== 'response_url') {
      const edited = await posting.edit(place, message(place.via, hintAt(kept, place)));
      if (edited.type === 'done' || isForLater(edited, telling)) return settled(place.via, edited, telling);
    }

    const posted = await posting.reply(home.channelId, (hint) => message(home.via, hint), home.threadTs);
    if (posted.type === 'done') {
      const told = settled(home.via, posted, telling);
      // Perhaps at the top of the channel, where it doesn't say yet why: that is an edit, once it is known where it stands.
      return told.type === 'told' && isAlone(kept, posted) ? { ...told, again: true } : told;
    }
    if (posted.type === 'later' || isForLater(posted, telling)) return settled(home.via, posted, telling);

    const answer = async (): Promise<Told | undefined> =>
      responseUrlUses < RESPONSE_URL_USES &&
      (await respond(message('channel', words.answeredHere(`@${botName()}`, whyNot(posted.error)))))
        ? { type: 'told', place: { via: 'response_url' }, responseUrlUses: responseUrlUses + 1 }
        : undefined;
    const answered = instead === 'response_url' ? await answer() : undefined;
    if (answered !== undefined) return answered;
    if (userId === FORGOTTEN) return { type: 'nobody' };
    const direct = await posting.post(userId, message('dm', directHint(askedIn, posted.error)));
    if (direct.type === 'done') return settled('dm', direct, telling);
    return (instead === 'dm' ? await answer() : undefined) ?? settled('dm', direct, telling);
  };

  return async (kept: Kept, telling: Telling): Promise<Told | Unchanged> => {
    const { place, shown } = telling;
    if (place !== undefined && shown === shownAt(kept, place)) return { type: 'unchanged' };
    const told = await tell(kept, telling);
    // What is told once more for its place doesn't show it yet.
    return told.type === 'told' && told.again !== true ? { ...told, shown: shownAt(kept, told.place) } : told;
  };
}
