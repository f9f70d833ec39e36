import type { ContextBlock, KnownBlock, SectionBlock } from '@slack/types';
import type { Opportunity } from '../../aws/opportunity.ts';
import { isNationalSecurity, reviewStatus } from '../../aws/terms.ts';
import type { Submission } from '../../submissions/submission.ts';
import { awsExplanation, country, type DealPage, day, foreign, linked, linkedId, money } from '../text.ts';
import { context, facts, firstFew, section } from './elements.ts';

const NOT_GIVEN = 'not given';
/** In place of the details of a National Security deal. */
export const nationalSecurity =
  'This is a National Security deal: its details are left out here. Partner Central has them.';

const VALUE_LENGTH = 300;
/** In a line that has more in it. */
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
  const shown = (texts: readonly (string | undefined)[], length: number) =>
    texts.flatMap((text) =>
      text === undefined || text.trim() === '' ? [] : [foreign(text.replaceAll(/\s+/g, ' '), length)],
    );
  const closes = LifeCycle?.TargetCloseDate;
  const stages = shown([LifeCycle?.Stage, closes && `closes ${day(closes)}`], VALUE_LENGTH);
  if (isNationalSecurity(opportunity)) {
    return [
      section(`*${linkedId(Id, dealPage)}*`),
      context([...stages, 'National Security: see Partner Central'].join(' · ')),
    ];
  }
  const [title = 'No title'] = shown([Project?.Title], TITLE_LENGTH);
  return [
    section(
      [`*${linked(title, Id, dealPage)}*`, ...shown([Customer?.Account?.CompanyName], TITLE_LENGTH)].join(
        ' · ',
      ),
    ),
    context(
      [
        foreign(Id, VALUE_LENGTH),
        spend(Project?.ExpectedCustomerSpend, ' + ') ?? 'no spend given',
        ...stages,
        ...shown([country(Customer?.Account?.Address?.CountryCode)], VALUE_LENGTH),
      ].join(' · '),
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
    // AWS may leave its text out: its code is all there is then.
    const text = foreign(message.trim() === '' ? code : message, 150);
    return `• ${fieldName === undefined ? text : `${foreign(fieldName, 100)}: ${text}`}`;
  });
  return message.trim() === '' ? lines : [foreign(message, MESSAGE_LENGTH), ...lines];
}
