import { createHash } from 'node:crypto';
import type { Bot } from '../bot.ts';
import { FORGOTTEN } from '../database/schema.ts';
import type { Tried } from '../slack/posting.ts';
import { whyNot } from '../slack/refusals.ts';
import { RESPONSE_URL_MS, RESPONSE_URL_USES } from '../slack/response-url.ts';
import { standsAlone } from '../slack/words.ts';
import type { Destination, Loaded } from './kinds/kind.ts';
import * as words from './ladder-words.ts';
import type { Outgoing, Place } from './queue.ts';

/** What came of delivery a message. */
export type Told =
  | {
      readonly type: 'told';
      readonly place: Place;
      readonly responseUrlUses: number;
      /** Slack's word for why it stands as a direct message. */
      readonly refused?: string | undefined;
      /** It stands elsewhere than it was meant to, and doesn't say so yet: it is told once more, there. */
      readonly again?: boolean;
    }
  /** There is nobody left to tell: they were forgotten on request, or are told in any case. */
  | { readonly type: 'nobody' }
  /** Slack lets nobody be reached, by any way there is: somebody has to change that. Kept, and tried again all the same. */
  | { readonly type: 'unreachable'; readonly error: string; readonly responseUrlUses: number }
  /** Nobody could be reached now. */
  | {
      readonly type: 'later';
      readonly error: string;
      readonly retryAfterMs: number | undefined;
      readonly responseUrlUses: number;
    };

type LadderBot = Pick<Bot, 'posting' | 'slack' | 'clock'>;
type Standing = Extract<Place, { via: 'channel' | 'dm' }>;

/** A message that is to be told. */
export interface Delivery<To extends Destination = Destination> {
  readonly to: To;
  /** Where the message stands that it belongs under, if it belongs under one. */
  readonly parent: Place | undefined;
  readonly message: Outgoing;
  readonly loaded: Loaded;
}

/** Tries after which a refusal by a name that isn't known here counts as lasting: about eight minutes. */
const UNKNOWN_TRIES = 10;

/**
 * Tells people: the message where it belongs, edited there from then on; where that isn't possible as a DM to the person,
 * which can be edited too, by the command's response_url, or later. The fix is always named.
 */
export function tell(bot: LadderBot, delivery: Delivery): Promise<Told> {
  const { to } = delivery;
  switch (to.type) {
    case 'asked-in':
      return tellAskedIn(bot, { ...delivery, to });
    case 'thread':
      return tellThread(bot, { ...delivery, to });
    case 'channel':
      return tellChannel(bot, { ...delivery, to });
    case 'person':
      return tellPerson(bot, { ...delivery, to });
  }
}

/** A fingerprint of what a message shows at a place, its buttons too: whether two show the same, and nothing of a deal. */
export function fingerprint(bot: LadderBot, delivery: Delivery, place: Place): string {
  const { to, loaded, parent, message } = delivery;
  const { text, blocks } = loaded.lasting({
    via: place.via === 'dm' ? 'dm' : 'channel',
    hint:
      to.type === 'asked-in'
        ? hintAt(bot, to, parent, place, message)
        : to.type === 'thread'
          ? hintInThread(to, parent, place)
          : undefined,
  });
  return createHash('sha256')
    .update(JSON.stringify([text, blocks]))
    .digest('base64url');
}

async function tellAskedIn(
  bot: LadderBot,
  { to, parent, message, loaded }: Delivery<Extract<Destination, { type: 'asked-in' }>>,
): Promise<Told> {
  const { posting } = bot;
  const { place, responseUrlUses } = message;
  const home = belongsAt(to, parent);

  if (place !== undefined && place.via !== 'response_url') {
    const shown = loaded.message({ via: place.via, hint: hintAt(bot, to, parent, place, message) });
    const edited = await posting.edit(place, shown);
    if (edited.type === 'done' || isForLater(edited, message)) {
      return because(message.refused, settled(place.via, edited, message));
    }
  }

  const posted = await posting.reply(
    home.channelId,
    (hint) => loaded.message({ via: home.via, hint }),
    home.threadTs,
  );
  if (posted.type === 'done') {
    const told = settled(home.via, posted, message);
    // Perhaps at the top of the channel, where it doesn't say yet why: that is an edit, once it is known where it stands.
    return told.type === 'told' && isAlone(home, posted) ? { ...told, again: true } : told;
  }
  if (isForLater(posted, message)) return settled(home.via, posted, message);

  const answer = async (): Promise<Told | undefined> => {
    const hint = words.answeredHere(botMention(bot), whyNot(posted.error));
    const isAnswered = await respond(bot, to, message, (url) =>
      bot.slack.responses.toAll(url, loaded.message({ via: 'channel', hint }), to.threadTs),
    );
    return isAnswered
      ? { type: 'told', place: { via: 'response_url' }, responseUrlUses: responseUrlUses + 1 }
      : undefined;
  };
  if (to.userId === FORGOTTEN) return { type: 'nobody' };
  const hint = words.sentAsDm(channelMention(to.channelId), botMention(bot), whyNot(posted.error));
  const direct = await posting.post(to.userId, loaded.message({ via: 'dm', hint }));
  if (direct.type === 'done') return because(posted.error, settled('dm', direct, message));
  return (await answer()) ?? settled('dm', direct, message);
}

/** A person who isn't in the channel any more gets it as a DM. */
async function tellThread(
  { posting }: LadderBot,
  { to, parent, message, loaded }: Delivery<Extract<Destination, { type: 'thread' }>>,
): Promise<Told> {
  const { channelId, userId } = to;
  const { place } = message;
  // Told already, once: it is only kept from asking for what nobody has to do any more.
  if (place !== undefined)
    return refresh(posting, { message, loaded }, place, hintInThread(to, parent, place));
  const direct = async (): Promise<Told> => {
    if (userId === undefined || userId === FORGOTTEN) return { type: 'nobody' };
    const hint = words.decisionOnlyAsDm(channelMention(channelId));
    return settled('dm', await posting.post(userId, loaded.message({ via: 'dm', hint })), message);
  };

  if (parent === undefined || parent.via === 'response_url') return direct();
  // Asked first: between the post and the note that it was posted there is no room for another call.
  const isThere =
    parent.via === 'dm' || userId === undefined || (await posting.isMember(parent.channelId, userId));
  const posted = await posting.reply(
    parent.channelId,
    (hint) => loaded.message({ via: parent.via, hint }),
    threadOf(parent),
  );
  if (posted.type !== 'done') {
    return isForLater(posted, message) ? settled(parent.via, posted, message) : direct();
  }
  // Told in the channel already: a DM that fails as well isn't worth delivery the channel twice.
  if (!isThere && userId !== undefined) {
    const hint = words.decisionAsDm(channelMention(channelId));
    await posting.post(userId, loaded.message({ via: 'dm', hint }));
  }
  return settled(parent.via, posted, message);
}

async function tellChannel(
  { posting }: LadderBot,
  { to, message, loaded }: Delivery<Extract<Destination, { type: 'channel' }>>,
): Promise<Told> {
  if (message.place !== undefined) return refresh(posting, { message, loaded }, message.place, undefined);
  const posted = await posting.post(to.channelId, loaded.message({ via: 'channel' }));
  return settled('channel', posted, message);
}

/** Edits what is told once. Where that can't be edited it stays as it is: nobody hears it a second time. */
async function refresh(
  posting: LadderBot['posting'],
  { message, loaded }: Pick<Delivery, 'message' | 'loaded'>,
  place: Place,
  hint: string | undefined,
): Promise<Told> {
  const { responseUrlUses } = message;
  if (place.via === 'response_url') return { type: 'told', place, responseUrlUses };
  const edited = await posting.edit(place, loaded.message({ via: place.via, hint }));
  return isForLater(edited, message)
    ? settled(place.via, edited, message)
    : { type: 'told', place, responseUrlUses };
}

/** What a message in a thread says of why it stands elsewhere. */
function hintInThread(
  { channelId }: Extract<Destination, { type: 'thread' }>,
  parent: Place | undefined,
  place: Place,
): string | undefined {
  if (place.via === 'response_url') return undefined;
  if (place.via === 'dm' && parent?.via !== 'dm') return words.decisionOnlyAsDm(channelMention(channelId));
  return place.threadTs === undefined ? standsAlone : undefined;
}

async function tellPerson(
  bot: LadderBot,
  { to, message, loaded }: Delivery<Extract<Destination, { type: 'person' }>>,
): Promise<Told> {
  const { posting, slack } = bot;
  const shown = loaded.message({ via: 'dm' });
  if (message.place?.via === 'dm') {
    const edited = await posting.edit(message.place, shown);
    if (edited.type === 'done' || isForLater(edited, message)) return settled('dm', edited, message);
  }
  if (await respond(bot, to, message, (url) => slack.responses.toOne(url, shown))) {
    return { type: 'told', place: { via: 'response_url' }, responseUrlUses: message.responseUrlUses + 1 };
  }
  return settled('dm', await posting.post(to.userId, shown), message);
}

/** Answers where somebody asked, while Slack still takes it. */
async function respond(
  { clock }: LadderBot,
  { responseUrl, askedAt }: { readonly responseUrl?: string | undefined; readonly askedAt?: Date },
  { responseUrlUses }: Outgoing,
  send: (url: string) => Promise<boolean>,
): Promise<boolean> {
  if (responseUrl === undefined || askedAt === undefined || responseUrlUses >= RESPONSE_URL_USES)
    return false;
  return clock.now().getTime() - askedAt.getTime() < RESPONSE_URL_MS && send(responseUrl);
}

/** Where a message belongs that was asked for there: in the thread of the one above it, if there is one that has a thread. */
const belongsAt = (
  { channelId, threadTs }: Extract<Destination, { type: 'asked-in' }>,
  parent: Place | undefined,
): Pick<Standing, 'via' | 'channelId' | 'threadTs'> =>
  parent === undefined || parent.via === 'response_url'
    ? { via: 'channel', channelId, threadTs }
    : { via: parent.via, channelId: parent.channelId, threadTs: threadOf(parent) };

const isAlone = (
  home: Pick<Standing, 'threadTs'>,
  { threadTs }: { readonly threadTs: string | undefined },
): boolean => home.threadTs !== undefined && threadTs === undefined;

/** What a message that stands there says of why it does. */
function hintAt(
  bot: LadderBot,
  to: Extract<Destination, { type: 'asked-in' }>,
  parent: Place | undefined,
  place: Place,
  { refused }: Pick<Outgoing, 'refused'>,
): string | undefined {
  if (place.via === 'response_url') return undefined;
  const home = belongsAt(to, parent);
  if (place.via === 'dm' && home.via === 'channel') {
    const why = refused === undefined ? undefined : whyNot(refused);
    return words.sentAsDm(channelMention(to.channelId), botMention(bot), why);
  }
  return isAlone(home, place) ? standsAlone : undefined;
}

/** The thread of a message: the one it stands in, else its own. */
const threadOf = ({ ts, threadTs }: Standing): string => threadTs ?? ts;

const channelMention = (channelId: string): string => `<#${channelId}>`;

/** For `/invite`. */
const botMention = ({ slack }: Pick<Bot, 'slack'>): string => `@${slack.identity().botName}`;

/** Whether the same is worth trying again before another way is gone. */
const isForLater = (tried: Tried, { tries }: Outgoing): boolean =>
  tried.type === 'later' || (tried.type === 'refused' && tried.about === 'unknown' && tries < UNKNOWN_TRIES);

const because = (refused: string | undefined, told: Told): Told =>
  told.type === 'told' ? { ...told, refused } : told;

/** What comes of a message that was tried in the last place there is for it. */
function settled(via: 'channel' | 'dm', tried: Tried, message: Outgoing): Told {
  const { responseUrlUses } = message;
  if (tried.type === 'done') {
    const { channelId, ts, threadTs } = tried;
    return { type: 'told', place: { via, channelId, ts, threadTs }, responseUrlUses };
  }
  const { error } = tried;
  if (!isForLater(tried, message)) return { type: 'unreachable', error, responseUrlUses };
  const retryAfterMs = tried.type === 'later' ? tried.retryAfterMs : undefined;
  return { type: 'later', error, retryAfterMs, responseUrlUses };
}
