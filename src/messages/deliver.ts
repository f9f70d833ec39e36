import type { Bot } from '../bot.ts';
import { fromNow, LONGEST_HINT_MS, sleep, untilWritten } from '../clock.ts';
import type { WorkKind } from '../worker/poller.ts';
import { type PublishBot, publish } from './home/publish.ts';
import { HOME_CHANGES, noticeHomeChanges } from './home/tabs.ts';
import { batch } from './kinds/batch.ts';
import { decision } from './kinds/decision.ts';
import { digest } from './kinds/digest.ts';
import { edit } from './kinds/edit.ts';
import { elsewhere } from './kinds/elsewhere.ts';
import type { Destination, KindBot, MessageKind, OpenForm } from './kinds/kind.ts';
import { reason } from './kinds/reason.ts';
import { reminder } from './kinds/reminder.ts';
import { sentBack } from './kinds/sent-back.ts';
import { submission, takenOn } from './kinds/submission.ts';
import { team } from './kinds/team.ts';
import { fingerprint, tell } from './ladder.ts';
import type { KindName } from './outbox.ts';
import type { Outgoing, Place } from './queue.ts';

/** Every kind of message that is posted. A home tab is published: see `home/publish.ts`. */
const KIND: Readonly<Record<Exclude<KindName, 'home'>, MessageKind>> = {
  submission,
  'taken-on': takenOn,
  decision,
  reason,
  'sent-back': sentBack,
  edit,
  batch,
  team,
  elsewhere,
  reminder,
  digest,
};

type DeliverBot = KindBot &
  Pick<Bot, 'outbox' | 'posting' | 'slack' | 'views' | 'observe' | 'log' | 'owner' | 'random'>;

/** Milliseconds until a message that waits for another one is looked at again: at first, and at the most. */
const WAIT_MS = 1000;
const WAIT_AT_MOST_MS = 30_000;

/** The work of the outbox: telling people what is due, each message as its records are then, and publishing home tabs. */
export function deliveries(bot: DeliverBot & PublishBot): readonly WorkKind[] {
  const { outbox, clock, owner, database } = bot;
  /** Channels that Slack has asked us to leave alone for a while, and until when (by the monotonic clock). */
  const busyUntil = new Map<string, number>();
  return [
    {
      name: 'messages',
      atOnce: 4,
      watch: (at) => outbox.watch('messages', at),
      take: async (inHand) => {
        const message = await outbox.claim('messages', { owner, at: clock.now(), inHand });
        return message && { id: message.id, work: () => deliver(bot, busyUntil, message) };
      },
    },
    {
      name: 'home changes',
      atOnce: 1,
      watch: () => HOME_CHANGES,
      take: async () =>
        (await noticeHomeChanges(database, clock.now())) ? { id: '', work: async () => {} } : undefined,
    },
    {
      name: 'home tabs',
      atOnce: 3,
      watch: (at) => outbox.watch('home tabs', at),
      // Not without what is in hand: whoever asks again while their tab is being published isn't to wait for that.
      take: async () => {
        const message = await outbox.claim('home tabs', { owner, at: clock.now() });
        return message && { id: message.id, work: () => publish(bot, message) };
      },
    },
  ];
}

async function deliver(bot: DeliverBot, busyUntil: Map<string, number>, message: Outgoing): Promise<void> {
  const { outbox, clock, log, owner, random, observe } = bot;
  const postpone = (ms: number, error: string) =>
    outbox.postpone(message, owner, { dueAt: fromNow(clock, ms), error });

  if (message.kind === 'home') throw new Error('A home tab is published, not posted.');
  const { find, restMs } = KIND[message.kind];
  const found = await find(bot, message);
  if (found === undefined) return outbox.drop(message, owner);
  const { to } = found;
  const above = await placeAbove(bot, to);
  if (above === 'not-yet') {
    return postpone(
      Math.min(WAIT_AT_MOST_MS, WAIT_MS * 2 ** message.tries),
      'the message it belongs to comes first',
    );
  }
  const channelId = to.type === 'person' ? to.userId : to.channelId;
  const busy = (busyUntil.get(channelId) ?? 0) - clock.monotonic();
  if (busy > 0) return postpone(busy, 'ratelimited');
  busyUntil.delete(channelId);

  if (message.place !== undefined && found.stays) return outbox.leave(message, owner);
  const delivery = { to, parent: above, message, loaded: await found.load() };
  // What would show the same is left alone: an edit gives blocks new block_ids, and whether Slack still counts a press whose
  // confirmation was open meanwhile isn't known (https://docs.slack.dev/reference/methods/chat.update).
  if (message.place !== undefined && message.shown === fingerprint(bot, delivery, message.place)) {
    return outbox.leave(message, owner);
  }
  const told = await tell(bot, delivery);
  if (told.type === 'nobody') return outbox.drop(message, owner);
  observe.told(message.kind, told.type, {
    ...found.logged,
    via: told.type === 'told' ? told.place.via : undefined,
  });
  if (told.type === 'told') {
    const { place, responseUrlUses, again = false, refused } = told;
    const restUntil = restMs === undefined ? undefined : fromNow(clock, restMs);
    // What is told once more, to say why it stands where it does, doesn't say it yet.
    const shown = again
      ? undefined
      : fingerprint(bot, { ...delivery, message: { ...message, refused } }, place);
    // If this weren't written down, it would be posted a second time.
    await untilWritten(clock, () =>
      outbox.told(message, owner, place, responseUrlUses, { restUntil, again, shown, refused }),
    );
    const { form } = delivery.loaded;
    const read = async () => (await (await find(bot, message))?.load())?.form;
    if (form !== undefined) void showInForm(bot, place, form, read);
    return;
  }
  const retryAfterMs = told.type === 'later' ? told.retryAfterMs : undefined;
  const askedMs = retryAfterMs === undefined ? undefined : Math.min(retryAfterMs, LONGEST_HINT_MS);
  if (askedMs !== undefined) busyUntil.set(channelId, clock.monotonic() + askedMs);
  const line = { kind: message.kind, ...found.logged, error: told.error, tries: message.tries + 1 };
  if (told.type === 'later') log.warn(line, 'a message could not be posted');
  else log.error(line, 'nobody could be told, by any way');
  const waitMs = askedMs ?? Math.max(500, random() * Math.min(LONGEST_HINT_MS, 1000 * 2 ** message.tries));
  await postpone(waitMs, told.error);
}

/** Where the message stands under which this one belongs; undefined: it belongs under none. */
async function placeAbove(
  { outbox }: Pick<Bot, 'outbox'>,
  to: Destination,
): Promise<Place | undefined | 'not-yet'> {
  if (!('under' in to) || to.under === undefined) return undefined;
  const { place, hasNews } = await outbox.whereIs(to.under);
  // What is said once waits until the message above is up to date: its thread may be found gone while that is edited.
  const waitsForNews = to.type !== 'asked-in';
  return place === undefined || (hasNews && waitsForNews) ? 'not-yet' : place;
}

/** Milliseconds for which a form that was sent is brought up to date. */
const FORM_FOR_MS = 2 * 60_000;
/** Milliseconds before each try: until Slack has taken the acknowledgement the view doesn't have its name. */
const FORM_AFTER_MS = [0, 300, 700, 2000];

/**
 * Once a message has been told, shows the same in the form it began with, which its person may still have open. It waits for
 * Slack, and nobody waits for it. `read`: the form as the records are then. A form that was closed isn't found, and that is
 * all.
 */
async function showInForm(
  { views, posting, permissions, clock, log }: DeliverBot,
  place: Place,
  form: OpenForm,
  read: () => Promise<OpenForm | undefined>,
): Promise<void> {
  try {
    if (clock.now().getTime() - form.sentAt.getTime() > FORM_FOR_MS) return;
    const link = place.via === 'response_url' ? undefined : await posting.permalink(place);
    const permission = await permissions.ask(form.who, form.channelId);
    if (permission.type !== 'allowed') return;
    for (const afterMs of FORM_AFTER_MS) {
      if (afterMs > 0) await sleep(clock, afterMs);
      // While Slack was asked, something newer may have been told, and shown.
      const shown = await read();
      if (shown === undefined || (await views.replace(shown.name, shown.view(link)))) return;
    }
  } catch (error) {
    log.warn({ error }, 'what came of a form could not be shown in it');
  }
}
