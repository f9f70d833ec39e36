import type { WebClient } from '@slack/web-api';
import type { Clock } from '../clock.ts';
import type { Catalog } from '../partner-central/operations.ts';
import { explain, explainDecision } from '../submissions/explain.ts';
import type { Submission } from '../submissions/submission.ts';
import type { News, People, Told } from '../submissions/teller.ts';
import type { Telling } from '../submissions/tellings.ts';
import * as words from '../words/messages.ts';
import { decisionMessage } from './blocks/decision.ts';
import { type Message, submissionMessage } from './blocks/submission-message.ts';
import { createPosting, type Tried } from './posting.ts';
import { respondAt } from './response-url.ts';

/** A response_url lives 30 minutes and takes five uses; one is left for the command's own answer. */
const RESPONSE_URL_MS = 29 * 60 * 1000;
const RESPONSE_URL_USES = 4;

/** Where an invitation is what helps. */
const INVITABLE = new Set(['not_in_channel', 'channel_not_found']);

/**
 * Telling people: the message in its channel, edited there from then on; where that isn't possible the command's
 * response_url; then a DM to the person; else later. The fix is always named.
 */
export function createPeople(options: {
  /** Neither retries nor waits by itself: a retried post can appear twice, and the telling is kept anyway. */
  readonly client: WebClient;
  readonly clock: Clock;
  readonly catalog: Catalog;
  readonly paused: boolean;
  /** The bot's own name, for `/invite`. */
  readonly botName: () => string;
}): People {
  const { client, clock, catalog, paused, botName } = options;
  const posting = createPosting({ client });

  /** In `threadTs`; where that thread is gone, in the thread `otherwise`, or in the channel itself. */
  const postInThread = async (
    channelId: string,
    message: Message,
    threadTs: string | undefined,
    otherwise?: string,
  ): Promise<Tried> => {
    const posted = await posting.post(channelId, message, threadTs);
    return posted.type === 'unreachable' && posted.error === 'thread_not_found' && threadTs !== otherwise
      ? posting.post(channelId, message, otherwise)
      : posted;
  };

  /** The one message of a submission, wherever it can be. */
  const tellMessage = async (
    { submission, details, waitingBefore }: Extract<News, { type: 'message' }>,
    { place, responseUrlUses }: Telling,
  ): Promise<Told> => {
    const bot = `@${botName()}`;
    const explanation = explain(submission, { catalog, paused, waitingBefore });
    const message = (placeHint?: string) =>
      submissionMessage({ submission, explanation, details, placeHint });
    const directHint = (error: string | undefined) =>
      words.sentAsDm(channelOf(submission), bot, error === undefined ? undefined : INVITABLE.has(error));

    if (place !== undefined && place.via !== 'response_url') {
      const shown = message(place.via === 'dm' ? directHint(undefined) : undefined);
      const edited = await posting.edit(place.channelId, place.ts, shown);
      if (edited.type === 'done') return told(place.via, edited, responseUrlUses);
      if (edited.type === 'later') return later(edited, responseUrlUses);
    }

    const posted = await postInThread(submission.channelId, message(), submission.threadTs);
    if (posted.type === 'done') return told('channel', posted, responseUrlUses);
    if (posted.type === 'later') return later(posted, responseUrlUses);

    const { responseUrl } = submission;
    const age = clock.now().getTime() - submission.requestedAt.getTime();
    if (responseUrl !== undefined && age < RESPONSE_URL_MS && responseUrlUses < RESPONSE_URL_USES) {
      const response = {
        response_type: 'in_channel',
        ...(submission.threadTs === undefined ? {} : { thread_ts: submission.threadTs }),
        ...message(words.answeredHere(bot, INVITABLE.has(posted.error))),
      } as const;
      if (await respondAt(responseUrl, response)) {
        return { type: 'told', place: { via: 'response_url' }, responseUrlUses: responseUrlUses + 1 };
      }
    }

    const direct = await posting.post(submission.userId, message(directHint(posted.error)));
    return direct.type === 'done' ? told('dm', direct, responseUrlUses) : later(direct, responseUrlUses);
  };

  /** A decision, in the thread of the message; a person who isn't in the channel any more gets it as a DM. */
  const tellDecision = async (
    { submission, reviewStatus, details, message: at }: Extract<News, { type: 'decision' }>,
    { responseUrlUses }: Telling,
  ): Promise<Told> => {
    const message = (placeHint?: string): Message =>
      decisionMessage({ submission, saying: explainDecision(reviewStatus), details, placeHint });
    const direct = async (hint: string): Promise<Told> => {
      const sent = await posting.post(submission.userId, message(hint));
      return sent.type === 'done' ? told('dm', sent, responseUrlUses) : later(sent, responseUrlUses);
    };

    const hint = words.decisionOnlyAsDm(channelOf(submission));
    if (at === undefined || at.via === 'response_url') return direct(hint);
    // Asked first: between the post and the note that it was posted there is no room for another call.
    const there = at.via === 'dm' || (await posting.isMember(at.channelId, submission.userId));
    // A message that stands in a thread has no thread of its own.
    const thread = at.via === 'channel' ? (submission.threadTs ?? at.ts) : at.ts;
    const posted = await postInThread(at.channelId, message(), thread, at.ts);
    if (posted.type === 'later') return later(posted, responseUrlUses);
    if (posted.type !== 'done') return direct(hint);
    // Told in the channel already: a DM that fails as well isn't worth telling the channel twice.
    if (!there) await posting.post(submission.userId, message(words.decisionAsDm(channelOf(submission))));
    return told(at.via, posted, responseUrlUses);
  };

  return {
    tell: (news, telling) => {
      switch (news.type) {
        case 'message':
          return tellMessage(news, telling);
        case 'decision':
          return tellDecision(news, telling);
      }
    },
  };
}

const channelOf = (submission: Submission): string => `<#${submission.channelId}>`;

const told = (
  via: 'channel' | 'dm',
  done: Extract<Tried, { type: 'done' }>,
  responseUrlUses: number,
): Told => ({ type: 'told', place: { via, channelId: done.channelId, ts: done.ts }, responseUrlUses });

const later = (tried: Exclude<Tried, { type: 'done' }>, responseUrlUses: number): Told => ({
  type: 'later',
  error: tried.error,
  retryAfterMs: tried.type === 'later' ? tried.retryAfterMs : undefined,
  responseUrlUses,
});
