import type { Opportunity } from '../../aws/opportunity.ts';
import { catalogName, isNationalSecurity } from '../../aws/terms.ts';
import { isTakenOn } from '../../opportunities/opportunity.ts';
import { dealBlocks, ownWordsBlocks } from '../../slack/blocks/deal.ts';
import type { Message } from '../../slack/blocks/elements.ts';
import { factsLine, fieldsBlock } from '../../slack/blocks/outcome.ts';
import { outcomeView, sentForm } from '../../slack/forms/requested.ts';
import { type DealPage, mention, moment, timeOfDay } from '../../slack/text.ts';
import { type Explanation, explain } from '../../submissions/explain.ts';
import type { Sign } from '../../submissions/outcomes.ts';
import { type Entry, isFurtherTry, type Owned, type Reviewed } from '../../submissions/submission.ts';
import type { Outgoing } from '../queue.ts';
import { dealMessage, detailsFor, type KindBot, kind, loggedOf, type MessageKind } from './kind.ts';

const lookingUntil = (when: string): string => `checking at least until ${when}`;
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

/** Where all goes well. */
const QUIET: readonly Sign[] = ['waiting', 'pending', 'in-review', 'approved'];

/** The one message of a submission, or of what was submitted elsewhere and taken on here. */
const oneMessageOf = (find: (bot: KindBot, message: Outgoing) => Promise<Owned | undefined>): MessageKind =>
  kind<Owned, Shown>({
    async audience(bot, message) {
      const submission = await find(bot, message);
      if (submission === undefined) return undefined;
      const { channelId, threadTs, userId, requestedAt } = submission;
      const { batchId, responseUrl } =
        submission.state === 'elsewhere' ? { batchId: undefined, responseUrl: undefined } : submission;
      return {
        about: submission,
        to: {
          type: 'asked-in',
          channelId,
          threadTs,
          userId,
          under: batchId === undefined ? undefined : { kind: 'batch', subject: batchId },
          responseUrl,
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
    render(shown) {
      const { submission, dealPage, hint } = shown;
      const explanation = explain(submission, shown);
      const details = shown.via === 'channel' ? shown.details : undefined;
      const saysAll = details !== undefined || hint !== undefined || !QUIET.includes(explanation.sign);
      return submission.state === 'elsewhere' || submission.batchId === undefined || saysAll
        ? submissionMessage({ submission, explanation, dealPage, details, hint })
        : compactMessage({ submission, explanation, dealPage });
    },
    // Every try has a request ID of its own: that alone is no reason to refresh.
    lasting: (shown) =>
      shown.submission.state === 'elsewhere'
        ? shown
        : { ...shown, submission: { ...shown.submission, requestId: undefined } },
    stays: isFurtherTry,
    form({ submission, waitingBefore, catalog, paused, dealPage }) {
      if (submission.state === 'elsewhere' || submission.batchId !== undefined) return undefined;
      // The form says already that it is recorded and on its way.
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

export const submission = oneMessageOf(({ store }, { submissionId }) => store.find(submissionId));
export const takenOn = oneMessageOf(async ({ store }, { recordId }) => {
  const entry = await store.entry(recordId);
  return entry?.state === 'elsewhere' && isTakenOn(entry) ? entry : undefined;
});

/** Who asked for what, how and when; what is known; what to do. Only `details` hold the deal, and text of AWS's. */
export function submissionMessage(shown: {
  readonly submission: Entry;
  readonly explanation: Explanation;
  readonly dealPage: DealPage;
  /** Given only for a channel that may see them. */
  readonly details?: Opportunity | undefined;
  readonly hint?: string | undefined;
}): Message {
  const { submission, explanation, dealPage, details, hint } = shown;
  return dealMessage({
    entry: submission,
    says: explanation,
    blocks: [
      ...(submission.nationalSecurity ? [] : fieldsBlock(explanation.fields)),
      ...factsLine(factsOf(submission, explanation), hint),
      ...(details === undefined || submission.nationalSecurity || isNationalSecurity(details)
        ? []
        : [...dealBlocks(details, dealPage), ...ownWordsBlocks(submission, details)]),
    ],
    dealPage,
  });
}

/**
 * The same in the thread of a batch, whose message says who asked, where and when, while all goes well: what is known
 * of this one, and its buttons.
 */
export function compactMessage(shown: {
  readonly submission: Reviewed;
  readonly explanation: Explanation;
  readonly dealPage: DealPage;
}): Message {
  const { submission, explanation, dealPage } = shown;
  const choices = [submission.involvementType, submission.visibility];
  return dealMessage({
    entry: submission,
    says: explanation,
    blocks: submission.nationalSecurity ? [] : factsLine(choices),
    dealPage,
  });
}

/** Of a National Security deal only who asked, and when. Where nobody took it on, nobody is named. */
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
