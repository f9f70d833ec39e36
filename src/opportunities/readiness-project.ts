import type { RuleName } from '../aws/evidence.ts';
import { DO_NOT_NEED_SUPPORT, EUROPEAN_PARTITION, listSpelling } from '../aws/lists.ts';
import type { Opportunity } from '../aws/opportunity.ts';
import { isMissing } from '../aws/values.ts';
import { type Condition, isCoSell, isOf, type Rule } from './readiness-rule.ts';

const hasLength = (text: string | undefined, least: number, most = Number.POSITIVE_INFINITY): boolean => {
  const { length } = [...(text?.trim() ?? '')];
  return length >= least && length <= most;
};

/** Whether it closes after the day that it is now, `hoursEast` hours east of UTC. */
const closesAfterToday =
  (hoursEast: number): Condition =>
  ({ LifeCycle: { TargetCloseDate: day = '' } = {} }, { now }) =>
    /^\d{4}-\d{2}-\d{2}$/.test(day) &&
    day > new Date(now.getTime() + hoursEast * 60 * 60_000).toISOString().slice(0, 10);
const UTC = 0;
/** The first time zone on earth. */
const FIRST_ZONE = 14;

const spendOf = ({ Project }: Opportunity) => Project?.ExpectedCustomerSpend ?? [];
const SPEND = 'Project.ExpectedCustomerSpend';

/** The needs for Co-Sell: not the one that says there is none. */
const coSellNeeds = ({ PrimaryNeedsFromAws = [] }: Opportunity): readonly string[] =>
  PrimaryNeedsFromAws.filter((need) => !isNoNeed(need));
const isNoNeed = (need: string): boolean => isOf('PrimaryNeedsFromAws', need, DO_NOT_NEED_SUPPORT);

/** What is asked of the deal's stage, dates and solution, of its project and of what it needs from AWS. */
export const PROJECT_RULES = {
  stage: {
    path: 'LifeCycle.Stage',
    most: 'block',
    problem: 'is missing',
    todo: 'Partner Central shows it.',
  },
  'stage-early': {
    path: 'LifeCycle.Stage',
    most: 'block',
    holds: ({ LifeCycle }) => !isOf('LifeCycle.Stage', LifeCycle?.Stage, 'Prospect'),
    problem: 'is Prospect',
    todo: "AWS's guide says Qualified.",
  },
  'stage-lost': {
    path: 'LifeCycle.Stage',
    most: 'block',
    holds: ({ LifeCycle }) => !isOf('LifeCycle.Stage', LifeCycle?.Stage, 'Closed Lost'),
    problem: 'is Closed Lost',
    todo: 'A lost deal is not submitted.',
  },
  solution: {
    path: 'RelatedEntityIdentifiers',
    most: 'block',
    holds: ({ RelatedEntityIdentifiers: related, Project }) =>
      !isMissing(related?.Solutions) ||
      !isMissing(related?.AwsMarketplaceSolutions) ||
      !isMissing(related?.AwsMarketplaceProducts) ||
      !isMissing(Project?.OtherSolutionDescription),
    problem: 'is missing',
    todo: 'Associate a Partner Solution or an AWS Marketplace product, or describe another solution.',
  },
  'close-date': {
    path: 'LifeCycle.TargetCloseDate',
    most: 'block',
    holds: closesAfterToday(UTC),
    problem: "is missing, or isn't after today",
    todo: 'Set a date from tomorrow on, as UTC counts days.',
  },
  'close-date-near': {
    path: 'LifeCycle.TargetCloseDate',
    most: 'warn',
    // Whose day AWS goes by isn't known. What the rule above says already isn't said twice.
    when: closesAfterToday(UTC),
    holds: closesAfterToday(FIRST_ZONE),
    problem: 'is today already in some time zones',
    todo: "By which day AWS goes isn't known; a day later is safe.",
  },
  title: {
    path: 'Project.Title',
    most: 'block',
    holds: ({ Project }) => hasLength(Project?.Title, 1, 255),
    problem: 'is missing or too long',
    todo: 'Write up to 255 characters.',
  },
  'business-problem': {
    path: 'Project.CustomerBusinessProblem',
    most: 'block',
    holds: ({ Project }) => hasLength(Project?.CustomerBusinessProblem, 20, 2000),
    problem: 'is missing, too short or too long',
    todo: 'Write 20 to 2,000 characters.',
  },
  'business-problem-short': {
    path: 'Project.CustomerBusinessProblem',
    most: 'hint',
    // Below 20 the rule above says it already.
    when: ({ Project }) => hasLength(Project?.CustomerBusinessProblem, 20),
    holds: ({ Project }) => hasLength(Project?.CustomerBusinessProblem, 50),
    problem: 'is short',
    todo: 'Reviewers may ask for more.',
  },
  'use-case': {
    path: 'Project.CustomerUseCase',
    most: 'block',
    problem: 'is missing',
    todo: 'Choose the one that fits best.',
  },
  'use-case-list': {
    path: 'Project.CustomerUseCase',
    // AWS may have added to its list.
    most: 'warn',
    when: ({ Project }) => !isMissing(Project?.CustomerUseCase),
    holds: ({ Project }) =>
      listSpelling('Project.CustomerUseCase', Project?.CustomerUseCase ?? '') !== undefined,
    problem: "isn't on AWS's list",
    todo: 'Choose the one that fits best.',
  },
  'sales-activities': {
    path: 'Project.SalesActivities',
    most: 'block',
    when: isCoSell,
    problem: 'are missing',
    todo: 'For Co-Sell, choose what has been done so far.',
  },
  'sales-activities-visibility': {
    path: 'Project.SalesActivities',
    most: 'warn',
    when: (opportunity, given) => !isCoSell(opportunity, given),
    problem: 'are missing',
    todo: 'Choose what has been done so far.',
  },
  'delivery-model': {
    path: 'Project.DeliveryModels',
    most: 'block',
    problem: 'is missing',
    todo: 'Choose at least one.',
  },
  'expected-spend': {
    path: SPEND,
    most: 'block',
    holds: (opportunity) =>
      !isMissing(spendOf(opportunity)) &&
      spendOf(opportunity).every(
        ({ Amount, CurrencyCode, EstimationUrl, Frequency, TargetCompany }) =>
          (Number(Amount) > 0 || (isMissing(Amount) && !isMissing(EstimationUrl))) &&
          ![CurrencyCode, Frequency, TargetCompany].some(isMissing),
      ),
    problem: 'is missing or incomplete',
    todo: 'Give an amount above 0, or the link to an estimate.',
  },
  'spend-currency': {
    path: `${SPEND}.CurrencyCode`,
    most: 'block',
    holds: (opportunity) => {
      const taken = opportunity.Project?.AwsPartition?.trim() === EUROPEAN_PARTITION ? 'EUR' : 'USD';
      return spendOf(opportunity).every(
        ({ CurrencyCode }) => isMissing(CurrencyCode) || isOf(`${SPEND}.CurrencyCode`, CurrencyCode, taken),
      );
    },
    problem: "isn't the one AWS takes",
    todo: 'It is USD; EUR only in the AWS European Sovereign Cloud.',
  },
  'spend-company': {
    path: `${SPEND}.TargetCompany`,
    // AWS doesn't refuse another one: it writes its own.
    most: 'warn',
    holds: (opportunity) =>
      spendOf(opportunity).every(
        ({ TargetCompany = '' }) =>
          isMissing(TargetCompany) || listSpelling(`${SPEND}.TargetCompany`, TargetCompany) !== undefined,
      ),
    problem: 'is neither AWS nor Self',
    todo: 'AWS writes AWS instead.',
  },
  'primary-needs': {
    path: 'PrimaryNeedsFromAws',
    most: 'block',
    when: isCoSell,
    holds: (opportunity) => !isMissing(coSellNeeds(opportunity)),
    problem: 'are missing',
    todo: 'Co-Sell needs at least one.',
  },
  'needs-mixed': {
    path: 'PrimaryNeedsFromAws',
    most: 'block',
    when: (opportunity) => !isMissing(coSellNeeds(opportunity)),
    holds: ({ PrimaryNeedsFromAws = [] }) => !PrimaryNeedsFromAws.some(isNoNeed),
    problem: 'say that no support is needed, and which',
    todo: 'Choose one or the other.',
  },
} as const satisfies Readonly<Partial<Record<RuleName, Rule>>>;
