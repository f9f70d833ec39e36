import type { Catalog } from '../aws/terms.ts';
import type { Clock } from '../clock.ts';
import type { DealPage } from '../slack/deal-page.ts';
import { isForLater, type Posting, settled } from '../slack/posting.ts';
import { RESPONSE_URL_MS, type Responses } from '../slack/response-url.ts';
import { batchProgress } from '../submissions/batch.ts';
import { explain, explainDecision, explainReminder } from '../submissions/explain.ts';
import { FORGOTTEN } from '../submissions/forgotten.ts';
import { isFurtherTry, type Owned } from '../submissions/submission.ts';
import { channelMention, homeOf, threadOf } from './destination.ts';
import { createKeepUpToDate, type MessageFor } from './keep-up-to-date.ts';
import { batchMessage } from './kinds/batch.ts';
import { decisionMessage } from './kinds/decision.ts';
import { digestMessage } from './kinds/digest.ts';
import { elsewhereMessage } from './kinds/elsewhere.ts';
import { compactMessage, type Message, submissionMessage } from './kinds/submission.ts';
import { teamMessage } from './kinds/team.ts';
import type { News } from './news.ts';
import { createTellEdit } from './tell-edit.ts';
import type { People, Told, Unchanged } from './teller.ts';
import type { Telling } from './tellings.ts';
import * as words from './words.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Telling people: the message in its channel, edited there from then on; where that isn't possible the command's
 * response_url; then a DM to the person; else later. The fix is always named.
 */
export function createPeople(options: {
  readonly posting: Posting;
  readonly responses: Responses;
  readonly clock: Clock;
  readonly catalog: Catalog;
  readonly paused: boolean;
  readonly dealPage: DealPage;
  /** The bot's own name, for `/invite`. */
  readonly botName: () => string;
}): People {
  const { posting, responses, clock, catalog, paused, dealPage, botName } = options;
  const keepUpToDate = createKeepUpToDate({ posting, botName });
  const tellEdit = createTellEdit({ posting, responses, clock, paused, dealPage });

  /** Answers the command itself, in the channel, while Slack still takes it. */
  const responding =
    (asked: { readonly responseUrl?: string | undefined; readonly threadTs: string | undefined }, at: Date) =>
    async (message: Message): Promise<boolean> => {
      const age = clock.now().getTime() - at.getTime();
      if (asked.responseUrl === undefined || age >= RESPONSE_URL_MS) return false;
      return responses.toAll(asked.responseUrl, message, asked.threadTs);
    };

  /** The one message of a submission, wherever it can be. */
  const tellMessage = async (
    { submission, details, waitingBefore, batch }: Extract<News, { type: 'message' }>,
    telling: Telling,
  ): Promise<Told | Unchanged> => {
    if (telling.place !== undefined && isFurtherTry(submission)) return { type: 'unchanged' };
    const explanation = explain(submission, { catalog, paused, waitingBefore });
    const isQuiet = explanation.tone === 'waiting' || explanation.tone === 'good';
    const messageOf =
      (shown: Owned): MessageFor =>
      (via, placeHint) => {
        const deal = via === 'channel' ? details : undefined;
        return batch !== undefined &&
          isQuiet &&
          deal === undefined &&
          placeHint === undefined &&
          shown.state !== 'elsewhere'
          ? compactMessage({ submission: shown, explanation, dealPage })
          : submissionMessage({ submission: shown, explanation, dealPage, details: deal, placeHint });
      };
    return keepUpToDate(
      {
        home: homeOf(submission, batch),
        userId: submission.userId,
        askedIn: submission.channelId,
        message: messageOf(submission),
        // Every try has a request ID of its own, and nothing else of it may be new.
        lasting: messageOf(
          submission.state === 'elsewhere' ? submission : { ...submission, requestId: undefined },
        ),
        respond: responding(submission, submission.requestedAt),
        instead: 'response_url',
      },
      telling,
    );
  };

  /** The one message of a batch. Its progress is edits, so what can be edited comes first. */
  const tellBatch = (
    { batch, submissions }: Extract<News, { type: 'batch' }>,
    telling: Telling,
  ): Promise<Told | Unchanged> => {
    const progress = batchProgress(submissions, { catalog, paused });
    return keepUpToDate(
      {
        home: homeOf(batch, undefined),
        userId: batch.userId,
        askedIn: batch.channelId,
        message: (_, placeHint) => batchMessage({ batch, progress, dealPage, placeHint }),
        respond: responding(batch, batch.createdAt),
        instead: 'dm',
      },
      telling,
    );
  };

  /** In the thread of the one message; a person who isn't in the channel any more gets it as a DM. */
  const tellInThread = async (
    { submission, message: at }: Extract<News, { type: 'decision' | 'reminder' }>,
    message: MessageFor,
    telling: Telling,
  ): Promise<Told> => {
    const direct = async (hint: string): Promise<Told> => {
      if (submission.userId === FORGOTTEN) return { type: 'nobody' };
      const sent = await posting.post(submission.userId, message('dm', hint));
      return settled('dm', sent, telling);
    };

    const hint = words.decisionOnlyAsDm(channelMention(submission.channelId));
    if (at === undefined || at.via === 'response_url') return direct(hint);
    // Asked first: between the post and the note that it was posted there is no room for another call.
    const there = at.via === 'dm' || (await posting.isMember(at.channelId, submission.userId));
    const posted = await posting.reply(at.channelId, (alone) => message(at.via, alone), threadOf(at));
    if (posted.type !== 'done')
      return isForLater(posted, telling) ? settled(at.via, posted, telling) : direct(hint);
    // Told in the channel already: a DM that fails as well isn't worth telling the channel twice.
    if (!there)
      await posting.post(
        submission.userId,
        message('dm', words.decisionAsDm(channelMention(submission.channelId))),
      );
    return settled(at.via, posted, telling);
  };

  const tellDecision = (news: Extract<News, { type: 'decision' }>, telling: Telling): Promise<Told> => {
    const { submission, reviewStatus, details } = news;
    const decision = explainDecision(reviewStatus);
    return tellInThread(
      news,
      (via, placeHint) =>
        decisionMessage({
          submission,
          decision,
          dealPage,
          details: via === 'channel' ? details : undefined,
          placeHint,
        }),
      telling,
    );
  };

  const tellReminder = (news: Extract<News, { type: 'reminder' }>, telling: Telling): Promise<Told> => {
    const { submission, about, since } = news;
    const days = Math.floor((clock.now().getTime() - since.getTime()) / DAY_MS);
    const decision = explainReminder(about, submission, days);
    return tellInThread(
      news,
      (_, placeHint) => decisionMessage({ submission, decision, dealPage, placeHint }),
      telling,
    );
  };

  /** In a channel that the operator named: there is nobody to turn to where it can't be reached. */
  const tellChannel = async (channelId: string, message: Message, telling: Telling): Promise<Told> =>
    settled('channel', await posting.post(channelId, message), telling);

  /** That AWS has put people on it, as a DM: what the person may see is in it. */
  const tellTeam = async (
    { submission, people }: Extract<News, { type: 'team' }>,
    telling: Telling,
  ): Promise<Told> =>
    settled(
      'dm',
      await posting.post(submission.userId, teamMessage({ submission, people, dealPage })),
      telling,
    );

  const tellElsewhere = (
    { channelId, opportunity, reviewStatus, details }: Extract<News, { type: 'elsewhere' }>,
    telling: Telling,
  ): Promise<Told> => {
    const message = elsewhereMessage({
      opportunity,
      decision: explainDecision(reviewStatus),
      dealPage,
      details,
    });
    return tellChannel(channelId, message, telling);
  };

  return {
    tell: (news, telling) => {
      switch (news.type) {
        case 'message':
          return tellMessage(news, telling);
        case 'decision':
          return tellDecision(news, telling);
        case 'batch':
          return tellBatch(news, telling);
        case 'reminder':
          return tellReminder(news, telling);
        case 'digest':
          return tellChannel(news.channelId, digestMessage(news.digest, dealPage), telling);
        case 'team':
          return tellTeam(news, telling);
        case 'elsewhere':
          return tellElsewhere(news, telling);
        case 'edit':
        case 'sent-back':
          return tellEdit(news, telling);
      }
    },
  };
}
