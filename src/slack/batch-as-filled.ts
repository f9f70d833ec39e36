import type { ModalView } from '@slack/types';
import type { Bot } from '../bot.ts';
import type { Who } from '../permissions.ts';
import { plansOf } from '../submissions/batch-choices.ts';
import { standingRefusal } from '../submissions/refusal.ts';
import { type FormState, readInvolvement, readRows, readVisibility } from './form-state.ts';
import { withBatchChoices } from './forms/batch.ts';
import { rowsIn } from './forms/batch-rows.ts';
import type { FormShown } from './forms/submit.ts';

/** The open form for several, as its person has filled it in. Undefined: it isn't theirs, or is too old to be known. */
export async function batchAsFilled(
  { store, permissions, catalog }: Pick<Bot, 'store' | 'permissions' | 'catalog'>,
  view: FormShown & { readonly state?: FormState },
  who: Who,
  { isOtherwise = false } = {},
): Promise<ModalView | undefined> {
  const forms = await store.batchForms(view.private_metadata);
  const own = await Promise.all(forms.map((form) => permissions.own(form, who)));
  const [first] = forms;
  if (first === undefined || own.includes(undefined)) return undefined;
  // Submit is next: it needn't wait for Slack to say who they are.
  void permissions.ask(who, first.channelId);
  const rows = rowsIn(view.blocks);
  const unlisted = new Set(rows.flatMap(({ opportunityId, isListed }) => (isListed ? [] : [opportunityId])));
  const refusals = await Promise.all(
    forms.map(async ({ opportunityId = '', lastModifiedDate }) =>
      unlisted.has(opportunityId)
        ? ([
            opportunityId,
            standingRefusal(await store.entryOf(catalog, opportunityId), lastModifiedDate),
          ] as const)
        : ([opportunityId, undefined] as const),
    ),
  );
  const refusalOf = new Map(refusals);
  const involvementType = readInvolvement(view.state);
  const plans = plansOf(forms, {
    involvementType,
    visibility: readVisibility(view.state) ?? 'Full',
    rows: readRows(view.state, rows),
  });
  return withBatchChoices(view, {
    catalog,
    plans,
    involvementType,
    refusalOf: (opportunityId) => refusalOf.get(opportunityId),
    isOtherwise,
  });
}
