import type { ActionsBlock, Button, KnownBlock } from '@slack/types';
import { isNationalSecurity } from '../../aws/national-security.ts';
import type { Opportunity } from '../../aws/opportunity.ts';
import { catalogName } from '../../aws/terms.ts';
import { dealBlocks, ownWordsBlocks } from '../../slack/blocks/deal.ts';
import * as deal from '../../slack/blocks/deal-words.ts';
import { button, context, facts, header, section } from '../../slack/blocks/elements.ts';
import { type DealPage, dealUrl, linkedId } from '../../slack/deal-page.ts';
import { fixAndSendBack } from '../../slack/forms/edit-words.ts';
import { ACTION } from '../../slack/ids.ts';
import { cut, escapeMrkdwn, foreign, mention, moment } from '../../slack/text.ts';
import type { Explanation, NextStep } from '../../submissions/explain.ts';
import type { Entry, Reviewed } from '../../submissions/submission.ts';
import * as words from '../words.ts';

/** A message as `chat.postMessage` takes it. `text` is for notifications and screen readers. */
export interface Message {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

const FIELDS_SHOWN = 15;
export const SIGNS = { waiting: '⏳', good: '✅', bad: '⚠️', unsure: '❔' } as const;

/**
 * The one message of a submission, or of what was submitted elsewhere: who asked for what, how, when; what is known; what to do. Holds no deal
 * details and none of AWS's free text, unless `details` is given, for a channel that may see them.
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
      section(`*${words.whatNext}*\n${escapeMrkdwn(nextOf(submission, explanation))}`),
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

/** What happened to which deal, in mrkdwn. */
export const linkedHeadline = (headline: string, opportunityId: string, dealPage: DealPage): string =>
  words.notification(escapeMrkdwn(headline), linkedId(opportunityId, dealPage));

/** Where the fields to change aren't shown, the next step can't point to them. */
function nextOf(entry: Entry, { next }: Explanation): string {
  const problem = entry.state === 'elsewhere' ? undefined : entry.problem;
  const isAboutFields = problem?.type === 'refused' && problem.code === 'ValidationException';
  return entry.nationalSecurity && isAboutFields ? words.nationalSecurityRefused : next;
}

/** A National Security deal shows nothing but its ID, and of one that nobody took on there is nobody to name. */
function factsOf(entry: Entry, dealPage: DealPage): [string, string][] {
  const isElsewhere = entry.state === 'elsewhere';
  const opportunity: [string, string] = [deal.opportunity, linkedId(entry.opportunityId, dealPage)];
  const asked: [string, string][] =
    entry.userId === undefined
      ? []
      : [
          [isElsewhere ? words.takenOnBy : words.requestedBy, mention(entry.userId)],
          [words.when, moment(entry.requestedAt)],
        ];
  if (entry.nationalSecurity) return [opportunity, ...asked];
  return [
    opportunity,
    ...(isElsewhere
      ? []
      : ([
          [words.involvement, entry.involvementType],
          [words.visibility, entry.visibility],
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
  const more = fields.length > FIELDS_SHOWN ? [words.andMoreFields(fields.length - FIELDS_SHOWN)] : [];
  return [section([`*${words.whatToChange}*`, ...lines, ...more].join('\n'))];
}

function notes(entry: Entry, { until }: Explanation, placeHint: string | undefined): KnownBlock[] {
  const requestId = entry.state === 'elsewhere' ? undefined : entry.requestId;
  const texts = [
    ...(entry.state === 'elsewhere' ? [words.submittedElsewhere] : []),
    ...(until === undefined ? [] : [words.lookingUntil(moment(until))]),
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

/** The button that takes a next step. */
export function buttonFor(
  step: NextStep,
  { id, opportunityId }: Pick<Entry, 'id' | 'opportunityId'>,
  dealPage: DealPage,
): Button {
  const of = (text: string) => ({
    text,
    label: words.forOpportunity(text, opportunityId),
  });
  switch (step) {
    case 'cancel':
      return {
        ...button({ ...of(words.cancel), actionId: ACTION.cancel, value: id }),
        confirm: {
          title: { type: 'plain_text', text: words.cancelTitle },
          text: { type: 'plain_text', text: words.cancelText },
          confirm: { type: 'plain_text', text: words.cancelConfirm },
          deny: { type: 'plain_text', text: words.cancelKeep },
        },
      };
    case 'let-go':
      return {
        ...button({ ...of(words.letGo), actionId: ACTION.letGo, value: id }),
        confirm: {
          title: { type: 'plain_text', text: words.letGoTitle },
          text: { type: 'plain_text', text: words.letGoText },
          confirm: { type: 'plain_text', text: words.letGoConfirm },
          deny: { type: 'plain_text', text: words.letGoKeep },
        },
      };
    case 'fix':
      return button({ ...of(fixAndSendBack), actionId: ACTION.fix, value: id, style: 'primary' });
    case 'check-status':
      return button({ ...of(words.checkStatus), actionId: ACTION.checkStatus, value: id });
    case 'show-details':
      return button({ ...of(words.showDetails), actionId: ACTION.showDetails, value: id });
    case 'history':
      return button({ ...of(words.history), actionId: ACTION.history, value: id });
    case 'try-again':
      return button({ ...of(words.tryAgain), actionId: ACTION.tryAgain, value: id, style: 'primary' });
    case 'partner-central':
      return button({
        ...of(words.openInPartnerCentral),
        actionId: ACTION.partnerCentral,
        url: dealUrl(opportunityId, dealPage),
      });
  }
}
