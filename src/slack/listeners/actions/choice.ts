import type { ModalView } from '@slack/types';
import type { Bot } from '../../../bot.ts';
import { isEditForm } from '../../../forms/form.ts';
import type { Who } from '../../../permissions.ts';
import { plansOf } from '../../../submissions/batch-choices.ts';
import { standingRefusal } from '../../../submissions/submission.ts';
import { withBatchChoices } from '../../forms/batch.ts';
import { rowsIn } from '../../forms/batch-rows.ts';
import type { FormShown } from '../../forms/modal.ts';
import { withChoices } from '../../forms/submit.ts';
import { ACTION } from '../../ids.ts';
import { type FormState, readInvolvement, readRows, readVisibility } from '../../payloads.ts';
import type { ActionListener, ActionListeners } from '../listener.ts';

/** Another involvement or visibility was chosen in the form: what AWS asks for is shown for it. */
const choice: ActionListener = async (bot, { action, who, body: { view } }) => {
  if (view === undefined) return;
  const form = await bot.permissions.own(await bot.store.form(view.private_metadata), who);
  if (form === undefined) return;
  // Submit is next: it needn't wait for Slack to say who they are.
  void bot.permissions.ask(who, form.channelId);
  const { catalog, opportunityId, readiness, nationalSecurity, lastModifiedDate } = form;
  // The form for changing a deal says what AWS asks for whatever is chosen.
  if (readiness === undefined || opportunityId === undefined || isEditForm(form)) return;
  const refusal = standingRefusal(await bot.store.entryOf(catalog, opportunityId), lastModifiedDate);
  const chosen = {
    involvementType: readInvolvement(view.state),
    visibility: readVisibility(view.state) ?? 'Full',
  };
  const outlook = { readiness, nationalSecurity, refusal };
  const next = withChoices(view, { catalog, outlook }, chosen);
  await bot.views.showLatest({ view, at: action.action_ts }, next);
};

/** Another choice in the form for several, for all or for one: what goes, and what AWS asks for, is shown for it. */
const batchChoice: ActionListener = async (bot, { action, who, body: { view } }) => {
  if (view === undefined) return;
  const next = await batchAsFilled(bot, view, who);
  if (next !== undefined) await bot.views.showLatest({ view, at: action.action_ts }, next);
};

export const choices: ActionListeners = {
  [ACTION.involvementType]: choice,
  [ACTION.visibility]: choice,
  [ACTION.involvementOfAll]: batchChoice,
  [ACTION.visibilityOfAll]: batchChoice,
  [ACTION.deals]: batchChoice,
  [ACTION.insteadCoSell]: batchChoice,
  [ACTION.insteadVisibilityOnly]: batchChoice,
  [ACTION.anywayOfSome]: batchChoice,
};

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
    forms.map(async ({ opportunityId = '', lastModifiedDate }) => {
      if (!unlisted.has(opportunityId)) return [opportunityId, undefined] as const;
      const entry = await store.entryOf(catalog, opportunityId);
      return [opportunityId, standingRefusal(entry, lastModifiedDate)] as const;
    }),
  );
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
    refusals: new Map(refusals),
    isOtherwise,
  });
}
