import type { KnownBlock } from '@slack/types';
import type { Opportunity } from '../../aws/opportunity.ts';
import { isNationalSecurity } from '../../aws/readable.ts';
import { catalogName } from '../../aws/terms.ts';
import { dealBlocks, ownWordsBlocks } from '../../slack/blocks/deal.ts';
import type { Message } from '../../slack/blocks/elements.ts';
import {
  actions,
  buttonFor,
  factsLine,
  fieldsBlock,
  menuFor,
  sayingBlock,
} from '../../slack/blocks/outcome.ts';
import { outcomeView, sentForm } from '../../slack/forms/requested.ts';
import type { DealPage } from '../../slack/text.ts';
import { cut, escapeMrkdwn, mention, moment, timeOfDay } from '../../slack/text.ts';
import * as words from '../../slack/words.ts';
import { type Explanation, explain } from '../../submissions/explain.ts';
import type { Sign } from '../../submissions/outcomes.ts';
import { type Entry, isFurtherTry, type Owned, type Reviewed } from '../../submissions/submission.ts';
import type { Outgoing } from '../queue.ts';
import { detailsFor, type KindBot, kind, loggedOf, type MessageKind } from './kind.ts';

const lookingUntil = (moment: string): string => `checking at least until ${moment}`;
/** Where it was submitted elsewhere. */
const elsewhere = 'submitted elsewhere';
const nextTryAt = (time: string): string => `next try ${time}`;
const takenOnBy = (person: string): string => `taken on by ${person}`;

/** What the one message of somebody's opportunity shows. */
interface Shown {
  readonly submission: Owned;
  readonly details: Opportunity | undefined;
  /** Requests that go out before this one, while it is waiting. */
  readonly waitingBefore: number;
  /** When the next try is, while AWS throttles. */
  readonly nextTry: Date | undefined;
}

/** The one message of a submission, or of what was submitted elsewhere and taken on here. */
const oneMessageOf = (find: (bot: KindBot, message: Outgoing) => Promise<Owned | undefined>): MessageKind =>
  kind<Owned, Shown>({
    async audience(bot, message) {
      const submission = await find(bot, message);
      if (submission === undefined) return undefined;
      const { channelId, threadTs, userId, requestedAt } = submission;
      const batchId = batchOf(submission);
      return {
        about: submission,
        to: {
          type: 'asked-in',
          channelId,
          threadTs,
          userId,
          under: batchId === undefined ? undefined : { kind: 'batch', subject: batchId },
          responseUrl: submission.state === 'elsewhere' ? undefined : submission.responseUrl,
          askedAt: requestedAt,
        },
      };
    },
    load: async (bot, submission) => ({
      submission,
      details: await detailsFor(bot, submission),
      waitingBefore: submission.state === 'requested' ? await bot.store.waitingBefore(submission) : 0,
      nextTry: submission.state === 'requested' ? await bot.store.nextTry(bot.clock.now()) : undefined,
    }),
    render({ catalog, paused, dealPage }, { submission, details, waitingBefore, nextTry }, { via, hint }) {
      const explanation = explain(submission, { catalog, paused, waitingBefore, nextTry });
      const isQuiet = QUIET.includes(explanation.sign);
      const deal = via === 'channel' ? details : undefined;
      const saysAll = deal !== undefined || hint !== undefined || !isQuiet;
      return submission.state === 'elsewhere' || submission.batchId === undefined || saysAll
        ? submissionMessage({ submission, explanation, dealPage, details: deal, placeHint: hint })
        : compactMessage({ submission, explanation, dealPage });
    },
    // Every try has a request ID of its own, and nothing else of it may be new.
    lasting: (shown) =>
      shown.submission.state === 'elsewhere'
        ? shown
        : { ...shown, submission: { ...shown.submission, requestId: undefined } },
    stays: isFurtherTry,
    form({ catalog, paused, dealPage }, { submission, waitingBefore }) {
      if (submission.state === 'elsewhere' || submission.batchId !== undefined) return undefined;
      // That it is recorded and on its way the form says already.
      const isNew = submission.state === 'requested' && submission.problem === undefined && !paused;
      if (isNew || submission.state === 'sending') return undefined;
      const explanation = explain(submission, { catalog, paused, waitingBefore });
      return {
        name: sentForm(submission.formId),
        who: submission,
        channelId: submission.channelId,
        sentAt: submission.requestedAt,
        view: (link) => outcomeView({ submission, explanation, dealPage, link }),
      };
    },
    logged: loggedOf,
  });

/** All goes well. */
const QUIET: readonly Sign[] = ['waiting', 'pending', 'in-review', 'approved'];

export const submission = oneMessageOf(({ store }, { submissionId }) => store.find(submissionId));
export const takenOn = oneMessageOf(({ store }, { recordId }) => store.takenOn(recordId));

const batchOf = (submission: Owned): string | undefined =>
  submission.state === 'elsewhere' ? undefined : submission.batchId;

/**
 * Who asked for what, how, when; what is known; what to do. Holds no deal details and none of AWS's free text, unless
 * `details` is given, for a channel that may see them.
 */
export function submissionMessage(options: {
  readonly submission: Entry;
  readonly explanation: Explanation;
  readonly dealPage: DealPage;
  readonly details?: Opportunity | undefined;
  /** mrkdwn of our own: why the message is where it is. */
  readonly placeHint?: string | undefined;
}): Message {
  const { submission, explanation, dealPage, details, placeHint } = options;
  return {
    text: escapeMrkdwn(cut(words.notification(explanation.headline, submission.opportunityId), 300)),
    blocks: [
      sayingBlock(explanation, submission.opportunityId, dealPage),
      ...fieldList(submission, explanation),
      ...factsLine(factsOf(submission, explanation), placeHint),
      ...(details === undefined || submission.nationalSecurity || isNationalSecurity(details)
        ? []
        : [...dealBlocks(details, dealPage), ...ownWordsBlocks(submission, details)]),
      buttons(submission, explanation, dealPage),
    ],
  };
}

/**
 * The same in the thread of a batch, whose message says who asked, where and when, while all goes well: what is known
 * of this one, and its buttons.
 */
export function compactMessage(options: {
  readonly submission: Reviewed;
  readonly explanation: Explanation;
  readonly dealPage: DealPage;
}): Message {
  const { submission, explanation, dealPage } = options;
  return {
    text: escapeMrkdwn(cut(words.notification(explanation.headline, submission.opportunityId), 300)),
    blocks: [
      sayingBlock(explanation, submission.opportunityId, dealPage),
      ...(submission.nationalSecurity ? [] : factsLine([submission.involvementType, submission.visibility])),
      buttons(submission, explanation, dealPage),
    ],
  };
}

/** Of a National Security deal nothing but who asked, and when; of one that nobody took on there is nobody to name. */
function factsOf(entry: Entry, { until, nextTry }: Explanation): string[] {
  const isElsewhere = entry.state === 'elsewhere';
  return [
    ...(entry.nationalSecurity
      ? []
      : [
          ...(isElsewhere ? [elsewhere] : [entry.involvementType, entry.visibility]),
          catalogName(entry.catalog),
        ]),
    ...(entry.userId === undefined
      ? []
      : [isElsewhere ? takenOnBy(mention(entry.userId)) : mention(entry.userId), moment(entry.requestedAt)]),
    ...(until === undefined ? [] : [lookingUntil(moment(until))]),
    ...(nextTry === undefined ? [] : [nextTryAt(timeOfDay(nextTry))]),
  ];
}

const fieldList = (entry: Entry, { fields }: Explanation): KnownBlock[] =>
  entry.nationalSecurity ? [] : fieldsBlock(fields);

const buttons = (entry: Entry, { nextSteps }: Explanation, dealPage: DealPage) =>
  actions([...nextSteps.map((step) => buttonFor(step, entry)), menuFor(entry, dealPage)]);
