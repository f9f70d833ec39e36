import type { Block, InputBlock, KnownBlock, PlainTextOption, SectionBlock } from '@slack/types';
import type { Opportunity } from '../../aws/opportunity.ts';
import { isNationalSecurity, isWithAws, type ReviewStatus } from '../../aws/terms.ts';
import { dealIn, type Spend } from '../../opportunities/opportunity.ts';
import type { Found, FoundOne } from '../../submissions/look.ts';
import type { Submission } from '../../submissions/submission.ts';
import { foreignOption, input, LIMITS, onOneLine, placeholder, plain, sections } from '../blocks/elements.ts';
import { ACTION, BLOCK } from '../ids.ts';
import {
  cut,
  type DealPage,
  dayAhead,
  foreign,
  inOneLine,
  linkedId,
  mention,
  moneyInShort,
} from '../text.ts';

/** A deal of a form for several. The view holds it: it comes back with every choice, and is kept nowhere else. */
export interface BatchRow {
  readonly opportunityId: string;
  /** Its line: plain text. */
  readonly line: string;
  /** What the customer is expected to spend; undefined: not given, or not to be shown. */
  readonly spend: readonly Spend[] | undefined;
  /** An earlier request for it may still take effect. */
  readonly isDoubtful: boolean;
  /** It stands among those to choose from; else AWS will probably refuse it whatever is chosen. */
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
  const end = inOneLine(closes && short(dayAhead(closes, now), 20), given.opportunityId);
  if (isNationalSecurity(opportunity)) {
    return { ...given, line: inOneLine('National Security deal', end), spend: undefined };
  }
  const { companyName = '', expectedSpend } = dealIn(opportunity);
  const amounts = expectedSpend.map(({ amount, currency }) => moneyInShort(amount, currency));
  const known = inOneLine(short(amounts.join(' + '), 16), end);
  // The title gives way first, and neither crowds out the other; what comes after them is never cut.
  const room = LIMITS.optionText - known.length - 2 * ' · '.length;
  const customer = short(companyName, Math.floor(room * 0.45));
  const title = short(Project?.Title ?? '', room - customer.length);
  return {
    ...given,
    line: inOneLine(title, customer, known),
    spend: expectedSpend.length === 0 ? undefined : expectedSpend,
  };
}

const short = (text: string, length: number): string => cut(onOneLine(text), Math.max(length, 1));

/**
 * Checkboxes for those that can be chosen: all but the doubtful are checked. `look` makes the blocks' IDs new with each look:
 * Slack keeps what was checked as long as a block_id stays, whatever the block offers.
 */
export function rowInputs(rows: readonly BatchRow[], look: string): InputBlock[] {
  const listed = rows.filter(({ isListed }) => isListed);
  const tens = Map.groupBy(listed, (_, index) => Math.floor(index / LIMITS.checkboxes));
  return [...tens].map(([index, some]) => {
    const chosen = some.filter(({ isDoubtful }) => !isDoubtful).map(optionOf);
    const options = some.map((row) => ({
      ...optionOf(row),
      ...(row.isDoubtful ? { description: plain(IN_DOUBT, LIMITS.optionText) } : {}),
    }));
    const first = index * LIMITS.checkboxes + 1;
    const label = tens.size === 1 ? 'Deals' : `Deals ${first} to ${first + some.length - 1}`;
    return input(
      `${BLOCK.deals}-${index}-${look}`,
      label,
      {
        type: 'checkboxes',
        action_id: ACTION.deals,
        options,
        ...(chosen.length === 0 ? {} : { initial_options: chosen }),
      },
      TOLD_AT_ONCE,
    );
  });
}

/** Nothing needs to be chosen, and each choice changes what the form shows. */
const TOLD_AT_ONCE = { dispatch_action: true, optional: true };
const IN_DOUBT = '❔ An earlier request may still take effect. Checked, it goes all the same.';

/** Some rows to choose from a list: nothing is chosen. */
export const rowSelect = (
  rows: readonly BatchRow[],
  label: string,
  { blockId, actionId }: { readonly blockId: string; readonly actionId: string },
): InputBlock => {
  const select = { type: 'multi_static_select', placeholder: placeholder('None') } as const;
  const options = rows.map(optionOf);
  return input(blockId, label, { ...select, action_id: actionId, options }, TOLD_AT_ONCE);
};

const optionOf = (row: BatchRow): PlainTextOption => foreignOption(optionValue(row), row.line);

/**
 * Such as `O1001 18500/USD/Monthly`: the total is made of it. What doesn't fit, or is no amount, counts as not given.
 */
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
  // A row that this involvement alone rules out stands in both lists.
  return [...new Map(rows.toReversed().map((row) => [row.opportunityId, row])).values()].reverse();
}

function rowIn(
  {
    text,
    value = '',
    description,
  }: Pick<PlainTextOption, 'value' | 'description'> & { readonly text: { readonly text: string } },
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
export const othersBlocks = (others: readonly FoundOne[], dealPage: DealPage): SectionBlock[] =>
  others.length === 0
    ? []
    : sections(["*Can't be submitted*", ...others.map((other) => otherLine(other, dealPage))]);

function otherLine({ opportunityId, found }: FoundOne, dealPage: DealPage): string {
  // What AWS doesn't find has no page.
  const id = found.type === 'not-found' ? opportunityId : linkedId(opportunityId, dealPage);
  return `• *${id}*: ${whyNot(found)}`;
}

function whyNot(found: Found): string {
  switch (found.type) {
    case 'not-found': {
      const missing = "it isn't there; check the ID, or try again in a moment if it was just created";
      if (found.doubt === undefined) return missing;
      return `${missing}. *${mention(found.doubt.userId)}'s earlier request for it may still take effect*: no answer of AWS's to that ever came.`;
    }
    case 'open':
      return onItsWay(found.submission);
    case 'not-pending':
      return whyNotPending(found.review);
    default:
      return WHY_NOT[found.type];
  }
}

const WHY_NOT = {
  form: '',
  'not-visible': "AWS doesn't let this bot see it",
  'aws-referral': "AWS referred it to you, so it can't be submitted this way",
  operator: "the bot can't sign in to AWS right now",
  unavailable: "AWS couldn't be reached, or didn't answer as it should",
} as const;

/** Said after an opportunity's ID and a colon. */
export const onItsWay = ({ userId }: Pick<Submission, 'userId'>): string =>
  `it is already on its way; ${mention(userId)} asked for it`;

function whyNotPending({ status, shown }: ReviewStatus): string {
  if (status === 'Action Required') {
    return 'AWS has sent it back and asks for changes; named alone in the command, it can be fixed here';
  }
  if (status === 'none') {
    return "AWS shows no review status for it, and without one it can't be submitted; AWS's support can mend that";
  }
  const says = foreign(shown, 100);
  return isWithAws(status)
    ? `AWS has it already; its review says: ${says}`
    : `it can't be submitted now; AWS's review says: ${says}`;
}
