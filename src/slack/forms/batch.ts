import type {
  ActionsBlock,
  Block,
  ContextBlock,
  InputBlock,
  KnownBlock,
  ModalView,
  SectionBlock,
} from '@slack/types';
import type { Opportunity } from '../../aws/opportunity.ts';
import { isNationalSecurity } from '../../aws/readable.ts';
import { isWithAws, type ReviewStatus } from '../../aws/review-status.ts';
import { type Catalog, type Chosen, catalogMeaning } from '../../aws/terms.ts';
import type { Form } from '../../forms/form.ts';
import { fieldName } from '../../opportunities/field-names.ts';
import { type Finding, findingsFor } from '../../opportunities/readiness.ts';
import { refusals, worthImproving } from '../../opportunities/readiness-words.ts';
import type { Found, FoundOne, LookAtSeveral } from '../../submissions/look.ts';
import * as deal from '../blocks/deal-words.ts';
import { context, plain, section, sections } from '../blocks/elements.ts';
import { refusalText } from '../blocks/saying.ts';
import { type DealPage, linkedId } from '../deal-page.ts';
import { ACTION, BLOCK, CALLBACK, ofOpportunity } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { day, escapeMrkdwn, foreign, mention, someOf } from '../text.ts';
import * as words from './batch-words.ts';
import { confirmation, involvementInput, lockInput, visibilityInput } from './choices.ts';
import { closes } from './pick-words.ts';
import { byBasis, isOpenChoice } from './readiness.ts';
import { type FormShown, lookAgainBlock, noticeView } from './submit.ts';
import * as modal from './words.ts';

const NAME_LENGTH = 80;
const TITLE_LENGTH = 150;
const FIELDS_SHOWN = 4;

const UNDECIDED: Chosen = { involvementType: undefined, visibility: 'Full' };

/** Shown while several opportunities are looked up. */
export const loadingSeveralView = (formId: string, count: number, total: number): ModalView =>
  noticeView(formId, [section(words.loading(count, total))]);

/** What readiness says of one row as the form stands; `findings` undefined: the person leaves it out. */
export interface RowReadiness {
  readonly opportunityId: string;
  readonly findings: readonly Finding[] | undefined;
  /** The involvement isn't chosen yet, and what AWS asks for depends on it. */
  readonly isOpen: boolean;
}

/** What readiness says of a form for what was chosen for it. */
export const readinessFor = (
  { readiness }: Pick<Form, 'readiness'>,
  chosen: Chosen,
): Pick<RowReadiness, 'findings' | 'isOpen'> => ({
  findings: readiness === undefined ? [] : findingsFor(readiness, chosen),
  isOpen: readiness !== undefined && isOpenChoice(readiness, chosen),
});

/** The modal for what a look at several found: the form, or what is true instead of it. */
export function lookedAtSeveralView(
  looked: LookAtSeveral,
  at: {
    readonly formId: string;
    readonly opportunityIds: readonly string[];
    /** What stood among them and is no ID, as it was typed. */
    readonly leftOut?: readonly string[];
    readonly catalog: Catalog;
    readonly dealPage: DealPage;
  },
): ModalView {
  const { formId, opportunityIds, leftOut = [], catalog, dealPage } = at;
  switch (looked.type) {
    case 'not-permitted':
      return noticeView(formId, [section(refusalText(looked.why))]);
    case 'permission-unknown':
      return noticeView(formId, [section(modal.permissionUnknown), lookAgainBlock(opportunityIds)]);
    case 'looked':
      return batchFormView({ formId, leftOut, catalog, dealPage, found: looked.found });
  }
}

/** The form for several: one choice for all, a row for each that can be submitted, and why the others can't. */
function batchFormView(options: {
  readonly formId: string;
  readonly leftOut: readonly string[];
  readonly catalog: Catalog;
  readonly dealPage: DealPage;
  readonly found: readonly FoundOne[];
}): ModalView {
  const { formId, leftOut, catalog, dealPage, found } = options;
  const notIds =
    leftOut.length === 0 ? [] : [section(words.notIds(someOf(leftOut.map((piece) => foreign(piece, 30)))))];
  const rows = found.flatMap(({ opportunityId, found: one }) =>
    one.type === 'form' ? [{ opportunityId, ...one, ...readinessFor(one.form, UNDECIDED) }] : [],
  );
  const others = found.filter((one) => one.found.type !== 'form');
  if (rows.length === 0) {
    const none = [section(words.noneCanBeSubmitted), ...notIds];
    return noticeView(formId, [...none, ...othersBlocks(others, found, dealPage)]);
  }
  return batchView(formId, [
    section(words.canBeSubmitted(rows.length)),
    ...notIds,
    context(`*${catalogMeaning(catalog)}*`),
    involvementInput(ACTION.involvementOfAll, undefined),
    visibilityInput(ACTION.visibilityOfAll, UNDECIDED.visibility),
    ...rows.flatMap((row): KnownBlock[] => [
      { type: 'divider' },
      rowBlock(row.opportunityId, row, dealPage),
      readinessBlock(row),
    ]),
    { type: 'divider' },
    ...othersBlocks(others, found, dealPage),
    ...anywayBlocks(rows),
    ...(catalog === 'AWS' ? [lockInput(words.lockOption)] : []),
  ]);
}

/** The open form after another choice: the same but for what depends on it. `rows` are all of the form's. */
export function withBatchChoices(view: FormShown, rows: readonly RowReadiness[]): ModalView {
  const readinessOf = new Map(rows.map((row) => [ofOpportunity(BLOCK.readiness, row.opportunityId), row]));
  const kept = view.blocks
    .filter(({ block_id }) => block_id?.startsWith(BLOCK.anyway) !== true)
    .map((block) => {
      const row = readinessOf.get(block.block_id ?? '');
      return row === undefined ? block : readinessBlock(row);
    });
  const lock = kept.findIndex(({ block_id }) => block_id === BLOCK.lock);
  const end = lock === -1 ? kept.length : lock;
  return batchView(view.private_metadata, [...kept.slice(0, end), ...anywayBlocks(rows), ...kept.slice(end)]);
}

const batchView = (formId: string, blocks: (KnownBlock | Block)[]): ModalView => ({
  type: 'modal',
  callback_id: CALLBACK.batch,
  private_metadata: formId,
  title: plain(modal.title, LIMITS.viewTitle),
  submit: plain(modal.submit, LIMITS.viewTitle),
  close: plain(modal.cancel, LIMITS.viewTitle),
  blocks,
});

function rowBlock(
  opportunityId: string,
  { opportunity, doubt }: Pick<Extract<Found, { type: 'form' }>, 'opportunity' | 'doubt'>,
  dealPage: DealPage,
): SectionBlock {
  const options = Object.entries(words.exceptions).map(([value, text]) => ({
    text: plain(text, LIMITS.optionText),
    value,
  }));
  const [asAbove] = options;
  return {
    ...section(
      [
        rowText(opportunityId, opportunity, dealPage),
        ...(doubt === undefined ? [] : [words.doubt(mention(doubt.userId))]),
      ].join('\n'),
    ),
    block_id: ofOpportunity(BLOCK.exception, opportunityId),
    accessory: {
      type: 'static_select',
      action_id: ACTION.exception,
      options,
      ...(asAbove === undefined ? {} : { initial_option: asAbove }),
    },
  };
}

/** National Security deals show only what is needed to recognise them: AWS redacts them, so do we. */
function rowText(opportunityId: string, opportunity: Opportunity, dealPage: DealPage): string {
  const { Customer, Project, LifeCycle } = opportunity;
  const id = `*${linkedId(opportunityId, dealPage)}*`;
  const closing = LifeCycle?.TargetCloseDate;
  const stage = [
    ...(LifeCycle?.Stage === undefined ? [] : [foreign(LifeCycle.Stage, 60)]),
    ...(closing === undefined ? [] : [closes(foreign(day(closing), 60))]),
  ].join(', ');
  if (isNationalSecurity(opportunity)) return [`${id} · ${words.nationalSecurityDeal}`, stage].join('\n');
  const customer = foreign(Customer?.Account?.CompanyName ?? '', NAME_LENGTH);
  const title = foreign(Project?.Title ?? '', TITLE_LENGTH);
  return [`${id} · ${customer === '' ? deal.notGiven : customer}`, title, stage]
    .filter((line) => line !== '')
    .join('\n');
}

function readinessBlock(row: RowReadiness): ContextBlock {
  return {
    ...context(readinessText(row)),
    block_id: ofOpportunity(BLOCK.readiness, row.opportunityId),
  };
}

function readinessText({ findings, isOpen }: RowReadiness): string {
  if (findings === undefined) return words.leftOut;
  const blocks = findings.filter(({ weight }) => weight === 'block');
  const warnings = findings.filter(({ weight }) => weight === 'warn');
  // What is only good to know has its place in the form for one.
  if (blocks.length + warnings.length === 0) return isOpen ? words.readySoFar : `✅ ${words.ready}`;
  return [
    ...byBasis(blocks).map(([basis, found]) => `⚠️ ${refusals[basis]} ${fieldsOf(found)}.`),
    ...(warnings.length === 0 ? [] : [`${worthImproving} ${fieldsOf(warnings)}.`]),
  ].join(' ');
}

function fieldsOf(findings: readonly Finding[]): string {
  const names = [...new Set(findings.map(({ path }) => fieldName(path) ?? path))];
  const more = names.length - FIELDS_SHOWN;
  return [...names.slice(0, FIELDS_SHOWN).map(escapeMrkdwn), ...(more > 0 ? [words.andMore(more)] : [])].join(
    ', ',
  );
}

/** The further checkbox for those that AWS will probably refuse. A yes is for these, and for no others. */
function anywayBlocks(rows: readonly RowReadiness[]): InputBlock[] {
  const refused = rows.flatMap(({ opportunityId, findings }, index) =>
    findings?.some(({ weight }) => weight === 'block') ? [{ opportunityId, index }] : [],
  );
  if (refused.length === 0) return [];
  return [
    confirmation({
      // Another block for others: Slack keeps what was checked as long as the block is the same.
      blockId: `${BLOCK.anyway}-${refused.map(({ index }) => index).join('-')}`,
      actionId: ACTION.anyway,
      label: words.anywayLabel(refused.map(({ opportunityId }) => opportunityId).join(', ')),
      option: words.anywayOption,
      explained: words.anywayExplained,
      value: 'anyway',
    }),
  ];
}

/** Those that can't be submitted, and why; where AWS might answer otherwise next time, a button that looks again at all. */
function othersBlocks(
  others: readonly FoundOne[],
  all: readonly FoundOne[],
  dealPage: DealPage,
): (SectionBlock | ActionsBlock)[] {
  if (others.length === 0) return [];
  const lines = others.map(
    ({ opportunityId, found }) => `• *${idOf(opportunityId, found, dealPage)}*: ${whyNot(found)}`,
  );
  const shown = sections([words.cannot, ...lines]);
  const canHelp = others.some(
    ({ found: { type } }) => type === 'unavailable' || type === 'operator' || type === 'not-found',
  );
  return canHelp ? [...shown, lookAgainBlock(all.map(({ opportunityId }) => opportunityId))] : shown;
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
