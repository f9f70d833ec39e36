import type { KnownBlock } from '@slack/types';
import type { PartnerCentralError } from '../../aws/errors.ts';
import type { Opportunity } from '../../aws/opportunity.ts';
import { isNationalSecurity } from '../../aws/readable.ts';
import type { ReviewStatus } from '../../aws/terms.ts';
import { type Asked, type AwsSide, customerIn } from '../../submissions/status.ts';
import type { Entry } from '../../submissions/submission.ts';
import { awsSideBlocks } from '../blocks/aws-side.ts';
import { dealBlocks, nationalSecurity, ownWordsBlocks } from '../blocks/deal.ts';
import { context, type Message, refusalText, saying, section } from '../blocks/elements.ts';
import { buttonFor } from '../blocks/outcome.ts';
import { permissionUnknown } from '../forms/modal.ts';
import { type DealPage, dealName, foreign, linkedId, moment } from '../text.ts';
import * as words from '../words.ts';

/** The answer to *Check status*, for the person who asked. */
export function askedMessage(asked: Asked, dealPage: DealPage): Message {
  switch (asked.type) {
    case 'read':
      return about(asked.entry, reviewNow(asked), dealPage, customerIn(asked.opportunity, asked.entry));
    case 'unreadable':
      return about(asked.entry, whyUnreadable(asked.error), dealPage);
    case 'not-permitted':
      return saying(refusalText(asked.why));
    case 'permission-unknown':
      return saying(permissionUnknown);
    case 'unknown-submission':
      return saying(words.unknownSubmission);
  }
}

const about = (
  { opportunityId }: { readonly opportunityId: string },
  answer: string,
  dealPage: DealPage,
  customer?: string | undefined,
): Message => ({
  text: words.about(opportunityId, answer),
  blocks: [section(words.about(dealName(opportunityId, customer, dealPage), answer))],
});

/** What AWS says of its review, as just read. */
export const reviewNow = ({ review, at }: { readonly review: ReviewStatus; readonly at: Date }): string =>
  review.status === 'none'
    ? words.checkedNoStatus(moment(at))
    : words.checked(foreign(review.shown, 100), moment(at));

/** Why AWS couldn't be read, in words for the person who asked. */
export function whyUnreadable(error: PartnerCentralError): string {
  switch (error.kind) {
    case 'refused':
      return error.code === 'ResourceNotFoundException' ? words.awsNoLongerHasIt : words.awsRefusesToShow;
    case 'operator':
      return words.signInBroken;
    case 'retryable':
    case 'unknown':
      return words.couldNotCheck;
  }
}

/** The answer to *Details*, for one person: the deal if they may see it, else why not. */
export function detailsAnswer(asked: Asked, dealPage: DealPage, awsSide?: AwsSide): Message {
  switch (asked.type) {
    case 'read':
      return detailsMessage({ entry: asked.entry, opportunity: asked.opportunity, dealPage, awsSide });
    case 'unreadable':
      return detailsMessage({
        entry: asked.entry,
        opportunity: undefined,
        dealPage,
        why: whyUnreadable(asked.error),
      });
    default:
      return askedMessage(asked, dealPage);
  }
}

/** `opportunity` is undefined where AWS couldn't be asked, and `why` says so. */
function detailsMessage(options: {
  readonly entry: Entry;
  readonly opportunity: Opportunity | undefined;
  readonly dealPage: DealPage;
  readonly awsSide?: AwsSide | undefined;
  /** mrkdwn of our own. */
  readonly why?: string | undefined;
}): Message {
  const { entry, opportunity, dealPage, awsSide, why } = options;
  const text = words.submission(entry.opportunityId);
  const title = section(`*${words.submission(linkedId(entry.opportunityId, dealPage))}*`);
  // Here too: on the home tab, and for what was submitted elsewhere, it is the only way to it.
  const history: KnownBlock[] = [{ type: 'actions', elements: [buttonFor('history', entry)] }];
  if (entry.nationalSecurity || (opportunity !== undefined && isNationalSecurity(opportunity))) {
    return { text, blocks: [title, section(nationalSecurity), ...history] };
  }
  const ownWords = ownWordsBlocks(entry, opportunity);
  const ofAws = awsSide === undefined ? [] : awsSideBlocks(awsSide);
  const blocks: KnownBlock[] = [
    ...(opportunity === undefined ? [title] : dealBlocks(opportunity, dealPage)),
    ...ownWords,
    ...ofAws,
    ...(ownWords.length > 0 || ofAws.length > 0 || opportunity === undefined
      ? []
      : [context(words.nothingMore)]),
    ...(why === undefined ? [] : [section(why)]),
    ...history,
  ];
  return { text, blocks };
}
