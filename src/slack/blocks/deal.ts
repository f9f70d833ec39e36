import type { SectionBlock } from '@slack/types';
import { isNationalSecurity } from '../../partner-central/national-security.ts';
import type { Opportunity } from '../../partner-central/opportunity.ts';
import { reviewStatus } from '../../partner-central/review-status.ts';
import * as words from '../../words/deal.ts';
import { type DealPage, linkedId } from '../deal-page.ts';
import { country, day, foreign, money } from '../text.ts';
import { facts, section } from './elements.ts';

const VALUE_LENGTH = 300;
const SPENDS_SHOWN = 3;

/**
 * The deal as a person who may see it reads it. National Security deals show only what is needed to recognise
 * them: AWS redacts them, so do we.
 */
export function dealBlocks(opportunity: Opportunity, dealPage: DealPage): SectionBlock[] {
  const { LifeCycle, Customer, Project } = opportunity;
  const shown = (text: string | undefined) =>
    text === undefined || text.trim() === '' ? words.notGiven : foreign(text, VALUE_LENGTH);
  const stages = [
    [words.stage, shown(LifeCycle?.Stage)],
    [
      words.targetCloseDate,
      LifeCycle?.TargetCloseDate === undefined ? words.notGiven : shown(day(LifeCycle.TargetCloseDate)),
    ],
    [words.review, shown(reviewStatus(LifeCycle?.ReviewStatus).shown)],
  ] as const;
  if (isNationalSecurity(opportunity)) {
    return [
      facts([[words.opportunity, linkedId(opportunity.Id, dealPage)], ...stages]),
      section(words.nationalSecurity),
    ];
  }
  return [
    section(`*${shown(Project?.Title)}*`),
    facts([
      [words.opportunity, linkedId(opportunity.Id, dealPage)],
      [words.customer, shown(Customer?.Account?.CompanyName)],
      [words.country, shown(country(Customer?.Account?.Address?.CountryCode))],
      [words.expectedSpend, spend(Project?.ExpectedCustomerSpend)],
      ...stages,
    ]),
  ];
}

function spend(entries: NonNullable<Opportunity['Project']>['ExpectedCustomerSpend']): string {
  if (entries === undefined || entries.length === 0) return words.notGiven;
  const lines = entries
    .slice(0, SPENDS_SHOWN)
    .map(({ Amount, CurrencyCode, Frequency }) =>
      [Amount === undefined ? words.notGiven : money(Amount, CurrencyCode), Frequency?.toLowerCase()]
        .filter((part) => part !== undefined)
        .join(', '),
    );
  const more = entries.length > SPENDS_SHOWN ? [words.andMore(entries.length - SPENDS_SHOWN)] : [];
  return foreign([...lines, ...more].join('\n'), VALUE_LENGTH);
}
