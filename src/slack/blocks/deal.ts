import type { ContextBlock, KnownBlock, SectionBlock } from '@slack/types';
import type { AwsOpportunitySummary, Opportunity } from '../../aws/opportunity.ts';
import { type AwsPerson, isNationalSecurity, reviewStatus } from '../../aws/terms.ts';
import type { AwsSide } from '../../submissions/status.ts';
import type { Submission } from '../../submissions/submission.ts';
import {
  awsExplanation,
  country,
  type DealPage,
  day,
  foreign,
  inOneLine,
  linked,
  linkedId,
  money,
} from '../text.ts';
import { context, facts, firstFew, onOneLine, section } from './elements.ts';

const NOT_GIVEN = 'not given';
/** In place of the details of a National Security deal. */
export const nationalSecurity =
  'This is a National Security deal: its details are left out here. Partner Central has them.';

const VALUE_LENGTH = 300;
/** Of a title or a customer, in a line with other facts. */
const TITLE_LENGTH = 120;
const SPENDS_SHOWN = 3;

/**
 * The deal in two lines, for a person who may see it: what it is, and what it comes to. Of a National Security deal
 * only what is needed to recognise it: AWS redacts them, so do we.
 */
export function dealLines(
  opportunity: Opportunity,
  dealPage: DealPage,
): readonly [SectionBlock, ContextBlock] {
  const { Id, LifeCycle, Customer, Project } = opportunity;
  const shown = (text = '', length = VALUE_LENGTH) => foreign(onOneLine(text), length);
  const closes = LifeCycle?.TargetCloseDate;
  const stages = inOneLine(shown(LifeCycle?.Stage), shown(closes && `closes ${day(closes)}`));
  if (isNationalSecurity(opportunity)) {
    return [
      section(`*${linkedId(Id, dealPage)}*`),
      context(inOneLine(stages, 'National Security: see Partner Central')),
    ];
  }
  const title = linked(shown(Project?.Title, TITLE_LENGTH) || 'No title', Id, dealPage);
  return [
    section(inOneLine(`*${title}*`, shown(Customer?.Account?.CompanyName, TITLE_LENGTH))),
    context(
      inOneLine(
        foreign(Id, VALUE_LENGTH),
        spend(Project?.ExpectedCustomerSpend, ' + ') ?? 'no spend given',
        stages,
        shown(country(Customer?.Account?.Address?.CountryCode)),
      ),
    ),
  ];
}

/** The same deal in full, field by field. */
export function dealBlocks(opportunity: Opportunity, dealPage: DealPage): SectionBlock[] {
  const { LifeCycle, Customer, Project } = opportunity;
  const shown = (text: string | undefined) =>
    text === undefined || text.trim() === '' ? NOT_GIVEN : foreign(text, VALUE_LENGTH);
  const stages = [
    ['Stage', shown(LifeCycle?.Stage)],
    ['Target close date', shown(LifeCycle?.TargetCloseDate && day(LifeCycle.TargetCloseDate))],
    ['AWS review', shown(reviewStatus(LifeCycle?.ReviewStatus).shown)],
  ] as const;
  if (isNationalSecurity(opportunity)) {
    return [
      facts([['Opportunity', linkedId(opportunity.Id, dealPage)], ...stages]),
      section(nationalSecurity),
    ];
  }
  return [
    section(`*${shown(Project?.Title)}*`),
    facts([
      ['Opportunity', linkedId(opportunity.Id, dealPage)],
      ['Customer', shown(Customer?.Account?.CompanyName)],
      ['Country', shown(country(Customer?.Account?.Address?.CountryCode))],
      ['Expected spend', spend(Project?.ExpectedCustomerSpend, '\n') ?? NOT_GIVEN],
      ...stages,
    ]),
  ];
}

function spend(
  entries: NonNullable<Opportunity['Project']>['ExpectedCustomerSpend'],
  between: string,
): string | undefined {
  if (entries === undefined || entries.length === 0) return undefined;
  const lines = entries.map(({ Amount, CurrencyCode, Frequency }) =>
    [Amount === undefined ? NOT_GIVEN : money(Amount, CurrencyCode), Frequency?.toLowerCase()]
      .filter((part) => part !== undefined)
      .join(' '),
  );
  return foreign(firstFew(lines, SPENDS_SHOWN).join(between), VALUE_LENGTH);
}

const COMMENT_LENGTH = 1400;
const MESSAGE_LENGTH = 300;
const MESSAGES_SHOWN = 8;

/** AWS's own words on a submission: the review's comments, and the texts of a refusal. May quote the deal. */
export function ownWordsBlocks(
  about: Pick<Submission, 'problem'> | { readonly state: 'elsewhere' },
  opportunity: Opportunity | undefined,
): KnownBlock[] {
  const problem = 'problem' in about ? about.problem : undefined;
  const refusal = problem?.type === 'refused' ? refusalTexts(problem) : [];
  // Two sections, each within Slack's size for one.
  return [reviewComments(opportunity), refusal]
    .filter((texts) => texts.length > 0)
    .map((texts) => section([awsExplanation, ...texts].join('\n')));
}

/** The comments of AWS's review. They may quote the deal. */
export const reviewComments = (opportunity: Opportunity | undefined): string[] =>
  [opportunity?.LifeCycle?.ReviewStatusReason, opportunity?.LifeCycle?.ReviewComments].flatMap((text) =>
    text === undefined || text.trim() === '' ? [] : [foreign(text, COMMENT_LENGTH)],
  );

/** AWS's own texts of a refusal, a line each. */
export function refusalTexts({
  message,
  fieldErrors,
}: Extract<NonNullable<Submission['problem']>, { type: 'refused' }>): string[] {
  const lines = fieldErrors.slice(0, MESSAGES_SHOWN).map(({ fieldName, code, message }) => {
    // AWS may leave out the text: then the code is all there is.
    const text = foreign(message.trim() === '' ? code : message, 150);
    return `• ${fieldName === undefined ? text : `${foreign(fieldName, 100)}: ${text}`}`;
  });
  return message.trim() === '' ? lines : [foreign(message, MESSAGE_LENGTH), ...lines];
}

/** With these lengths it fits one message, together with the deal and the review's comments. */
const SUGGESTION_LENGTH = 1000;
const RECOMMENDATION_LENGTH = 350;
const WORDS_LENGTH = 80;
const PEOPLE_SHOWN = 5;
const RECOMMENDATIONS_SHOWN = 4;

/**
 * AWS's known types of recommendations ("Recommendation", models of the official client): what they are about, also in short
 * for a line with other facts.
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

/** What AWS suggests, its scores, how it takes part in selling the deal, and what it recommends; what it gives of these. */
function insightBlocks({ CosellMotion, Insights = {} }: AwsOpportunitySummary): KnownBlock[] {
  const { NextBestActions = '', EngagementScore, Recommendations = [] } = Insights;
  const recommendations = Recommendations.map(recommendationText).filter((text) => text !== '');
  const given = [
    ['AWS co-sell motion', CosellMotion],
    ['AWS engagement score', EngagementScore],
    ['AWS opportunity quality', qualityOf(Insights)],
  ].flatMap(([name = '', value]) =>
    value === undefined ? [] : [[name, foreign(value, WORDS_LENGTH)] as const],
  );
  return [
    ...textUnder('*What AWS suggests next*', foreign(NextBestActions, SUGGESTION_LENGTH)),
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
  const about = new Set(Recommendations.flatMap(({ Type = '' }) => RECOMMENDATIONS.get(Type)?.inShort ?? []));
  const parts = [
    ['engagement', EngagementScore],
    ['quality', qualityOf(insights)],
    ['recommends', about.size === 0 ? undefined : [...about].join(', ')],
  ].flatMap(([name, value]) => (value === undefined ? [] : [foreign(`${name} ${value}`, WORDS_LENGTH)]));
  return parts.length === 0 ? [] : [context(inOneLine('*AWS*', ...parts))];
}

/** A recommendation: what it is about (in AWS's word, where the type isn't known), and AWS's text. */
function recommendationText({
  Type = '',
  Details = '',
}: NonNullable<Insights['Recommendations']>[number]): string {
  const text = foreign(Details, RECOMMENDATION_LENGTH);
  const about = foreign(RECOMMENDATIONS.get(Type)?.about ?? Type, WORDS_LENGTH);
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
      .map((part) => foreign(part, WORDS_LENGTH))
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
