import type { PartnerCentralError } from '../../aws/errors.ts';
import { isNationalSecurity, type ReviewStatus } from '../../aws/terms.ts';
import { mendNoStatus } from '../../submissions/outcomes.ts';
import { type AwsSide, customerIn, type StatusChecked } from '../../submissions/status.ts';
import { awsSideBlocks } from '../blocks/aws-side.ts';
import { dealBlocks, nationalSecurity, ownWordsBlocks } from '../blocks/deal.ts';
import { context, type Message, notAllowedMessage, saying, section } from '../blocks/elements.ts';
import { actions, buttonFor } from '../blocks/outcome.ts';
import { type DealPage, dealName, foreign, linkedId, moment, unknownSubmission } from '../text.ts';

const checked = (shown: string, when: string): string => `AWS's review says: *${shown}* (asked ${when}).`;
const checkedNoStatus = (when: string): string =>
  `*AWS shows no review status for this opportunity* (asked ${when}): it can't be submitted or changed from here. ${mendNoStatus}`;
const couldNotCheck =
  "AWS couldn't be asked just now. What the message says was true when it was last changed; please try again in a moment.";
const awsRefusesToShow =
  "AWS doesn't let this bot see the opportunity right now. Whoever runs the bot can check its permissions.";
const awsNoLongerHasIt = "AWS doesn't find the opportunity any more. Please look for it in Partner Central.";
const signInBroken = "The bot can't sign in to AWS right now. Please tell whoever runs it.";
const titleOf = (id: string): string => `Opportunity ${id}`;
const nothingMore = "AWS's review gives no comments.";

/** The answer to *Check status*, for the person who asked. */
export function askedMessage(asked: StatusChecked, dealPage: DealPage): Message {
  switch (asked.type) {
    case 'read':
      return about(asked.entry, reviewNow(asked), dealPage, customerIn(asked.opportunity, asked.entry));
    case 'unreadable':
      return about(asked.entry, whyUnreadable(asked.error), dealPage);
    case 'unknown-submission':
      return saying(unknownSubmission);
    default:
      return notAllowedMessage(asked);
  }
}

/** It names the deal: it may stand below a message about another one. */
const about = (
  { opportunityId }: { readonly opportunityId: string },
  answer: string,
  dealPage: DealPage,
  customer?: string | undefined,
): Message => ({
  text: `${opportunityId}: ${answer}`,
  blocks: [section(`${dealName(opportunityId, customer, dealPage)}: ${answer}`)],
});

/** What AWS says of its review, as just read. */
export const reviewNow = ({ review, at }: { readonly review: ReviewStatus; readonly at: Date }): string =>
  review.status === 'none' ? checkedNoStatus(moment(at)) : checked(foreign(review.shown, 100), moment(at));

/** Why AWS couldn't be read, in words for the person who asked. */
export function whyUnreadable(error: PartnerCentralError): string {
  switch (error.kind) {
    case 'refused':
      return error.code === 'ResourceNotFoundException' ? awsNoLongerHasIt : awsRefusesToShow;
    case 'operator':
      return signInBroken;
    case 'retryable':
    case 'unknown':
      return couldNotCheck;
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
  const text = titleOf(entry.opportunityId);
  const title = section(`*${titleOf(linkedId(entry.opportunityId, dealPage))}*`);
  // Here too: on the home tab, and for what was submitted elsewhere, it is the only way to it.
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
      ...(ofAws.length > 0 || opportunity === undefined ? [] : [context(nothingMore)]),
      ...(asked.type === 'unreadable' ? [section(whyUnreadable(asked.error))] : []),
      history,
    ],
  };
}
