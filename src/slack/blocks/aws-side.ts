import type { KnownBlock } from '@slack/types';
import type { AwsOpportunitySummary } from '../../aws/opportunity.ts';
import type { AwsPerson } from '../../aws/readable.ts';
import type { AwsSide } from '../../submissions/status.ts';
import { foreign } from '../text.ts';
import { context, facts, section } from './elements.ts';

const awsSideWords = {
  /** Words for AWS's own side of a deal. */
  people: "*AWS's people on it*",
  noPeople: 'AWS names nobody of its own on it yet.',
  nextBestActions: '*What AWS suggests next*',
  /** How AWS takes part in selling it. */
  cosellMotion: 'AWS co-sell motion',
  engagementScore: 'AWS engagement score',
  opportunityQuality: 'AWS opportunity quality',
  quality: (score: string, trend: string | undefined): string =>
    trend === undefined ? score : `${score} (${trend})`,
  recommendations: '*AWS recommends*',
  /** What AWS's known types of recommendations are about ("Recommendation", models of the official client); others are shown as they are. */
  recommendationTypes: new Map(
    Object.entries({
      OpportunityQuality: "The deal's quality",
      SolutionRecommendation: 'A solution',
      SpecialistRecommendation: 'A specialist',
    }),
  ),
  /** The same in a line that has more in it. */
  aws: '*AWS*',
  engagementInShort: (score: string): string => `engagement ${score}`,
  qualityInShort: (quality: string): string => `quality ${quality}`,
  recommends: (what: string): string => `recommends ${what}`,
  recommendedInShort: new Map(
    Object.entries({
      OpportunityQuality: 'more on the deal',
      SolutionRecommendation: 'a solution',
      SpecialistRecommendation: 'a specialist',
    }),
  ),
  couldNotRead: "AWS's side of the deal couldn't be read just now.",
  andMore: (count: number): string => `and ${count} more`,
  /** AWS's codes for what its people are; a code that isn't here is shown as it is. */
  businessTitles: new Map(
    Object.entries({
      AWSSalesRep: 'AWS sales representative',
      AWSAccountOwner: 'AWS account owner',
    }),
  ),
};

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
    ...(people.length === 0 && awaited ? [section(awsSideWords.noPeople)] : []),
    ...(summary === undefined ? [context(awsSideWords.couldNotRead)] : insightBlocks(summary)),
  ];
}

/** What AWS makes of a deal: its scores, how it takes part, and what it recommends. Nothing that it left out. */
function insightBlocks(summary: AwsOpportunitySummary): KnownBlock[] {
  const { Insights } = summary;
  const recommendations = (Insights?.Recommendations ?? [])
    .map(recommendationText)
    .filter((text) => text !== '');
  return [
    ...textUnder(awsSideWords.nextBestActions, foreign(Insights?.NextBestActions ?? '', TEXT_LENGTH)),
    ...engagement(summary),
    ...textUnder(awsSideWords.recommendations, listed(recommendations, RECOMMENDATIONS_SHOWN).join('\n')),
  ];
}

/** AWS's scores, and what its recommendations are about, in one line; nothing where AWS gives none. */
export function insightsLine(insights: AwsOpportunitySummary['Insights']): KnownBlock[] {
  const { EngagementScore, OpportunityQuality, Recommendations = [] } = insights ?? {};
  const score = OpportunityQuality?.Score;
  const about = new Set(
    Recommendations.flatMap(({ Type }) => awsSideWords.recommendedInShort.get(Type ?? '') ?? []),
  );
  const parts = [
    ...(EngagementScore === undefined ? [] : [awsSideWords.engagementInShort(EngagementScore)]),
    ...(score === undefined
      ? []
      : [awsSideWords.qualityInShort(awsSideWords.quality(String(score), OpportunityQuality?.Trend))]),
    ...(about.size === 0 ? [] : [awsSideWords.recommends([...about].join(', '))]),
  ];
  return parts.length === 0
    ? []
    : [context([awsSideWords.aws, ...parts.map((part) => foreign(part, VALUE_LENGTH))].join(' · '))];
}

type Recommendation = NonNullable<NonNullable<AwsOpportunitySummary['Insights']>['Recommendations']>[number];

/** What it is about, in plain words or, where we don't know it, in AWS's; and what AWS says. */
function recommendationText({ Type, Details }: Recommendation): string {
  const text = foreign(Details ?? '', RECOMMENDATION_LENGTH);
  const about = foreign(awsSideWords.recommendationTypes.get(Type ?? '') ?? Type ?? '', VALUE_LENGTH);
  return text === '' || about === '' ? text : `*${about}:* ${text}`;
}

/** AWS's people, a line each; there is one at least. */
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
