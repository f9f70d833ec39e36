import { isEditForm } from '../../../forms/form.ts';
import { standingRefusal } from '../../../submissions/submission.ts';
import { batchAsFilled, readInvolvement, readVisibility } from '../../form-state.ts';
import { withChoices } from '../../forms/submit.ts';
import { ACTION } from '../../ids.ts';
import { whoOf } from '../../origin.ts';
import type { Choice } from '../listener.ts';

/** Another involvement or visibility was chosen in the form: what AWS asks for is shown for it. */
export const choice: Choice = {
  ids: [ACTION.involvementType, ACTION.visibility],
  async chosen(bot, { action, body }) {
    const { view } = body;
    if (view === undefined) return;
    const who = whoOf(body);
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
  },
};

/** Another choice in the form for several, for all or for one: what goes, and what AWS asks for, is shown for it. */
export const batchChoice: Choice = {
  ids: [
    ACTION.involvementOfAll,
    ACTION.visibilityOfAll,
    ACTION.deals,
    ACTION.insteadCoSell,
    ACTION.insteadVisibilityOnly,
    ACTION.anywayOfSome,
  ],
  async chosen(bot, { action, body }) {
    const { view } = body;
    if (view === undefined) return;
    const next = await batchAsFilled(bot, view, whoOf(body));
    if (next !== undefined) await bot.views.showLatest({ view, at: action.action_ts }, next);
  },
};
