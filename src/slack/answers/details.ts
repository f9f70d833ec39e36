import type { KnownBlock } from '@slack/types';
import type { Opportunity } from '../../aws/opportunity.ts';
import { isNationalSecurity } from '../../aws/readable.ts';
import type { Asked, AwsSide } from '../../submissions/status.ts';
import type { Entry } from '../../submissions/submission.ts';
import { awsSideBlocks } from '../blocks/aws-side.ts';
import { dealBlocks, ownWordsBlocks } from '../blocks/deal.ts';
import * as deal from '../blocks/deal-words.ts';
import { context, type Message, section } from '../blocks/elements.ts';
import { buttonFor } from '../blocks/next-steps.ts';
import { type DealPage, linkedId } from '../deal-page.ts';
import * as words from '../words.ts';
import { askedMessage, whyUnreadable } from './asked.ts';

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
    return { text, blocks: [title, section(deal.nationalSecurity), ...history] };
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
