import type { InputBlock, ModalView, SectionBlock } from '@slack/types';
import { type Catalog, type Chosen, INVOLVEMENTS } from '../../aws/terms.ts';
import { fieldName, refusedFields } from '../../opportunities/field-names.ts';
import { totalOf } from '../../opportunities/opportunity.ts';
import {
  findingsFor,
  isBlocked,
  type Readiness,
  type ReadinessFinding,
} from '../../opportunities/readiness.ts';
import { goingOf, plansOf, type RowChoice, type RowPlan } from '../../submissions/batch-choices.ts';
import type { LookAtSeveral } from '../../submissions/look.ts';
import type { StandingRefusal } from '../../submissions/submission.ts';
import {
  button,
  firstFew,
  MOST_AT_ONCE,
  permissionUnknown,
  refusalText,
  section,
} from '../blocks/elements.ts';
import { fixLabel } from '../blocks/outcome.ts';
import { ACTION, BLOCK, CALLBACK } from '../ids.ts';
import { escapeMrkdwn, foreign, moment, moneyInShort, someOf } from '../text.ts';
import { type BatchRow, othersBlocks, rowInputs, rowOf, rowSelect, rowsIn } from './batch-rows.ts';
import { canFix, choiceInputs, lockInput, lockOption } from './choices.ts';
import {
  type FormShown,
  lookAgainBlock,
  modal,
  noticeTitles,
  noticeView,
  submitLabel,
  submitTo,
} from './modal.ts';
import type { OpenModal } from './submit.ts';

/** Shown while several opportunities are looked up. */
export const loadingSeveralView = (formId: string, count: number, total: number): ModalView =>
  noticeView(formId, `Looking up ${total} opportunities… ${count} so far.`);

/** Said in place of the form where more were named than go at once. */
export const tooMany = (count: number): string =>
  `*That is ${count} opportunities.* At most ${MOST_AT_ONCE} can go at once; please divide them up. Nothing was submitted.`;

/** The modal for what a look at several found: the form, or what is true instead of it. `leftOut`: pieces that are no ID. */
export function lookedAtSeveralView(
  looked: LookAtSeveral,
  {
    formId,
    opportunityIds,
    leftOut = [],
    catalog,
    dealPage,
  }: Omit<OpenModal, 'opportunityId'> & {
    readonly opportunityIds: readonly string[];
    readonly leftOut?: readonly string[];
  },
): ModalView {
  if (looked.type === 'not-permitted') {
    return noticeView(formId, refusalText(looked.why), { title: noticeTitles.notPermitted });
  }
  if (looked.type === 'permission-unknown') {
    return noticeView(formId, permissionUnknown, { lookAgain: opportunityIds });
  }
  const { found } = looked;
  const pieces = someOf(leftOut.map((piece) => foreign(piece, 30)));
  const notIds = leftOut.length === 0 ? [] : [section(`*Left out, not an opportunity ID:* ${pieces}`)];
  const forms = found.flatMap(({ opportunityId, found: one }) =>
    one.type === 'form' ? [{ opportunityId, ...one }] : [],
  );
  const ids = found.map(({ opportunityId }) => opportunityId);
  const cannot = found.filter(({ found: one }) => one.type !== 'form');
  const others = [...othersBlocks(cannot, dealPage), lookAgainBlock(ids, 'Look again')];
  const [first] = forms;
  if (first === undefined) {
    return noticeView(formId, [section('*None of them can be submitted.*'), ...notIds, ...others]);
  }
  const rows = forms.map(({ opportunityId, opportunity, form, refusal, doubt }) => {
    const isListed = refusal === undefined && !isRefusedAnyhow(form.readiness);
    return rowOf(opportunity, { opportunityId, isDoubtful: doubt !== undefined, isListed }, form.createdAt);
  });
  const shown = {
    private_metadata: formId,
    blocks: [
      ...notIds,
      ...choiceInputs({}, { areOfAll: true }),
      ...rowInputs(rows, first.form.id),
      ...others,
    ],
  };
  // At first everything goes that AWS isn't known to refuse, and that isn't in doubt.
  const chosen = rows.map(({ opportunityId, isListed, isDoubtful }): [string, RowChoice] => [
    opportunityId,
    { isWanted: isListed && !isDoubtful, anyway: false, involvementType: undefined },
  ]);
  const plans = plansOf(
    forms.map(({ form }) => form),
    { involvementType: undefined, visibility: 'Full', rows: new Map(chosen) },
  );
  const refusals = new Map(forms.map(({ opportunityId, refusal }) => [opportunityId, refusal]));
  return batchView(shown, rows, { catalog, plans, involvementType: undefined, refusals });
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
  /** Of all of its forms, in its order. */
  readonly plans: readonly RowPlan[];
  readonly involvementType: Chosen['involvementType'];
  /** By opportunity ID: what AWS refused of the deal as it is. */
  readonly refusals: ReadonlyMap<string, StandingRefusal | undefined>;
  /** Submit was pressed, and what goes isn't what was shown. */
  readonly isOtherwise?: boolean;
}

/** The open form for what is chosen in it: what depends on that is made anew. */
export const withBatchChoices = (view: FormShown, filled: Filled): ModalView =>
  batchView(view, rowsIn(view.blocks), filled);

interface Planned extends RowPlan {
  readonly row: BatchRow;
  /** Its place in the form. */
  readonly index: number;
}

function batchView(
  view: FormShown,
  rows: readonly BatchRow[],
  { catalog, plans, involvementType, refusals, isOtherwise = false }: Filled,
): ModalView {
  const kept = view.blocks.filter(({ block_id = '' }) => !isDependent(block_id));
  const chosen = kept.findLastIndex(
    ({ block_id = '' }) => block_id === BLOCK.visibility || block_id.startsWith(BLOCK.deals),
  );
  const planned = plans.flatMap((plan, index): Planned[] => {
    const row = rows.find(({ opportunityId }) => opportunityId === plan.form.opportunityId);
    return row === undefined ? [] : [{ ...plan, row, index }];
  });
  const count = plans.filter(({ goes }) => goes).length;
  return modal(CALLBACK.batch, {
    formId: view.private_metadata,
    title: submitTo(catalog),
    submit: count === 0 ? submitLabel : `Submit ${dealCount(count)}`,
    blocks: [
      ...(isOtherwise ? [{ ...section(SHOWN_OTHERWISE), block_id: BLOCK.note }] : []),
      ...kept.slice(0, chosen + 1),
      ...insteadBlocks(rows, involvementType),
      ...refusedBlocks(planned, refusals),
      ...kept.slice(chosen + 1),
      totalBlock(
        planned.flatMap(({ row, goes }) => (goes ? [row] : [])),
        goingOf(plans),
        catalog,
      ),
    ],
  });
}

const SHOWN_OTHERWISE = '*Your last choice changed what goes.* Look again, then submit.';
const dealCount = (count: number): string => `${count} ${count === 1 ? 'deal' : 'deals'}`;

const isDependent = (blockId: string): boolean =>
  [BLOCK.note, BLOCK.instead, BLOCK.refused, BLOCK.anyway, BLOCK.total, BLOCK.lock].some((id) =>
    blockId.startsWith(id),
  );

/** The lock's block_id. It names what goes: Slack keeps what was checked as long as a block_id stays. */
export const lockNamed = (going: string): string => `${BLOCK.lock}-${going}`;

/** What the view shows as going, as `goingOf` names it. */
export const shownGoing = (blocks: FormShown['blocks']): string | undefined =>
  blocks
    .map(({ block_id }) => /^(?:lock|total)-([\d-]*)$/.exec(block_id ?? '')?.[1])
    .find((name) => name !== undefined);

/** Offers the other involvement for some of them, once one is chosen for all. */
function insteadBlocks(rows: readonly BatchRow[], involvementType: Chosen['involvementType']): InputBlock[] {
  const listed = rows.filter(({ isListed }) => isListed);
  if (involvementType === undefined || listed.length < 2) return [];
  const isCoSell = involvementType === 'Co-Sell';
  return [
    rowSelect(listed, isCoSell ? 'For Visibility Only instead' : 'Co-Sell instead', {
      blockId: isCoSell ? `${BLOCK.instead}-visibility-only` : `${BLOCK.instead}-co-sell`,
      actionId: isCoSell ? ACTION.insteadVisibilityOnly : ACTION.insteadCoSell,
    }),
  ];
}

/** Those that AWS will probably refuse: left out until somebody says otherwise, and each can be fixed. */
function refusedBlocks(
  planned: readonly Planned[],
  refusals: Filled['refusals'],
): (SectionBlock | InputBlock)[] {
  const refused = planned.filter(
    ({ row, blocks, isWanted }) => !row.isListed || (blocks.length > 0 && isWanted),
  );
  if (refused.length === 0) return [];
  const lines = refused.map(({ row, form, blocks }): SectionBlock => {
    const refusal = refusals.get(row.opportunityId);
    const why = [
      ...(refusal === undefined ? [] : [`AWS refused it ${moment(refusal.at)}`]),
      ...fieldsOf(blocks, refusal),
    ].join(': ');
    return {
      ...section(`⚠️ ${foreign(row.line, LINE_LENGTH)}: *${why}*`),
      block_id: `${BLOCK.refused}-${row.opportunityId}`,
      ...(canFix(refusal, blocks, form.nationalSecurity) ? { accessory: fixButton(row.opportunityId) } : {}),
    };
  });
  return [
    { ...section('*Left out: AWS will probably refuse these*'), block_id: BLOCK.refused },
    ...lines,
    rowSelect(
      refused.map(({ row }) => row),
      'Submit these all the same',
      {
        // Another block_id for others: Slack keeps what was chosen as long as it stays.
        blockId: `${BLOCK.anyway}-${refused.map(({ index }) => index).join('-')}`,
        actionId: ACTION.anywayOfSome,
      },
    ),
  ];
}

const LINE_LENGTH = 400;

const fixButton = (opportunityId: string) =>
  button({
    text: fixLabel,
    label: `Fix ${opportunityId}`,
    actionId: ACTION.fixOne,
    value: opportunityId,
    style: 'primary',
  });

const FIELDS_SHOWN = 3;

/** What is to be changed, by name: the first few. */
function fieldsOf(blocks: readonly ReadinessFinding[], refusal: StandingRefusal | undefined): string[] {
  const refused = refusedFields(refusal?.problem.fieldErrors ?? []).map(({ name }) => name);
  const found = blocks.map(({ path }) => fieldName(path) ?? path);
  const names = [...new Set([...refused, ...found])].map(escapeMrkdwn);
  return names.length === 0 ? [] : [firstFew(names, FIELDS_SHOWN, (count) => `${count} more`).join(', ')];
}

/**
 * What goes, and what it comes to, each currency by itself: the label of the lock, or, where there is none, the last
 * line. `name`: by `goingOf`.
 */
function totalBlock(going: readonly BatchRow[], name: string, catalog: Catalog): SectionBlock | InputBlock {
  const given = going.flatMap(({ spend }) =>
    spend === undefined ? [] : [{ companyName: undefined, expectedSpend: spend }],
  );
  const spend = totalOf(given)
    .map(({ amount, currency, frequency = '' }) => {
      const often = frequency.toLowerCase();
      return `${moneyInShort(amount, currency)} ${often === 'monthly' ? 'a month' : often}`.trim();
    })
    .join(' + ');
  const from = given.length < going.length ? ` (from ${given.length})` : '';
  const total = [dealCount(going.length), ...(spend === '' ? [] : [`${spend}${from}`])].join(' · ');
  if (catalog !== 'AWS') {
    return { ...section(`*${escapeMrkdwn(total)}*`), block_id: `${BLOCK.total}-${name}` };
  }
  return lockInput(lockOptionOf(going.length), lockNamed(name), total);
}

function lockOptionOf(count: number): string {
  if (count === 1) return lockOption;
  return count === 0
    ? 'This locks them until AWS decides'
    : `This locks these ${count} deals until AWS decides`;
}
