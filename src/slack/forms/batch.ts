import type { Block, InputBlock, KnownBlock, ModalView, SectionBlock } from '@slack/types';
import { type Catalog, type Chosen, catalogName, INVOLVEMENTS } from '../../aws/terms.ts';
import { mendedBy } from '../../edits/kinds.ts';
import { totalOf } from '../../opportunities/deal-facts.ts';
import { fieldName, refusedFields } from '../../opportunities/field-names.ts';
import { findingsFor, isBlocked, type Readiness } from '../../opportunities/readiness.ts';
import { goingOf, plansOf, type RowChoice, type RowPlan } from '../../submissions/batch-choices.ts';
import type { FoundOne, LookAtSeveral } from '../../submissions/look.ts';
import type { StandingRefusal } from '../../submissions/submission.ts';
import { button, plain, refusalText, section } from '../blocks/elements.ts';
import { ACTION, BLOCK, CALLBACK } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import type { DealPage } from '../text.ts';
import { escapeMrkdwn, foreign, moment, moneyInShort, someOf } from '../text.ts';
import { type BatchRow, othersBlocks, rowInputs, rowOf, rowSelect, rowsIn } from './batch-rows.ts';
import * as words from './batch-words.ts';
import { involvementInput, lockInput, visibilityInput } from './choices.ts';
import { type FormShown, lookAgainBlock, noticeView } from './submit.ts';
import * as modal from './words.ts';

const FIELDS_SHOWN = 3;

/** Shown while several opportunities are looked up. */
export const loadingSeveralView = (formId: string, count: number, total: number): ModalView =>
  noticeView(formId, [section(words.loading(count, total))]);

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
      return noticeView(formId, [section(refusalText(looked.why))], { title: modal.titles.notPermitted });
    case 'permission-unknown':
      return noticeView(formId, [section(modal.permissionUnknown), lookAgainBlock(opportunityIds)]);
    case 'looked':
      return firstView({ formId, leftOut, catalog, dealPage, found: looked.found });
  }
}

/** The form as it opens: nothing is chosen but what AWS isn't known to refuse. */
function firstView(options: {
  readonly formId: string;
  readonly leftOut: readonly string[];
  readonly catalog: Catalog;
  readonly dealPage: DealPage;
  readonly found: readonly FoundOne[];
}): ModalView {
  const { formId, leftOut, catalog, dealPage, found } = options;
  const notIds =
    leftOut.length === 0 ? [] : [section(words.notIds(someOf(leftOut.map((piece) => foreign(piece, 30)))))];
  const forms = found.flatMap(({ opportunityId, found: one }) =>
    one.type === 'form' ? [{ opportunityId, ...one }] : [],
  );
  const others = [
    ...othersBlocks(
      found.filter(({ found: one }) => one.type !== 'form'),
      dealPage,
    ),
    lookAgainBlock(
      found.map(({ opportunityId }) => opportunityId),
      words.lookAgain,
    ),
  ];
  const [first] = forms;
  if (first === undefined)
    return noticeView(formId, [section(words.noneCanBeSubmitted), ...notIds, ...others]);
  const rows = forms.map(({ opportunityId, opportunity, form, refusal, doubt }) =>
    rowOf(
      opportunity,
      {
        opportunityId,
        isDoubtful: doubt !== undefined,
        isListed: refusal === undefined && !isRefusedAnyhow(form.readiness),
      },
      form.createdAt,
    ),
  );
  const shown = {
    private_metadata: formId,
    blocks: [
      ...notIds,
      involvementInput(ACTION.involvementOfAll, undefined),
      visibilityInput(ACTION.visibilityOfAll, 'Full'),
      ...rowInputs(rows, first.form.id),
      ...others,
    ],
  };
  const chosen = new Map(
    rows.map(({ opportunityId, isListed, isDoubtful }): [string, RowChoice] => [
      opportunityId,
      { isWanted: isListed && !isDoubtful, anyway: false, involvementType: undefined },
    ]),
  );
  return batchView(shown, {
    catalog,
    rows,
    plans: plansOf(
      forms.map(({ form }) => form),
      { involvementType: undefined, visibility: 'Full', rows: chosen },
    ),
    involvementType: undefined,
    refusalOf: (id) => forms.find(({ opportunityId }) => opportunityId === id)?.refusal,
  });
}

/** Whether AWS will probably refuse it whichever involvement is chosen. */
const isRefusedAnyhow = (readiness: Readiness | undefined): boolean =>
  readiness !== undefined &&
  INVOLVEMENTS.every((involvementType) =>
    isBlocked(findingsFor(readiness, { involvementType, visibility: 'Full' })),
  );

/** What a form for several shows as it is filled in. */
interface Filled {
  readonly catalog: Catalog;
  readonly rows: readonly BatchRow[];
  /** Of all of its forms, in its order. */
  readonly plans: readonly RowPlan[];
  readonly involvementType: Chosen['involvementType'];
  /** What AWS refused of the deal as it is. */
  readonly refusalOf: (opportunityId: string) => StandingRefusal | undefined;
  /** What goes isn't what was shown. */
  readonly isOtherwise?: boolean;
}

/** The open form for what is chosen in it: what depends on that is made anew. */
export function withBatchChoices(view: FormShown, filled: Omit<Filled, 'rows'>): ModalView {
  return batchView(view, { ...filled, rows: rowsIn(view.blocks) });
}

function batchView(view: FormShown, filled: Filled): ModalView {
  const { catalog, plans, isOtherwise = false } = filled;
  const kept = view.blocks.filter(({ block_id }) => !isDependent(block_id ?? ''));
  const chosen = kept.findLastIndex(
    ({ block_id = '' }) => block_id === BLOCK.visibility || block_id.startsWith(BLOCK.deals),
  );
  const count = plans.filter(({ goes }) => goes).length;
  return {
    type: 'modal',
    callback_id: CALLBACK.batch,
    private_metadata: view.private_metadata,
    title: plain(modal.submitTo(catalogName(catalog)), LIMITS.viewTitle),
    submit: plain(words.submit(count), LIMITS.viewTitle),
    close: plain(modal.cancel, LIMITS.viewTitle),
    blocks: [
      ...(isOtherwise ? [{ ...section(words.shownOtherwise), block_id: BLOCK.note }] : []),
      ...kept.slice(0, chosen + 1),
      ...insteadBlocks(filled),
      ...refusedBlocks(filled),
      ...kept.slice(chosen + 1),
      totalBlock(filled),
    ],
  };
}

const isDependent = (blockId: string): boolean =>
  [BLOCK.note, BLOCK.instead, BLOCK.refused, BLOCK.anyway, BLOCK.total, BLOCK.lock].some((id) =>
    blockId.startsWith(id),
  );

/** The confirmation's block. What goes is in its name: Slack keeps what was checked as long as a block is called the same. */
export const lockNamed = (going: string): string => `${BLOCK.lock}-${going}`;

/** What the view shows as going, as `goingOf` names it. */
export const shownGoing = (blocks: readonly (KnownBlock | Block)[]): string | undefined => {
  const names = blocks.map(({ block_id }) => /^(?:lock|total)-([\d-]*)$/.exec(block_id ?? '')?.[1]);
  return names.find((name) => name !== undefined);
};

/** The other involvement, for some of them, once there is one for all. */
function insteadBlocks({ involvementType, rows }: Filled): InputBlock[] {
  const listed = rows.filter(({ isListed }) => isListed);
  if (involvementType === undefined || listed.length < 2) return [];
  const isCoSell = involvementType === 'Co-Sell';
  return [
    rowSelect({
      blockId: isCoSell ? `${BLOCK.instead}-visibility-only` : `${BLOCK.instead}-co-sell`,
      actionId: isCoSell ? ACTION.insteadVisibilityOnly : ACTION.insteadCoSell,
      label: words.instead[isCoSell ? 'For Visibility Only' : 'Co-Sell'],
      placeholder: words.none,
      rows: listed,
    }),
  ];
}

/** Those that AWS will probably refuse: left out until somebody says otherwise, and each can be fixed. */
function refusedBlocks({ rows, plans, refusalOf }: Filled): (SectionBlock | InputBlock)[] {
  const refused = plans.flatMap(({ form, blocks, isWanted }, index) => {
    const row = rows.find(({ opportunityId }) => opportunityId === form.opportunityId);
    if (row === undefined || (row.isListed && (blocks.length === 0 || !isWanted))) return [];
    return [{ row, index, form, blocks, refusal: refusalOf(row.opportunityId) }];
  });
  if (refused.length === 0) return [];
  const lines = refused.map(({ row, form, blocks, refusal }): SectionBlock => {
    const why = [
      ...(refusal === undefined ? [] : [words.refusedBefore(moment(refusal.at))]),
      ...fieldsOf(
        blocks.map(({ path }) => fieldName(path) ?? path),
        refusal,
      ),
    ].join(': ');
    const canFix =
      refusal !== undefined || blocks.some(({ rule }) => mendedBy(rule, form.nationalSecurity).length > 0);
    return {
      ...section(`⚠️ ${foreign(row.line, LINE_LENGTH)}: *${why}*`),
      block_id: `${BLOCK.refused}-${row.opportunityId}`,
      ...(canFix ? { accessory: fixButton(row.opportunityId) } : {}),
    };
  });
  return [
    { ...section(words.refused), block_id: BLOCK.refused },
    ...lines,
    rowSelect({
      // Another block for others: Slack keeps what was chosen as long as the block is the same.
      blockId: `${BLOCK.anyway}-${refused.map(({ index }) => index).join('-')}`,
      actionId: ACTION.anywayOfSome,
      label: words.anywayLabel,
      placeholder: words.none,
      rows: refused.map(({ row }) => row),
    }),
  ];
}

const LINE_LENGTH = 400;

const fixButton = (opportunityId: string) =>
  button({
    text: words.fix,
    label: words.fixIt(opportunityId),
    actionId: ACTION.fixOne,
    value: opportunityId,
    style: 'primary',
  });

/** What is to be changed, by name: the first few. */
function fieldsOf(found: readonly string[], refusal: StandingRefusal | undefined): string[] {
  const before =
    refusal === undefined ? [] : refusedFields(refusal.problem.fieldErrors).map(({ name }) => name);
  const names = [...new Set([...before, ...found])].map(escapeMrkdwn);
  const more = names.length - FIELDS_SHOWN;
  const shown = [...names.slice(0, FIELDS_SHOWN), ...(more > 0 ? [words.andMore(more)] : [])];
  return shown.length === 0 ? [] : [shown.join(', ')];
}

/** What goes, and what it comes to: what the lock is for, or else the last line. Amounts are added up for each currency alone. */
function totalBlock({ catalog, plans, rows }: Filled): SectionBlock | InputBlock {
  const going = plans.flatMap(({ form, goes }) => {
    const row = rows.find(({ opportunityId }) => opportunityId === form.opportunityId);
    return goes && row !== undefined ? [row] : [];
  });
  const given = going.flatMap(({ spend }) =>
    spend === undefined ? [] : [{ companyName: undefined, expectedSpend: spend }],
  );
  const spend = totalOf(given)
    .map(({ amount, currency, frequency }) => words.spent(moneyInShort(amount, currency), frequency))
    .join(' + ');
  const total = words.total(going.length, spend, given.length);
  const name = goingOf(plans);
  if (catalog !== 'AWS')
    return { ...section(`*${escapeMrkdwn(total)}*`), block_id: `${BLOCK.total}-${name}` };
  return lockInput(words.lockOption(going.length), { blockId: lockNamed(name), label: total });
}
