import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import type { Bot } from '../../bot.ts';
import { askForHome } from '../../messages/home/publish.ts';
import { mentionTooLong, offerMessage, unclearMessage } from '../answers/help.ts';
import { type Message, MOST_AT_ONCE, saying } from '../blocks/elements.ts';
import { type CommandText, parseCommandText, type Suggestion } from '../command-text.ts';
import { openFormValue, opportunityIdsInMessage } from '../opportunity-ids.ts';
import { answerMention, answerTo } from '../private-answer.ts';

/** Somebody opens the bot's home tab: it is published as things stand, and kept up to date from now on. */
export async function appHomeOpened(
  bot: Parameters<typeof askForHome>[0],
  { event, body }: SlackEventMiddlewareArgs<'app_home_opened'> & AllMiddlewareArgs,
): Promise<void> {
  // The event comes for the app's Messages tab too. Delivered twice it does no harm.
  if (event.tab !== 'home') return;
  await askForHome(bot, { userId: event.user, teamId: body.team_id }, { type: 'opened' });
}

/** For how many opportunities a button to see the status is offered. */
const MOST_SUGGESTED = 4;

/**
 * Somebody mentions the bot: questions are answered, and whoever asks to submit is offered the form, because a mention
 * brings no trigger to open it with. Submitting is offered to nobody who didn't ask for it.
 *
 * A message is answered once. One that is edited comes again, with another event_id and the same ts (observed:
 * slackapi/bolt-js#960): whoever forgot or mistyped the ID corrects it so. Then only what the message didn't name or ask
 * before is answered. An offer does no harm, but the same one twice may look like two submissions.
 */
export async function appMention(
  bot: Bot,
  { event, body }: SlackEventMiddlewareArgs<'app_mention'> & AllMiddlewareArgs,
): Promise<void> {
  // Another app's message has nobody who could press a button.
  if (event.user === undefined || event.bot_id !== undefined) return;
  if ((await firstDeliveries(bot, [body.event_id])).length === 0) return;
  const message = `${event.channel} ${event.ts}`;
  const asked = parseCommandText((event.text ?? '').replaceAll(/<@[^<>]*>/g, ' '));
  const named = asked.type === 'too-long' ? [] : opportunityIdsInMessage(event);
  const of = (what: string) => `${message} ${what}`;
  const topics = topicsOf(asked, named);
  const firsts = await firstDeliveries(bot, [message, ...topics.map(of)]);
  const isFirst = firsts.includes(message);
  const news = isFirst ? topics : topics.filter((topic) => firsts.includes(of(topic)));
  if (!isFirst && news.length === 0) return;

  const who = { userId: event.user, teamId: event.user_team ?? event.team ?? body.team_id };
  const to = { channelId: event.channel, userId: event.user, ts: event.ts, threadTs: event.thread_ts };
  const threadTs = event.thread_ts ?? event.ts;
  const answer = (message: Message, { isForAll = true } = {}) =>
    answerMention(bot, to, message, { isForAll });
  switch (asked.type) {
    case 'help':
    case 'list':
    case 'status': {
      const own = await answerTo(bot, asked, { who, channelId: event.channel });
      return answer(own, { isForAll: false });
    }
    case 'too-long':
      return answer(saying(mentionTooLong));
    case 'search':
    case 'unclear':
      return answer(unclearMessage(meantBy(asked, named), threadTs));
    case 'ask':
    case 'opportunity':
    case 'several': {
      const opportunityIds = isFirst ? named : news;
      const permission = await bot.permissions.ask(who, event.channel);
      const value = openFormValue({ opportunityIds, threadTs });
      return answer(offerMessage(permission, { opportunityIds, value }));
    }
  }
}

/** What of a message is remembered as answered: the opportunities it names, or what it asks. */
function topicsOf(asked: CommandText, named: readonly string[]): readonly string[] {
  switch (asked.type) {
    case 'help':
    case 'list':
    case 'too-long':
      return [asked.type];
    case 'status':
      return [`status ${asked.opportunityId ?? ''}`];
    default:
      // One more than go at once is enough to see that there are too many.
      return named.slice(0, MOST_AT_ONCE + 1);
  }
}

/** What somebody may have meant. Whoever names opportunities without asking to submit them is offered their status. */
function meantBy(
  asked: Extract<CommandText, { readonly type: 'search' | 'unclear' }>,
  named: readonly string[],
): { readonly typed: string; readonly suggestions: readonly Suggestion[] } {
  const typed = asked.type === 'search' ? asked.query : asked.typed;
  if (named.length === 0) return { typed, suggestions: asked.type === 'search' ? [] : asked.suggestions };
  const status = named
    .slice(0, MOST_SUGGESTED)
    .map((opportunityId) => ({ type: 'status', opportunityId }) as const);
  return { typed, suggestions: status };
}

/** Those of `names`, each of something that Slack delivered, that no replica has seen before. */
async function firstDeliveries(
  { store, clock, log }: Pick<Bot, 'store' | 'clock' | 'log'>,
  names: readonly string[],
): Promise<readonly string[]> {
  return store.firstDeliveries(names, clock.now()).catch((error: unknown) => {
    // An answer twice is better than none.
    log.error({ error }, 'a delivery could not be noted');
    return names;
  });
}
