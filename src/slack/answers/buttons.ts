import type { ActionsBlock } from '@slack/types';
import type { PartnerCentralError } from '../../aws/errors.ts';
import { isNationalSecurity, type ReviewStatus } from '../../aws/terms.ts';
import type { NotAllowed } from '../../permissions.ts';
import type { History, HistoryEvent } from '../../submissions/history.ts';
import { mendNoStatus } from '../../submissions/outcomes.ts';
import type { Cancelled, LetGo, RestCancelled, TriedNow } from '../../submissions/request.ts';
import { type AwsSide, customerIn, type StatusChecked } from '../../submissions/status.ts';
import { awsSideBlocks, dealBlocks, nationalSecurity, ownWordsBlocks } from '../blocks/deal.ts';
import {
  actions,
  button,
  buttonRow,
  context,
  type Message,
  notAllowedMessage,
  saying,
  section,
} from '../blocks/elements.ts';
import { buttonFor } from '../blocks/outcome.ts';
import { ACTION } from '../ids.ts';
import {
  type DealPage,
  dealName,
  foreign,
  forOpportunity,
  linkedId,
  mention,
  moment,
  requestId,
  unknownSubmission,
} from '../text.ts';

type Outcome = Cancelled | RestCancelled | TriedNow | LetGo;

const SAID: Readonly<Record<Exclude<Outcome['type'], NotAllowed['type']>, string>> = {
  'unknown-submission': unknownSubmission,
  'unknown-batch':
    'This bot has no record of these submissions any more. Partner Central shows where the opportunities stand.',
  cancelled: 'Taken back: it was not sent.',
  'too-late': "It's too late to take it back: it isn't waiting any more. The message says what comes of it.",
  'only-saved':
    'Nothing is submitted. The changes went out to AWS before that; you are told what comes of them.',
  'perhaps-sent':
    "It can't be taken back now: the bot's records were set back, and it isn't known whether it was sent. The message says how it stands.",
  due: 'Trying now. The message says what comes of it.',
  'just-now': 'It was tried just now. Give it a few seconds.',
  'not-waiting': "It isn't waiting for AWS any more. The message says how it stands.",
  'let-go': 'Let go. It can be submitted anew; we look once a day whether AWS has it after all.',
  'not-to-let-go':
    'There is nothing to let go: it is settled, or reading may still settle it. The message says how it stands.',
};

/** The answer to *Cancel*, *Cancel the rest*, *Try now* and *Let it go*, for the person who pressed it. */
export function pressedMessage(outcome: Outcome): Message {
  if (outcome.type === 'not-permitted' || outcome.type === 'permission-unknown') {
    return notAllowedMessage(outcome);
  }
  return saying('count' in outcome ? restCancelled(outcome.count) : SAID[outcome.type]);
}

const restCancelled = (count: number): string =>
  count === 0
    ? "It's too late: all of them have already been sent, or are being sent right now. The message says what comes of them."
    : `Taken back: ${count} ${count === 1 ? 'opportunity was' : 'opportunities were'} not sent.`;

/** The answer to *Check status*, for the person who asked. */
export function askedMessage(asked: StatusChecked, dealPage: DealPage): Message {
  if (asked.type === 'unknown-submission') return saying(unknownSubmission);
  if (asked.type !== 'read' && asked.type !== 'unreadable') return notAllowedMessage(asked);
  const { opportunityId } = asked.entry;
  const answer = asked.type === 'read' ? reviewNow(asked) : whyUnreadable(asked.error);
  const customer = asked.type === 'read' ? customerIn(asked.opportunity, asked.entry) : undefined;
  // The deal is named, because this may appear below a message about another one.
  return {
    text: `${opportunityId}: ${answer}`,
    blocks: [section(`${dealName(opportunityId, customer, dealPage)}: ${answer}`)],
  };
}

/** What AWS says of its review, as just read. */
export const reviewNow = ({ review, at }: { readonly review: ReviewStatus; readonly at: Date }): string =>
  review.status === 'none'
    ? `*AWS shows no review status for this opportunity* (asked ${moment(at)}): it can't be submitted or changed from here. ${mendNoStatus}`
    : `AWS's review says: *${foreign(review.shown, 100)}* (asked ${moment(at)}).`;

/** Why AWS couldn't be read, in words for the person who asked. */
export function whyUnreadable(error: PartnerCentralError): string {
  switch (error.kind) {
    case 'refused':
      return error.code === 'ResourceNotFoundException'
        ? "AWS doesn't find the opportunity any more. Please look for it in Partner Central."
        : "AWS doesn't let this bot see the opportunity right now. Whoever runs the bot can check its permissions.";
    case 'operator':
      return "The bot can't sign in to AWS right now. Please tell whoever runs it.";
    case 'retryable':
    case 'unknown':
      return "AWS couldn't be asked just now. What the message says was true when it was last changed; please try again in a moment.";
  }
}

/**
 * The answer to *Details*, for one person: the deal if they may see it, else why not. `awsSide`: where AWS was asked for its
 * own side of it.
 */
export function detailsAnswer(asked: StatusChecked, dealPage: DealPage, awsSide?: AwsSide): Message {
  if (asked.type !== 'read' && asked.type !== 'unreadable') return askedMessage(asked, dealPage);
  const { entry } = asked;
  const opportunity = asked.type === 'read' ? asked.opportunity : undefined;
  const text = `Opportunity ${entry.opportunityId}`;
  const title = section(`*Opportunity ${linkedId(entry.opportunityId, dealPage)}*`);
  // Offered here too: on the home tab, and for what was submitted elsewhere, there is no other way to it.
  const history = actions([buttonFor('history', entry)]);
  if (entry.nationalSecurity || (opportunity !== undefined && isNationalSecurity(opportunity))) {
    return { text, blocks: [title, section(nationalSecurity), history] };
  }
  const ofAws = [
    ...ownWordsBlocks(entry, opportunity),
    ...(awsSide === undefined ? [] : awsSideBlocks(awsSide)),
  ];
  return {
    text,
    blocks: [
      ...(opportunity === undefined ? [title] : dealBlocks(opportunity, dealPage)),
      ...ofAws,
      ...(ofAws.length > 0 || opportunity === undefined ? [] : [context("AWS's review gives no comments.")]),
      ...(asked.type === 'unreadable' ? [section(whyUnreadable(asked.error))] : []),
      history,
    ],
  };
}

/** The answer to *History*, for one person: a record's audit trail. */
export function historyMessage(history: History, dealPage: DealPage): Message {
  switch (history.type) {
    case 'unknown-submission':
      return saying(unknownSubmission);
    case 'history': {
      const { entry, customer, events, offset, total } = history;
      const part = events.length < total ? [`${offset + 1} to ${offset + events.length} of ${total}`] : [];
      return {
        text: `History of ${entry.opportunityId}`,
        blocks: [
          section(`History of ${dealName(entry.opportunityId, customer, dealPage)}`),
          ...events.map((event) => section(eventText(event))),
          context(['Oldest first, in your time zone.', ...part].join(' ')),
          ...paging(history),
        ],
      };
    }
    default:
      return notAllowedMessage(history);
  }
}

const EVENT_LENGTH = 350;

function eventText({ at, actor, what, requestId: id }: HistoryEvent): string {
  const who = actor === 'bot' ? 'the bot' : actor === 'aws' ? 'AWS' : mention(actor);
  return [
    `${moment(at)} · ${who}`,
    foreign(what, EVENT_LENGTH),
    ...(id === undefined ? [] : [requestId(foreign(id, 100))]),
  ].join('\n');
}

function paging({
  entry: { id, opportunityId },
  earlier,
  later,
}: Extract<History, { type: 'history' }>): ActionsBlock[] {
  const to = (text: string, actionId: string, offset: number | undefined) =>
    offset === undefined
      ? []
      : [button({ text, actionId, label: forOpportunity(text, opportunityId), value: `${id} ${offset}` })];
  return buttonRow([
    ...to('Earlier', ACTION.historyEarlier, earlier),
    ...to('Later', ACTION.historyLater, later),
  ]);
}
