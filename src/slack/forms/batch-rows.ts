import type { Block, InputBlock, KnownBlock, PlainTextOption, SectionBlock } from '@slack/types';
import type { Opportunity } from '../../aws/opportunity.ts';
import { isNationalSecurity, readable } from '../../aws/readable.ts';
import { isWithAws, type ReviewStatus } from '../../aws/terms.ts';
import { dealIn, type Spend } from '../../opportunities/deal-facts.ts';
import type { Found, FoundOne } from '../../submissions/look.ts';
import { foreignPlain, plain, sections } from '../blocks/elements.ts';
import { ACTION, BLOCK } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { cut, type DealPage, dayAhead, foreign, linkedId, mention, moneyInShort } from '../text.ts';
import * as words from './batch-words.ts';

/** A deal of a form for several, as the view holds it: what it shows comes back with every choice, and is kept nowhere else. */
export interface BatchRow {
  readonly opportunityId: string;
  /** Its line: plain text. */
  readonly line: string;
  /** What the customer is expected to spend; undefined: not given, or not to be shown. */
  readonly spend: readonly Spend[] | undefined;
  /** An earlier request for it may still take effect. */
  readonly isDoubtful: boolean;
  /** It stands among those to choose from; else AWS refuses it whatever is chosen, and it goes only in spite of that. */
  readonly isListed: boolean;
}

/** The row of a deal. Of a National Security deal only what is needed to recognise it: AWS redacts them, so do we. */
export function rowOf(
  opportunity: Opportunity,
  given: Pick<BatchRow, 'opportunityId' | 'isDoubtful' | 'isListed'>,
  now: Date,
): BatchRow {
  const { LifeCycle, Project } = opportunity;
  const closes = LifeCycle?.TargetCloseDate;
  const end = [...(closes === undefined ? [] : [oneLine(dayAhead(closes, now), 20)]), given.opportunityId];
  if (isNationalSecurity(opportunity)) {
    const line = [words.nationalSecurityDeal, ...end].join(DIVIDER);
    return { ...given, line, spend: undefined };
  }
  const { companyName = '', expectedSpend } = dealIn(opportunity);
  const amounts = expectedSpend.map(({ amount, currency }) => moneyInShort(amount, currency));
  const known = [...(amounts.length === 0 ? [] : [oneLine(amounts.join(' + '), 16)]), ...end].join(DIVIDER);
  // The title gives way first, and neither crowds out the other; what comes after them is never cut.
  const room = LIMITS.optionText - known.length - 2 * DIVIDER.length;
  const customer = oneLine(companyName, Math.floor(room * 0.45));
  const title = oneLine(Project?.Title ?? '', room - customer.length);
  return {
    ...given,
    line: [title, customer, known].filter((part) => part !== '').join(DIVIDER),
    spend: expectedSpend.length === 0 ? undefined : expectedSpend,
  };
}

const DIVIDER = ' · ';

/** What others wrote, in one line. */
const oneLine = (text: string, length: number): string =>
  cut(readable(text).replaceAll(/\s+/g, ' ').trim(), Math.max(length, 1));

/**
 * Those that can be chosen, as checkboxes: all but the doubtful are checked. `look`: a name for this look at them. Slack keeps
 * what was checked as long as a block is called the same, whatever it offers.
 */
export const rowInputs = (rows: readonly BatchRow[], look: string): InputBlock[] =>
  inTens(rows.filter(({ isListed }) => isListed)).map((some, index, all) => {
    const chosen = some.filter(({ isDoubtful }) => !isDoubtful).map(optionOf);
    const options = some.map((row) => ({
      ...optionOf(row),
      ...(row.isDoubtful ? { description: plain(words.inDoubt, LIMITS.optionText) } : {}),
    }));
    const first = index * LIMITS.checkboxes + 1;
    return {
      type: 'input',
      block_id: `${BLOCK.deals}-${index}-${look}`,
      dispatch_action: true,
      optional: true,
      label: plain(all.length === 1 ? words.deals : words.dealsFrom(first, first + some.length - 1), 2000),
      element: {
        type: 'checkboxes',
        action_id: ACTION.deals,
        options,
        ...(chosen.length === 0 ? {} : { initial_options: chosen }),
      },
    };
  });

function inTens(rows: readonly BatchRow[]): BatchRow[][] {
  const groups = Map.groupBy(
    rows.map((row, index) => ({ row, index })),
    ({ index }) => Math.floor(index / LIMITS.checkboxes),
  );
  return [...groups.values()].map((group) => group.map(({ row }) => row));
}

/** Some rows to choose from a list: nothing is chosen. */
export const rowSelect = (options: {
  readonly blockId: string;
  readonly actionId: string;
  readonly label: string;
  readonly placeholder: string;
  readonly rows: readonly BatchRow[];
}): InputBlock => ({
  type: 'input',
  block_id: options.blockId,
  dispatch_action: true,
  optional: true,
  label: plain(options.label, 2000),
  element: {
    type: 'multi_static_select',
    action_id: options.actionId,
    placeholder: plain(options.placeholder, 150),
    options: options.rows.map(optionOf),
  },
});

const optionOf = (row: BatchRow): PlainTextOption => ({
  text: foreignPlain(row.line, LIMITS.optionText),
  value: optionValue(row),
});

/** `O1001 18500/USD/Monthly`: what the total is made of. What fits no value, or is no amount, counts as not given. */
function optionValue({ opportunityId, spend = [] }: BatchRow): string {
  const given = spend.map(({ amount, currency = '', frequency = '' }) =>
    [amount, currency, frequency].join('/'),
  );
  const value = [opportunityId, ...given].join(' ');
  return given.every((each) => SPEND.test(each)) && value.length <= LIMITS.optionValue
    ? value
    : opportunityId;
}

const SPEND = /^(\d+(?:\.\d+)?)\/([A-Z]{3})?\/([A-Za-z]*)$/;

/** The ID in an option's value. */
export const idIn = (value: string): string => value.split(' ', 1)[0] ?? '';

/** The rows of an open view, as Slack sends it. */
export function rowsIn(blocks: readonly (KnownBlock | Block)[]): readonly BatchRow[] {
  const rows = blocks.flatMap((block): BatchRow[] => {
    const id = block.block_id ?? '';
    const isListed = id.startsWith(BLOCK.deals);
    if (!isListed && !id.startsWith(BLOCK.anyway)) return [];
    if (!('element' in block) || !('options' in block.element)) return [];
    return (block.element.options ?? []).map((option) => rowIn(option, isListed));
  });
  // Those that the involvement alone rules out stand in both.
  return [...new Map(rows.toReversed().map((row) => [row.opportunityId, row])).values()].reverse();
}

function rowIn(
  {
    text,
    value = '',
    description,
  }: Pick<PlainTextOption, 'value' | 'description'> & {
    readonly text: { readonly text: string };
  },
  isListed: boolean,
): BatchRow {
  const [opportunityId = '', ...given] = value.split(' ');
  const spend = given.flatMap((each): Spend[] => {
    const [, amount, currency, frequency] = SPEND.exec(each) ?? [];
    return amount === undefined ? [] : [{ amount, currency, frequency: frequency || undefined }];
  });
  return {
    opportunityId,
    line: text.text,
    spend: spend.length === 0 ? undefined : spend,
    isDoubtful: description !== undefined,
    isListed,
  };
}

/** Those that can't be submitted, and why. */
export function othersBlocks(others: readonly FoundOne[], dealPage: DealPage): SectionBlock[] {
  if (others.length === 0) return [];
  const lines = others.map(
    ({ opportunityId, found }) => `• *${idOf(opportunityId, found, dealPage)}*: ${whyNot(found)}`,
  );
  return sections([words.cannot, ...lines]);
}

/** What AWS doesn't find has no page. */
const idOf = (opportunityId: string, found: Found, dealPage: DealPage): string =>
  found.type === 'not-found' ? opportunityId : linkedId(opportunityId, dealPage);

function whyNot(found: Found): string {
  switch (found.type) {
    case 'form':
      return '';
    case 'not-found':
      return found.doubt === undefined
        ? words.notFound
        : `${words.notFound}. ${words.doubt(mention(found.doubt.userId))}`;
    case 'not-visible':
      return words.notVisible;
    case 'aws-referral':
      return words.awsReferral;
    case 'open':
      return words.open(`<@${found.submission.userId}>`);
    case 'not-pending':
      return whyNotPending(found.review);
    case 'operator':
      return words.operator;
    case 'unavailable':
      return words.unavailable;
  }
}

function whyNotPending({ status, shown }: ReviewStatus): string {
  if (status === 'Action Required') return words.actionRequired;
  if (status === 'none') return words.noStatus;
  return isWithAws(status) ? words.notPending(foreign(shown, 100)) : words.otherStatus(foreign(shown, 100));
}
