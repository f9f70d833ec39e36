import type { KnownBlock } from '@slack/types';
import type { AwsPerson } from '../../partner-central/aws-people.ts';
import type { AwsOpportunitySummary } from '../../partner-central/opportunity.ts';
import type { AwsSide } from '../../submissions/review/details.ts';
import * as words from '../../words/aws-side.ts';
import { foreign } from '../text.ts';
import { context, facts, section } from './elements.ts';

/** Together with the deal and the review's comments they still fit one message. */
const TEXT_LENGTH = 1000;
const VALUE_LENGTH = 80;
const PEOPLE_SHOWN = 5;
const RECOMMENDATIONS_SHOWN = 4;
const RECOMMENDATION_LENGTH = 350;

/** What AWS has on an approved deal, for somebody who may see it. */
export function awsSideBlocks({ people, summary }: AwsSide): KnownBlock[] {
  if (summary === undefined) {
    return [...(people.length === 0 ? [] : [section(peopleText(people))]), context(words.couldNotRead)];
  }
  const { Insights } = summary;
  const recommendations = (Insights?.Recommendations ?? [])
    .map(({ Details }) => foreign(Details ?? '', RECOMMENDATION_LENGTH))
    .filter((text) => text !== '');
  return [
    section(peopleText(people)),
    ...textUnder(words.nextBestActions, foreign(Insights?.NextBestActions ?? '', TEXT_LENGTH)),
    ...engagement(summary),
    ...textUnder(words.recommendations, listed(recommendations, RECOMMENDATIONS_SHOWN).join('\n')),
  ];
}

/** AWS's people, a line each. */
export function peopleText(people: readonly AwsPerson[]): string {
  const lines = people.map(({ FirstName, LastName, BusinessTitle, Email }) =>
    [
      foreign([FirstName, LastName].filter((name) => name !== undefined).join(' '), VALUE_LENGTH),
      foreign(words.businessTitles.get(BusinessTitle ?? '') ?? BusinessTitle ?? '', VALUE_LENGTH),
      foreign(Email ?? '', VALUE_LENGTH),
    ]
      .filter((part) => part !== '')
      .join(', '),
  );
  if (lines.length === 0) return words.noPeople;
  return [words.people, ...listed(lines, PEOPLE_SHOWN)].join('\n');
}

function listed(lines: readonly string[], shown: number): string[] {
  const more = lines.length > shown ? [words.andMore(lines.length - shown)] : [];
  return [...lines.slice(0, shown).map((line) => `• ${line}`), ...more];
}

const textUnder = (title: string, text: string): KnownBlock[] =>
  text === '' ? [] : [section(`${title}\n${text}`)];

function engagement({ CosellMotion, Insights }: AwsOpportunitySummary): KnownBlock[] {
  const { EngagementScore, OpportunityQuality } = Insights ?? {};
  const pairs = [
    ...(CosellMotion === undefined
      ? []
      : [[words.cosellMotion, foreign(CosellMotion, VALUE_LENGTH)] as const]),
    ...(EngagementScore === undefined
      ? []
      : [[words.engagementScore, foreign(EngagementScore, VALUE_LENGTH)] as const]),
    ...(OpportunityQuality?.Score === undefined
      ? []
      : [
          [
            words.opportunityQuality,
            foreign(words.quality(String(OpportunityQuality.Score), OpportunityQuality.Trend), VALUE_LENGTH),
          ] as const,
        ]),
  ];
  return pairs.length === 0 ? [] : [facts(pairs)];
}
