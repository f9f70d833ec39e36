import type { KnownBlock } from '@slack/types';
import type { AwsOpportunitySummary } from '../../aws/opportunity.ts';
import type { AwsPerson } from '../../aws/terms.ts';
import type { AwsSide } from '../../submissions/status.ts';
import { foreign } from '../text.ts';
import { context, facts, firstFew, section } from './elements.ts';

/** Together with the deal and the review's comments they still fit one message. */
const TEXT_LENGTH = 1000;
const VALUE_LENGTH = 80;
const PEOPLE_SHOWN = 5;
const RECOMMENDATIONS_SHOWN = 4;
const RECOMMENDATION_LENGTH = 350;

/**
 * AWS's known types of recommendations ("Recommendation", models of the official client): what they are about, and the
 * same in a line that has more in it.
 */
const RECOMMENDATIONS: ReadonlyMap<string, { readonly about: string; readonly inShort: string }> = new Map([
  ['OpportunityQuality', { about: "The deal's quality", inShort: 'more on the deal' }],
  ['SolutionRecommendation', { about: 'A solution', inShort: 'a solution' }],
  ['SpecialistRecommendation', { about: 'A specialist', inShort: 'a specialist' }],
]);

/** AWS's codes for what its people are; any other code is shown as it is. */
const BUSINESS_TITLES: ReadonlyMap<string, string> = new Map([
  ['AWSSalesRep', 'AWS sales representative'],
  ['AWSAccountOwner', 'AWS account owner'],
]);

/** What AWS has on a deal, for somebody who may see it; nothing where it has nothing. */
export function awsSideBlocks({ people, summary, awaited }: AwsSide): KnownBlock[] {
  return [
    ...(people.length === 0 ? [] : [section(peopleText(people))]),
    ...(people.length === 0 && awaited ? [section('AWS names nobody of its own on it yet.')] : []),
    ...(summary === undefined
      ? [context("AWS's side of the deal couldn't be read just now.")]
      : insightBlocks(summary)),
  ];
}

/**
 * What AWS suggests, its scores, how it takes part in selling the deal, and what it recommends; not what it left out.
 */
function insightBlocks({ CosellMotion, Insights = {} }: AwsOpportunitySummary): KnownBlock[] {
  const { NextBestActions = '', EngagementScore, Recommendations = [] } = Insights;
  const recommendations = Recommendations.map(recommendationText).filter((text) => text !== '');
  const given = [
    ['AWS co-sell motion', CosellMotion],
    ['AWS engagement score', EngagementScore],
    ['AWS opportunity quality', qualityOf(Insights)],
  ].flatMap(([name = '', value]) =>
    value === undefined ? [] : [[name, foreign(value, VALUE_LENGTH)] as const],
  );
  return [
    ...textUnder('*What AWS suggests next*', foreign(NextBestActions, TEXT_LENGTH)),
    ...(given.length === 0 ? [] : [facts(given)]),
    ...textUnder('*AWS recommends*', listed(recommendations, RECOMMENDATIONS_SHOWN)),
  ];
}

type Insights = NonNullable<AwsOpportunitySummary['Insights']>;

const qualityOf = ({ OpportunityQuality: { Score, Trend } = {} }: Insights): string | undefined =>
  Score === undefined || Trend === undefined ? Score?.toString() : `${Score} (${Trend})`;

/** AWS's scores, and what its recommendations are about, in one line; nothing where AWS gives none. */
export function insightsLine(insights: Insights = {}): KnownBlock[] {
  const { EngagementScore, Recommendations = [] } = insights;
  const quality = qualityOf(insights);
  const about = new Set(Recommendations.flatMap(({ Type = '' }) => RECOMMENDATIONS.get(Type)?.inShort ?? []));
  const parts = [
    ...(EngagementScore === undefined ? [] : [`engagement ${EngagementScore}`]),
    ...(quality === undefined ? [] : [`quality ${quality}`]),
    ...(about.size === 0 ? [] : [`recommends ${[...about].join(', ')}`]),
  ];
  return parts.length === 0
    ? []
    : [context(['*AWS*', ...parts.map((part) => foreign(part, VALUE_LENGTH))].join(' · '))];
}

/** What it is about, in plain words or, where we don't know it, in AWS's; and what AWS says. */
function recommendationText({
  Type = '',
  Details = '',
}: NonNullable<Insights['Recommendations']>[number]): string {
  const text = foreign(Details, RECOMMENDATION_LENGTH);
  const about = foreign(RECOMMENDATIONS.get(Type)?.about ?? Type, VALUE_LENGTH);
  return text === '' || about === '' ? text : `*${about}:* ${text}`;
}

/** AWS's people, a line each; there is one at least. */
export function peopleText(people: readonly AwsPerson[]): string {
  const lines = people.map(({ FirstName, LastName, BusinessTitle = '', Email = '' }) =>
    [
      [FirstName, LastName].filter((name) => name !== undefined).join(' '),
      BUSINESS_TITLES.get(BusinessTitle) ?? BusinessTitle,
      Email,
    ]
      .map((part) => foreign(part, VALUE_LENGTH))
      .filter((part) => part !== '')
      .join(', '),
  );
  return `*AWS's people on it*\n${listed(lines, PEOPLE_SHOWN)}`;
}

const listed = (lines: readonly string[], shown: number): string =>
  firstFew(
    lines.map((line) => `• ${line}`),
    shown,
  ).join('\n');

const textUnder = (title: string, text: string): KnownBlock[] =>
  text === '' ? [] : [section(`${title}\n${text}`)];
