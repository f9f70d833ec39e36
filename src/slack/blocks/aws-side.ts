import type { KnownBlock } from '@slack/types';
import type { AwsOpportunitySummary } from '../../aws/opportunity.ts';
import type { AwsPerson } from '../../aws/readable.ts';
import type { AwsSide } from '../../submissions/status.ts';
import { foreign } from '../text.ts';
import * as words from './aws-side-words.ts';
import { context, facts, section } from './elements.ts';

/** Together with the deal and the review's comments they still fit one message. */
const TEXT_LENGTH = 1000;
const VALUE_LENGTH = 80;
const PEOPLE_SHOWN = 5;
const RECOMMENDATIONS_SHOWN = 4;
const RECOMMENDATION_LENGTH = 350;

/** What AWS has on a deal, for somebody who may see it; nothing where it has nothing. */
export function awsSideBlocks({ people, summary, awaited }: AwsSide): KnownBlock[] {
  return [
    ...(people.length === 0 ? [] : [section(peopleText(people))]),
    ...(people.length === 0 && awaited ? [section(words.noPeople)] : []),
    ...(summary === undefined ? [context(words.couldNotRead)] : insightBlocks(summary)),
  ];
}

/** What AWS makes of a deal: its scores, how it takes part, and what it recommends. Nothing that it left out. */
function insightBlocks(summary: AwsOpportunitySummary): KnownBlock[] {
  const { Insights } = summary;
  const recommendations = (Insights?.Recommendations ?? [])
    .map(recommendationText)
    .filter((text) => text !== '');
  return [
    ...textUnder(words.nextBestActions, foreign(Insights?.NextBestActions ?? '', TEXT_LENGTH)),
    ...engagement(summary),
    ...textUnder(words.recommendations, listed(recommendations, RECOMMENDATIONS_SHOWN).join('\n')),
  ];
}

/** AWS's scores, and what its recommendations are about, in one line; nothing where AWS gives none. */
export function insightsLine(insights: AwsOpportunitySummary['Insights']): KnownBlock[] {
  const { EngagementScore, OpportunityQuality, Recommendations = [] } = insights ?? {};
  const score = OpportunityQuality?.Score;
  const about = new Set(
    Recommendations.flatMap(({ Type }) => words.recommendedInShort.get(Type ?? '') ?? []),
  );
  const parts = [
    ...(EngagementScore === undefined ? [] : [words.engagementInShort(EngagementScore)]),
    ...(score === undefined
      ? []
      : [words.qualityInShort(words.quality(String(score), OpportunityQuality?.Trend))]),
    ...(about.size === 0 ? [] : [words.recommends([...about].join(', '))]),
  ];
  return parts.length === 0
    ? []
    : [context([words.aws, ...parts.map((part) => foreign(part, VALUE_LENGTH))].join(' · '))];
}

type Recommendation = NonNullable<NonNullable<AwsOpportunitySummary['Insights']>['Recommendations']>[number];

/** What it is about, in plain words or, where we don't know it, in AWS's; and what AWS says. */
function recommendationText({ Type, Details }: Recommendation): string {
  const text = foreign(Details ?? '', RECOMMENDATION_LENGTH);
  const about = foreign(words.recommendationTypes.get(Type ?? '') ?? Type ?? '', VALUE_LENGTH);
  return text === '' || about === '' ? text : `*${about}:* ${text}`;
}

/** AWS's people, a line each; there is one at least. */
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
