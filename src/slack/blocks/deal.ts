import type { ContextBlock, KnownBlock, SectionBlock } from '@slack/types';
import type { Opportunity } from '../../aws/opportunity.ts';
import { isNationalSecurity } from '../../aws/readable.ts';
import { reviewStatus } from '../../aws/terms.ts';
import type { Submission } from '../../submissions/submission.ts';
import { country, type DealPage, day, foreign, linked, linkedId, money } from '../text.ts';
import * as words from '../words.ts';
import { context, facts, section } from './elements.ts';

export const dealWords = {
  /** Names of a deal's parts, as Partner Central shows them. */
  opportunity: 'Opportunity',
  customer: 'Customer',
  country: 'Country',
  stage: 'Stage',
  targetCloseDate: 'Target close date',
  expectedSpend: 'Expected spend',
  review: 'AWS review',
  notGiven: 'not given',
  untitled: 'No title',
  noSpend: 'no spend given',
  closes: (when: string): string => `closes ${when}`,
  nationalSecurityInShort: 'National Security: see Partner Central',
  andMore: (count: number): string => `and ${count} more`,
  nationalSecurity:
    'This is a National Security deal: its details are left out here. Partner Central has them.',
};

const VALUE_LENGTH = 300;
/** In a line that has more in it. */
const TITLE_LENGTH = 120;
const SPENDS_SHOWN = 3;

/**
 * The deal in two lines, for a person who may see it: what it is, and what it comes to. Of a National Security deal only
 * what is needed to recognise it: AWS redacts them, so do we.
 */
export function dealLines(
  opportunity: Opportunity,
  dealPage: DealPage,
): readonly [SectionBlock, ContextBlock] {
  const { Id, LifeCycle, Customer, Project } = opportunity;
  const shown = (texts: readonly (string | undefined)[], length: number) =>
    texts
      .filter((text) => text !== undefined && text.trim() !== '')
      .map((text) => foreign((text ?? '').replaceAll(/\s+/g, ' '), length));
  const closes = LifeCycle?.TargetCloseDate;
  const stages = shown([LifeCycle?.Stage, closes && dealWords.closes(day(closes))], VALUE_LENGTH);
  if (isNationalSecurity(opportunity)) {
    return [
      section(`*${linkedId(Id, dealPage)}*`),
      context([...stages, dealWords.nationalSecurityInShort].join(' · ')),
    ];
  }
  const [title = dealWords.untitled] = shown([Project?.Title], TITLE_LENGTH);
  return [
    section(
      [`*${linked(title, Id, dealPage)}*`, ...shown([Customer?.Account?.CompanyName], TITLE_LENGTH)].join(
        ' · ',
      ),
    ),
    context(
      [
        foreign(Id, VALUE_LENGTH),
        spend(Project?.ExpectedCustomerSpend, ' + ') ?? dealWords.noSpend,
        ...stages,
        ...shown([country(Customer?.Account?.Address?.CountryCode)], VALUE_LENGTH),
      ].join(' · '),
    ),
  ];
}

/**
 * The deal as a person who may see it reads it. National Security deals show only what is needed to recognise
 * them: AWS redacts them, so do we.
 */
export function dealBlocks(opportunity: Opportunity, dealPage: DealPage): SectionBlock[] {
  const { LifeCycle, Customer, Project } = opportunity;
  const shown = (text: string | undefined) =>
    text === undefined || text.trim() === '' ? dealWords.notGiven : foreign(text, VALUE_LENGTH);
  const stages = [
    [dealWords.stage, shown(LifeCycle?.Stage)],
    [
      dealWords.targetCloseDate,
      LifeCycle?.TargetCloseDate === undefined ? dealWords.notGiven : shown(day(LifeCycle.TargetCloseDate)),
    ],
    [dealWords.review, shown(reviewStatus(LifeCycle?.ReviewStatus).shown)],
  ] as const;
  if (isNationalSecurity(opportunity)) {
    return [
      facts([[dealWords.opportunity, linkedId(opportunity.Id, dealPage)], ...stages]),
      section(dealWords.nationalSecurity),
    ];
  }
  return [
    section(`*${shown(Project?.Title)}*`),
    facts([
      [dealWords.opportunity, linkedId(opportunity.Id, dealPage)],
      [dealWords.customer, shown(Customer?.Account?.CompanyName)],
      [dealWords.country, shown(country(Customer?.Account?.Address?.CountryCode))],
      [dealWords.expectedSpend, spend(Project?.ExpectedCustomerSpend, '\n') ?? dealWords.notGiven],
      ...stages,
    ]),
  ];
}

function spend(
  entries: NonNullable<Opportunity['Project']>['ExpectedCustomerSpend'],
  between: string,
): string | undefined {
  if (entries === undefined || entries.length === 0) return undefined;
  const lines = entries
    .slice(0, SPENDS_SHOWN)
    .map(({ Amount, CurrencyCode, Frequency }) =>
      [Amount === undefined ? dealWords.notGiven : money(Amount, CurrencyCode), Frequency?.toLowerCase()]
        .filter((part) => part !== undefined)
        .join(' '),
    );
  const more = entries.length > SPENDS_SHOWN ? [dealWords.andMore(entries.length - SPENDS_SHOWN)] : [];
  return foreign([...lines, ...more].join(between), VALUE_LENGTH);
}

const COMMENT_LENGTH = 1400;
const MESSAGE_LENGTH = 300;
const MESSAGES_SHOWN = 8;

/** AWS's own words on a submission: the review's comments, and the texts of a refusal. May quote the deal. */
export function ownWordsBlocks(
  about: Pick<Submission, 'problem'> | { readonly state: 'elsewhere' },
  opportunity: Opportunity | undefined,
): KnownBlock[] {
  const comments = [opportunity?.LifeCycle?.ReviewStatusReason, opportunity?.LifeCycle?.ReviewComments]
    .filter((text) => text !== undefined && text.trim() !== '')
    .map((text) => foreign(text ?? '', COMMENT_LENGTH));
  const problem = 'problem' in about ? about.problem : undefined;
  const refusal = problem?.type === 'refused' ? refusalTexts(problem) : [];
  // Two sections, each within Slack's size for one.
  return [comments, refusal]
    .filter((texts) => texts.length > 0)
    .map((texts) => section([words.awsExplanation, ...texts].join('\n')));
}

/** AWS's own texts of a refusal, a line each. */
export function refusalTexts(
  problem: Extract<NonNullable<Submission['problem']>, { type: 'refused' }>,
): string[] {
  return [
    ...(problem.message.trim() === '' ? [] : [foreign(problem.message, MESSAGE_LENGTH)]),
    ...problem.fieldErrors.slice(0, MESSAGES_SHOWN).map(
      (error) =>
        // AWS may leave its text out: its code is all there is then.
        `• ${error.fieldName === undefined ? '' : `${foreign(error.fieldName, 100)}: `}${foreign(error.message.trim() === '' ? error.code : error.message, 150)}`,
    ),
  ];
}
