import type { SectionBlock } from '@slack/types';
import type { Bot } from '../../bot.ts';
import { fieldName } from '../../opportunities/field-names.ts';
import type { Spend } from '../../opportunities/opportunity.ts';
import { button, firstFew, section } from '../../slack/blocks/elements.ts';
import { buttonFor } from '../../slack/blocks/outcome.ts';
import { ACTION } from '../../slack/ids.ts';
import {
  type DealPage,
  day,
  dealName,
  foreign,
  forOpportunity,
  inOneLine,
  mention,
  money,
} from '../../slack/text.ts';
import { explain, type NextStep } from '../../submissions/explain.ts';
import type { Entry } from '../../submissions/submission.ts';
import type { HomeFilter, HomePartName, Placed } from './board.ts';
import type { Whose } from './tabs.ts';

const LINE_LENGTH = 150;
const AMOUNT_LENGTH = 100;
/** Amounts in several currencies, or by the month and by the year. */
const SPENDS_SHOWN = 3;
/** Fields named as missing: the form names them all. */
const FIELDS_SHOWN = 4;
const HOUR_MS = 60 * 60 * 1000;

/** A deal in a part of the tab. */
export interface RowShown extends Placed {
  /** What stands for it. */
  readonly entry: Entry;
  readonly headline: string;
  /** The row's button. */
  readonly step: NextStep | 'submit';
}

/** Of the tab that a row stands in. */
export interface RowPlace {
  readonly at: Date;
  readonly whose: Whose;
  readonly filter: HomeFilter;
  /** Where the person asked for a submission last: the channel to offer for the next one's outcome. */
  readonly usualChannel: string | undefined;
}

/** A deal in two or three lines, and its one button. */
export function rowBlock(row: RowShown, tab: RowPlace, dealPage: DealPage): SectionBlock {
  const { part, opportunityId, deal } = row;
  const lines = [
    dealName(opportunityId, deal?.companyName, dealPage),
    ...(part === 'ready' || part === 'referred' ? openLines(row, tab) : reviewLines(row, tab)),
  ];
  return {
    ...section(lines.filter((line) => line !== '').join('\n')),
    block_id: `${part} ${opportunityId}`,
    accessory:
      row.step === 'submit' ? submitButton(opportunityId, tab) : buttonFor(row.step, row.entry, dealPage),
  };
}

/** Of what AWS has, or had: where its review stands, since when, what it is worth. */
function reviewLines(
  { part, entry, headline, record, deal, targetCloseDate }: RowShown,
  { at, whose, filter }: RowPlace,
): string[] {
  const isElsewhere = entry.state === 'elsewhere';
  // Of what was submitted elsewhere AWS's lists don't say, and it was so before this bot looked.
  const since = isElsewhere
    ? entry.reviewChangedAt
    : part === 'waiting'
      ? entry.requestedAt
      : (entry.reviewChangedAt ?? entry.changedAt);
  const duration = since && howLong(at.getTime() - since.getTime());
  const isNamed = whose === 'team' || filter.opportunityId !== undefined;
  return [
    inOneLine(
      foreign(headline, LINE_LENGTH),
      duration && (part === 'waiting' ? `for ${duration}` : `${duration} ago`),
    ),
    inOneLine(
      spendText(deal?.expectedSpend),
      part === 'decided' ? undefined : closeDate(targetCloseDate, at),
      record?.userId !== undefined && isNamed ? `by ${mention(record.userId)}` : undefined,
      isElsewhere ? 'not submitted from here' : undefined,
    ),
  ];
}

/** Of what nobody has submitted: its stage, its close date, what it is worth, and what keeps AWS from taking it. */
function openLines(
  { part, stage, targetCloseDate, deal, check, review }: RowShown,
  { at }: RowPlace,
): string[] {
  const facts = inOneLine(
    stage && foreign(stage, LINE_LENGTH),
    closeDate(targetCloseDate, at),
    spendText(deal?.expectedSpend),
  );
  if (part === 'referred') return [facts];
  return [
    facts,
    review.status === 'none' ? "AWS shows no review status: it can't be submitted" : needsOf(check),
  ];
}

function needsOf(check: RowShown['check']): string {
  // Of a National Security deal nothing but its ID is shown, not even what it lacks.
  if (check === undefined || check.nationalSecurity) return '';
  if (check.missing.length === 0) return 'Has everything AWS is known to ask for';
  const names = check.missing.map((path) => fieldName(path) ?? path);
  return `Missing or wrong: ${firstFew(names, FIELDS_SHOWN).join(', ')}`;
}

function closeDate(date: string | undefined, at: Date): string | undefined {
  if (date === undefined) return undefined;
  const shown = foreign(day(date), LINE_LENGTH);
  return date < at.toISOString().slice(0, 10) ? `⚠️ close date ${shown} is past` : `closes ${shown}`;
}

const submitButton = (id: string, { usualChannel }: RowPlace) =>
  button({
    text: 'Submit…',
    label: forOpportunity('Submit…', id),
    actionId: ACTION.homeSubmit,
    // A direct message is no channel to offer.
    value: /^[CG]/.test(usualChannel ?? '') ? `${id} ${usualChannel}` : id,
  });

/** Amounts as people read them, the first few. */
export const spendText = (spends: readonly Spend[] = []): string =>
  firstFew(
    spends.map(({ amount, currency, frequency = '' }) =>
      foreign(`${money(amount, currency)} ${frequency.toLowerCase()}`, AMOUNT_LENGTH),
    ),
    SPENDS_SHOWN,
  ).join(', ');

function howLong(ms: number): string {
  const hours = Math.floor(ms / HOUR_MS);
  if (hours < 1) return 'less than an hour';
  if (hours >= 48) return daysText(String(Math.floor(hours / 24)));
  return hours === 1 ? '1 hour' : `${hours} hours`;
}

/** So many days; `count` as people read it. */
export const daysText = (count: string): string => (count === '1' ? '1 day' : `${count} days`);

/** A deal, with what stands for it and the one button that helps most. `known`: its record here. */
export function homeRowOf(
  { catalog, paused }: Pick<Bot, 'catalog' | 'paused'>,
  deal: Placed,
  known: Entry | undefined,
  at: Date,
): RowShown {
  const entry: Entry = known ?? {
    state: 'elsewhere',
    // Without a record here, the button names the opportunity itself.
    id: deal.opportunityId,
    catalog,
    opportunityId: deal.opportunityId,
    nationalSecurity: false,
    requestedAt: at,
    reviewStatus: deal.review.shown,
    reviewReadAt: at,
    reviewChangedAt: undefined,
  };
  const { headline, nextSteps } = explain(entry, { catalog, paused, waitingBefore: 0 });
  return { ...deal, entry, headline, step: rowStep(deal, nextSteps) };
}

/** What helps most in each part, the best first. */
const ROW_STEPS: Readonly<Record<Exclude<HomePartName, 'ready' | 'referred'>, readonly NextStep[]>> = {
  needs: ['fix', 'fix-and-submit', 'try-again', 'show-details'],
  waiting: ['let-go', 'check-status', 'cancel'],
  decided: ['show-details'],
};

/** The one button of a row. */
function rowStep({ part, record, review }: Placed, nextSteps: readonly NextStep[]): NextStep | 'submit' {
  if (part === 'referred') return 'partner-central';
  if (part === 'ready') return review.status === 'none' ? 'partner-central' : 'submit';
  const known = ROW_STEPS[part].find((step) => nextSteps.includes(step)) ?? 'show-details';
  // Where this bot has no record, only AWS's page can tell more.
  return record !== undefined || known === 'fix' ? known : 'partner-central';
}
