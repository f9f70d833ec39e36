import type { ActionsBlock, KnownBlock } from '@slack/types';
import type { Opportunity } from '../../aws/opportunity.ts';
import { isNationalSecurity } from '../../aws/readable.ts';
import { catalogName } from '../../aws/terms.ts';
import { dealBlocks, ownWordsBlocks } from '../../slack/blocks/deal.ts';
import * as deal from '../../slack/blocks/deal-words.ts';
import { context, facts, header, type Message, section } from '../../slack/blocks/elements.ts';
import { buttonFor, linkedHeadline, SIGNS } from '../../slack/blocks/next-steps.ts';
import { type DealPage, linkedId } from '../../slack/deal-page.ts';
import { cut, escapeMrkdwn, foreign, mention, moment } from '../../slack/text.ts';
import * as words from '../../slack/words.ts';
import { type Explanation, explain, type NextStep } from '../../submissions/explain.ts';
import { type Entry, isFurtherTry, type Owned, type Reviewed } from '../../submissions/submission.ts';
import type { Outgoing } from '../queue.ts';
import { detailsFor, type KindBot, kind, loggedOf, type MessageKind } from './kind.ts';

/** Who works on it here, where it was submitted elsewhere. */
const takenOnBy = 'Taken on by';
const whatNext = 'What next';
const nationalSecurityRefused =
  "What AWS objects to isn't shown here, because this is a National Security deal. Check it in Partner Central, then Try again. AWS takes such deals as Co-Sell only.";
const whatToChange = 'What to change';
const andMoreFields = (count: number): string => `and ${count} more; Show details has them all`;
const lookingUntil = (moment: string): string => `We read until it is known, at least until ${moment}.`;
const involvement = 'Involvement';
const visibility = 'Visibility';

const FIELDS_SHOWN = 15;

/** What the one message of somebody's opportunity shows. */
interface Shown {
  readonly submission: Owned;
  readonly details: Opportunity | undefined;
  /** Requests that go out before this one, while it is waiting. */
  readonly waitingBefore: number;
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
          instead: 'response_url',
        },
      };
    },
    load: async (bot, submission) => ({
      submission,
      details: await detailsFor(bot, submission),
      waitingBefore: submission.state === 'requested' ? await bot.store.waitingBefore(submission) : 0,
    }),
    render({ catalog, paused, dealPage }, { submission, details, waitingBefore }, { via, hint }) {
      const explanation = explain(submission, { catalog, paused, waitingBefore });
      const isQuiet = explanation.tone === 'waiting' || explanation.tone === 'good';
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
    logged: loggedOf,
  });

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
  const notification = words.notification(explanation.headline, submission.opportunityId);
  return {
    text: escapeMrkdwn(cut(notification, 300)),
    blocks: [
      header(`${SIGNS[explanation.tone]} ${notification}`),
      facts(factsOf(submission, dealPage)),
      section(escapeMrkdwn(explanation.known)),
      ...fieldList(submission, explanation),
      section(`*${whatNext}*\n${escapeMrkdwn(nextOf(submission, explanation))}`),
      ...(details === undefined || submission.nationalSecurity || isNationalSecurity(details)
        ? []
        : [...dealBlocks(details, dealPage), ...ownWordsBlocks(submission, details)]),
      ...notes(submission, explanation, placeHint),
      ...buttons(submission, explanation.nextSteps, dealPage),
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
  const notification = words.notification(explanation.headline, submission.opportunityId);
  return {
    text: escapeMrkdwn(cut(notification, 300)),
    blocks: [
      section(
        [
          `${SIGNS[explanation.tone]} *${linkedHeadline(explanation.headline, submission.opportunityId, dealPage)}*`,
          escapeMrkdwn(explanation.known),
          ...(submission.nationalSecurity
            ? []
            : [`${submission.involvementType} · ${submission.visibility}`]),
        ].join('\n'),
      ),
      ...buttons(submission, explanation.nextSteps, dealPage),
    ],
  };
}

/** Where the fields to change aren't shown, the next step can't point to them. */
function nextOf(entry: Entry, { next }: Explanation): string {
  const problem = entry.state === 'elsewhere' ? undefined : entry.problem;
  const isAboutFields = problem?.type === 'refused' && problem.code === 'ValidationException';
  return entry.nationalSecurity && isAboutFields ? nationalSecurityRefused : next;
}

/** A National Security deal shows nothing but its ID, and of one that nobody took on there is nobody to name. */
function factsOf(entry: Entry, dealPage: DealPage): [string, string][] {
  const isElsewhere = entry.state === 'elsewhere';
  const opportunity: [string, string] = [deal.opportunity, linkedId(entry.opportunityId, dealPage)];
  const asked: [string, string][] =
    entry.userId === undefined
      ? []
      : [
          [isElsewhere ? takenOnBy : words.requestedBy, mention(entry.userId)],
          [words.when, moment(entry.requestedAt)],
        ];
  if (entry.nationalSecurity) return [opportunity, ...asked];
  return [
    opportunity,
    ...(isElsewhere
      ? []
      : ([
          [involvement, entry.involvementType],
          [visibility, entry.visibility],
        ] satisfies [string, string][])),
    [words.catalog, catalogName(entry.catalog)],
    ...asked,
  ];
}

function fieldList(submission: Entry, { fields }: Explanation): KnownBlock[] {
  if (fields.length === 0 || submission.nationalSecurity) return [];
  const lines = fields
    .slice(0, FIELDS_SHOWN)
    .map(({ name, problem }) => `• *${foreign(name, 150)}*: ${escapeMrkdwn(problem)}`);
  const more = fields.length > FIELDS_SHOWN ? [andMoreFields(fields.length - FIELDS_SHOWN)] : [];
  return [section([`*${whatToChange}*`, ...lines, ...more].join('\n'))];
}

function notes(entry: Entry, { until }: Explanation, placeHint: string | undefined): KnownBlock[] {
  const requestId = entry.state === 'elsewhere' ? undefined : entry.requestId;
  const texts = [
    ...(entry.state === 'elsewhere' ? [words.submittedElsewhere] : []),
    ...(until === undefined ? [] : [lookingUntil(moment(until))]),
    ...(requestId === undefined ? [] : [words.requestId(foreign(requestId, 100))]),
    ...(placeHint === undefined ? [] : [placeHint]),
  ];
  return texts.length === 0 ? [] : [context(...texts)];
}

/** What to do next, and for looking back the record's history. */
function buttons(submission: Entry, steps: readonly NextStep[], dealPage: DealPage): ActionsBlock[] {
  const elements = [...steps, 'history' as const].map((step) => buttonFor(step, submission, dealPage));
  return [{ type: 'actions', elements }];
}
