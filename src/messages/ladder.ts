import { createHash } from 'node:crypto';
import type { Bot } from '../bot.ts';
import { FORGOTTEN } from '../database/schema.ts';
import type { Message } from '../slack/blocks/elements.ts';
import { type Posted, RESPONSE_URL_MS, RESPONSE_URL_USES, respond, type Tried } from '../slack/posting.ts';
import { type WhyNot, whyNot } from '../slack/refusals.ts';
import { standsAlone } from '../slack/text.ts';
import type { Destination, Loaded } from './kinds/kind.ts';
import type { Outgoing, Place } from './queue.ts';

/* What a message says where it stands elsewhere than where it belongs; mrkdwn. */

/** `why`: the channel takes no message. Said in an answer to the command. */
export const answeredHere = (bot: string, why: WhyNot): string => {
  if (why === 'absent') return `To have one message kept up to date here: \`/invite ${bot}\``;
  return why === 'closed'
    ? 'The bot may not post in this channel: it is archived, or restricted.'
    : `Slack doesn't let the bot post in this channel (\`${why.code}\`).`;
};

/** The same, said in a direct message. `why` undefined: it isn't known any more. */
export const sentAsDm = (channel: string, bot: string, why: WhyNot | undefined): string => {
  // A direct message of others: nobody can invite a bot into that.
  if (channel.startsWith('<#D')) return "The bot can't write in the conversation where you asked.";
  switch (why) {
    case 'absent':
      return `To have this in ${channel}: \`/invite ${bot}\` there.`;
    case 'closed':
      return `The bot may not post in ${channel}: it is archived, or restricted.`;
    case undefined:
      return `To have this in ${channel}: \`/invite ${bot}\` there, if it isn't.`;
    default:
      return `Slack doesn't let the bot post in ${channel} (\`${why.code}\`).`;
  }
};

export const decisionAsDm = (channel: string): string =>
  `You submitted it in ${channel}, and aren't there any more.`;
const decisionOnlyAsDm = (channel: string): string => `The bot can't post in ${channel}.`;

/** What came of telling a message. */
type Told =
  | {
      readonly type: 'told';
      readonly place: Place;
      readonly responseUrlUses: number;
      /** Slack's word for why it stands as a direct message. */
      readonly refused?: string | undefined;
      /** It stands at the top of the channel, not in its thread, and doesn't say why yet: it is to be edited once more. */
      readonly again?: boolean;
    }
  /** There is nobody left to tell: they were forgotten on request, or are told in any case. */
  | { readonly type: 'nobody' }
  /** Slack lets nobody be reached, by any way there is, until somebody changes that. It is tried again all the same. */
  | { readonly type: 'unreachable'; readonly error: string }
  /** Nobody could be reached now. */
  | { readonly type: 'later'; readonly error: string; readonly retryAfterMs: number | undefined };

type LadderBot = Pick<Bot, 'posting' | 'directory' | 'slack' | 'config' | 'clock' | 'log'>;

/** A message that is to be told. */
interface Delivery<To extends Destination = Destination> {
  readonly to: To;
  /** Where the message stands that it belongs under, if it belongs under one. */
  readonly parent: Place | undefined;
  readonly message: Outgoing;
  readonly loaded: Loaded;
}

type DeliveryTo<Type extends Destination['type']> = Delivery<Extract<Destination, { type: Type }>>;

/** Tries after which a refusal by a name that isn't known here counts as lasting: about eight minutes. */
const UNKNOWN_TRIES = 10;

/**
 * Tells people: posts the message where it belongs, and edits it there from then on; where that isn't possible, as a direct
 * message, which can be edited too, or in answer to the command; else later. What would help is always named.
 */
export async function tell(bot: LadderBot, delivery: Delivery): Promise<Told> {
  const { to, message } = delivery;
  const { place, responseUrlUses } = message;
  if (place !== undefined && place.via !== 'response_url') {
    const edited = await bot.posting.edit(place, shownAt(bot, delivery, place));
    if (edited.type === 'done') return toldAt(place.via, edited, message, message.refused);
    if (isForLater(edited, message)) return untold(edited, message);
  }
  switch (to.type) {
    case 'asked-in':
      return tellAskedIn(bot, { ...delivery, to });
    case 'person':
      return tellPerson(bot, { ...delivery, to });
    case 'thread':
    case 'channel':
      // Told once: where that can't be edited it stays as it is, and nobody hears it a second time.
      if (place !== undefined) return { type: 'told', place, responseUrlUses };
      return to.type === 'thread'
        ? tellThread(bot, { ...delivery, to })
        : tellChannel(bot, { ...delivery, to });
  }
}

/** A fingerprint of what a message shows at a place, its buttons too: whether two show the same, and nothing of a deal. */
export function fingerprint(bot: LadderBot, delivery: Delivery, place: Place): string {
  const { text, blocks } = delivery.loaded.lasting({
    via: place.via === 'dm' ? 'dm' : 'channel',
    hint: hintAt(bot, delivery, place),
  });
  return createHash('sha256')
    .update(JSON.stringify([text, blocks]))
    .digest('base64url');
}

const shownAt = (bot: LadderBot, delivery: Delivery, place: Exclude<Place, { via: 'response_url' }>) =>
  delivery.loaded.message({ via: place.via, hint: hintAt(bot, delivery, place) });

async function tellAskedIn(bot: LadderBot, delivery: DeliveryTo<'asked-in'>): Promise<Told> {
  const { posting } = bot;
  const { to, parent, message, loaded } = delivery;
  const belongs = belongsAt(to, parent);
  const posted = await posting.reply(
    belongs.channelId,
    (hint) => loaded.message({ via: belongs.via, hint }),
    belongs.threadTs,
  );
  if (posted.type === 'done') {
    // At the top of the channel it doesn't say yet why: that is an edit, once it is known where it stands.
    return { ...toldAt(belongs.via, posted, message), again: isAlone(belongs, posted) };
  }
  if (isForLater(posted, message)) return untold(posted, message);

  if (to.userId === FORGOTTEN) return { type: 'nobody' };
  const why = whyNot(posted.error);
  const hint = sentAsDm(channelMention(to.channelId), botMention(bot), why);
  const direct = await posting.post(to.userId, loaded.message({ via: 'dm', hint }));
  if (direct.type === 'done') return toldAt('dm', direct, message, posted.error);
  const answer = loaded.message({ via: 'channel', hint: answeredHere(botMention(bot), why) });
  return (await tellByUrl(bot, to, message, answer, to)) ?? untold(direct, message);
}

/** A person who isn't in the channel any more gets it as a direct message. */
async function tellThread(bot: LadderBot, delivery: DeliveryTo<'thread'>): Promise<Told> {
  const { posting } = bot;
  const { to, parent, message, loaded } = delivery;
  const { channelId, userId } = to;
  const direct = async (): Promise<Told> => {
    if (userId === undefined || userId === FORGOTTEN) return { type: 'nobody' };
    const hint = decisionOnlyAsDm(channelMention(channelId));
    return settled('dm', await posting.post(userId, loaded.message({ via: 'dm', hint })), message);
  };

  if (parent === undefined || parent.via === 'response_url') return direct();
  // Asked first: between the post and the note that it was posted there is no room for another call.
  const isThere =
    parent.via === 'dm' || userId === undefined || (await bot.directory.isMember(parent.channelId, userId));
  const posted = await posting.reply(
    parent.channelId,
    (hint) => loaded.message({ via: parent.via, hint }),
    threadOf(parent),
  );
  if (posted.type !== 'done') return isForLater(posted, message) ? untold(posted, message) : direct();
  // The channel has it: where a direct message fails as well, that isn't worth telling the channel twice.
  if (!isThere && userId !== undefined) {
    const hint = decisionAsDm(channelMention(channelId));
    await posting.post(userId, loaded.message({ via: 'dm', hint }));
  }
  return toldAt(parent.via, posted, message);
}

const tellChannel = async ({ posting }: LadderBot, { to, message, loaded }: DeliveryTo<'channel'>) =>
  settled('channel', await posting.post(to.channelId, loaded.message({ via: 'channel' })), message);

async function tellPerson(bot: LadderBot, { to, message, loaded }: DeliveryTo<'person'>): Promise<Told> {
  const shown = loaded.message({ via: 'dm' });
  const answered = await tellByUrl(bot, to, message, shown);
  return answered ?? settled('dm', await bot.posting.post(to.userId, shown), message);
}

/** Answers where somebody asked, while Slack still takes it. Undefined: it doesn't. */
async function tellByUrl(
  bot: LadderBot,
  { responseUrl, askedAt }: { readonly responseUrl?: string | undefined; readonly askedAt?: Date },
  { responseUrlUses }: Outgoing,
  shown: Message,
  inChannel?: { readonly threadTs: string | undefined },
): Promise<Told | undefined> {
  if (responseUrl === undefined || askedAt === undefined || responseUrlUses >= RESPONSE_URL_USES)
    return undefined;
  const isLate = bot.clock.now().getTime() - askedAt.getTime() >= RESPONSE_URL_MS;
  if (isLate || !(await respond(bot, responseUrl, shown, inChannel))) return undefined;
  return { type: 'told', place: { via: 'response_url' }, responseUrlUses: responseUrlUses + 1 };
}

/** The thread of a message: the one it stands in, else its own. */
const threadOf = ({ ts, threadTs }: Pick<Posted, 'ts' | 'threadTs'>): string => threadTs ?? ts;

/** Where a message belongs that was asked for there: in the thread of `parent`, if that stands where one can be. */
const belongsAt = (
  { channelId, threadTs }: Extract<Destination, { type: 'asked-in' }>,
  parent: Place | undefined,
): { readonly via: 'channel' | 'dm' } & Pick<Posted, 'channelId' | 'threadTs'> =>
  parent === undefined || parent.via === 'response_url'
    ? { via: 'channel', channelId, threadTs }
    : { via: parent.via, channelId: parent.channelId, threadTs: threadOf(parent) };

/** Whether a message stands at the top of a channel, and belongs in a thread. */
const isAlone = (belongs: Pick<Posted, 'threadTs'>, { threadTs }: Pick<Posted, 'threadTs'>): boolean =>
  belongs.threadTs !== undefined && threadTs === undefined;

/** What a message that stands at `place` says of why it does; undefined: it stands where it belongs. */
function hintAt(
  bot: Pick<Bot, 'slack'>,
  { to, parent, message }: Delivery,
  place: Place,
): string | undefined {
  if (place.via === 'response_url') return undefined;
  switch (to.type) {
    case 'asked-in': {
      const belongs = belongsAt(to, parent);
      if (place.via !== 'dm' || belongs.via !== 'channel') {
        return isAlone(belongs, place) ? standsAlone : undefined;
      }
      const why = message.refused === undefined ? undefined : whyNot(message.refused);
      return sentAsDm(channelMention(to.channelId), botMention(bot), why);
    }
    case 'thread':
      if (place.via === 'dm' && parent?.via !== 'dm') return decisionOnlyAsDm(channelMention(to.channelId));
      return place.threadTs === undefined ? standsAlone : undefined;
    case 'channel':
    case 'person':
      return undefined;
  }
}

const channelMention = (channelId: string): string => `<#${channelId}>`;

/** For `/invite`. */
const botMention = ({ slack }: Pick<Bot, 'slack'>): string => `@${slack.identity().botName}`;

type Failed = Exclude<Tried, { type: 'done' }>;

/** Whether the same is worth trying again before another way is gone. */
const isForLater = (failed: Failed, { tries }: Outgoing): boolean =>
  failed.type === 'later' || (failed.about === 'unknown' && tries < UNKNOWN_TRIES);

/** `refused`: Slack's word for why it doesn't stand where it belongs. */
const toldAt = (
  via: 'channel' | 'dm',
  { channelId, ts, threadTs }: Extract<Tried, { type: 'done' }>,
  { responseUrlUses }: Outgoing,
  refused?: string,
): Extract<Told, { type: 'told' }> => ({
  type: 'told',
  place: { via, channelId, ts, threadTs },
  responseUrlUses,
  refused,
});

/** There is no further way to try. */
function untold(failed: Failed, message: Outgoing): Told {
  const { error } = failed;
  if (!isForLater(failed, message)) return { type: 'unreachable', error };
  const retryAfterMs = failed.type === 'later' ? failed.retryAfterMs : undefined;
  return { type: 'later', error, retryAfterMs };
}

/** What comes of a message that was tried in the last place there is for it. */
const settled = (via: 'channel' | 'dm', tried: Tried, message: Outgoing): Told =>
  tried.type === 'done' ? toldAt(via, tried, message) : untold(tried, message);
