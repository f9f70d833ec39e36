import type { KnownBlock } from '@slack/types';
import { isNationalSecurity } from '../../partner-central/national-security.ts';
import type { Opportunity } from '../../partner-central/opportunity.ts';
import type { AwsSide } from '../../submissions/review/details.ts';
import type { Asked } from '../../submissions/review/review.ts';
import type { Entry } from '../../submissions/submission.ts';
import * as deal from '../../words/deal.ts';
import * as words from '../../words/messages.ts';
import { type DealPage, linkedId } from '../deal-page.ts';
import { askedMessage, whyUnreadable } from './asked.ts';
import { awsSideBlocks } from './aws-side.ts';
import { dealBlocks } from './deal.ts';
import { context, section } from './elements.ts';
import { ownWordsBlocks } from './own-words.ts';
import { buttonFor, type Message } from './submission-message.ts';

/** The answer to *Show details*, for one person: the deal if they may see it, else why not. */
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
  const history: KnownBlock[] = [{ type: 'actions', elements: [buttonFor('history', entry, dealPage)] }];
  if (entry.nationalSecurity || (opportunity !== undefined && isNationalSecurity(opportunity))) {
    return { text, blocks: [title, section(deal.nationalSecurity), ...history] };
  }
  const ownWords = ownWordsBlocks(entry, opportunity);
  const blocks: KnownBlock[] = [
    ...(opportunity === undefined ? [title] : dealBlocks(opportunity, dealPage)),
    ...ownWords,
    ...(awsSide === undefined ? [] : awsSideBlocks(awsSide)),
    ...(ownWords.length > 0 || awsSide !== undefined || opportunity === undefined
      ? []
      : [context(words.nothingMore)]),
    ...(why === undefined ? [] : [section(why)]),
    ...history,
  ];
  return { text, blocks };
}
