import type { KnownBlock } from '@slack/types';
import type { AwsPerson } from '../../aws/aws-people.ts';
import type { AwsOpportunitySummary, Opportunity } from '../../aws/opportunity.ts';
import { isNationalSecurity } from '../../aws/readable.ts';
import type { Asked, AwsSide } from '../../submissions/status.ts';
import type { Entry } from '../../submissions/submission.ts';
import { dealBlocks, ownWordsBlocks } from '../blocks/deal.ts';
import * as deal from '../blocks/deal-words.ts';
import { context, facts, type Message, section } from '../blocks/elements.ts';
import { buttonFor } from '../blocks/next-steps.ts';
import { type DealPage, linkedId } from '../deal-page.ts';
import { foreign } from '../text.ts';
import * as words from '../words.ts';
import { askedMessage, whyUnreadable } from './asked.ts';
import * as awsSideWords from './aws-side-words.ts';

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

/** Together with the deal and the review's comments they still fit one message. */
const TEXT_LENGTH = 1000;
const VALUE_LENGTH = 80;
const PEOPLE_SHOWN = 5;
const RECOMMENDATIONS_SHOWN = 4;
const RECOMMENDATION_LENGTH = 350;

/** What AWS has on an approved deal, for somebody who may see it. */
export function awsSideBlocks({ people, summary }: AwsSide): KnownBlock[] {
  if (summary === undefined) {
    return [
      ...(people.length === 0 ? [] : [section(peopleText(people))]),
      context(awsSideWords.couldNotRead),
    ];
  }
  const { Insights } = summary;
  const recommendations = (Insights?.Recommendations ?? [])
    .map(({ Details }) => foreign(Details ?? '', RECOMMENDATION_LENGTH))
    .filter((text) => text !== '');
  return [
    section(peopleText(people)),
    ...textUnder(awsSideWords.nextBestActions, foreign(Insights?.NextBestActions ?? '', TEXT_LENGTH)),
    ...engagement(summary),
    ...textUnder(awsSideWords.recommendations, listed(recommendations, RECOMMENDATIONS_SHOWN).join('\n')),
  ];
}

/** AWS's people, a line each. */
export function peopleText(people: readonly AwsPerson[]): string {
  const lines = people.map(({ FirstName, LastName, BusinessTitle, Email }) =>
    [
      foreign([FirstName, LastName].filter((name) => name !== undefined).join(' '), VALUE_LENGTH),
      foreign(awsSideWords.businessTitles.get(BusinessTitle ?? '') ?? BusinessTitle ?? '', VALUE_LENGTH),
      foreign(Email ?? '', VALUE_LENGTH),
    ]
      .filter((part) => part !== '')
      .join(', '),
  );
  if (lines.length === 0) return awsSideWords.noPeople;
  return [awsSideWords.people, ...listed(lines, PEOPLE_SHOWN)].join('\n');
}

function listed(lines: readonly string[], shown: number): string[] {
  const more = lines.length > shown ? [awsSideWords.andMore(lines.length - shown)] : [];
  return [...lines.slice(0, shown).map((line) => `• ${line}`), ...more];
}

const textUnder = (title: string, text: string): KnownBlock[] =>
  text === '' ? [] : [section(`${title}\n${text}`)];

function engagement({ CosellMotion, Insights }: AwsOpportunitySummary): KnownBlock[] {
  const { EngagementScore, OpportunityQuality } = Insights ?? {};
  const pairs = [
    ...(CosellMotion === undefined
      ? []
      : [[awsSideWords.cosellMotion, foreign(CosellMotion, VALUE_LENGTH)] as const]),
    ...(EngagementScore === undefined
      ? []
      : [[awsSideWords.engagementScore, foreign(EngagementScore, VALUE_LENGTH)] as const]),
    ...(OpportunityQuality?.Score === undefined
      ? []
      : [
          [
            awsSideWords.opportunityQuality,
            foreign(
              awsSideWords.quality(String(OpportunityQuality.Score), OpportunityQuality.Trend),
              VALUE_LENGTH,
            ),
          ] as const,
        ]),
  ];
  return pairs.length === 0 ? [] : [facts(pairs)];
}
