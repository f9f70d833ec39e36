import { chosenOf } from '../../../submissions/batch.ts';
import { standingRefusal } from '../../../submissions/refusal.ts';
import { readExceptions, readInvolvement, readVisibility } from '../../form-state.ts';
import { readinessFor, withBatchChoices } from '../../forms/batch.ts';
import { withChoices } from '../../forms/submit.ts';
import { ACTION } from '../../ids.ts';
import { whoOf } from '../../origin.ts';
import type { Choice } from '../listener.ts';

/** Another involvement or visibility was chosen in the form: what AWS asks for is shown for it. */
export const choice: Choice = {
  ids: [ACTION.involvementType, ACTION.visibility],
  async chosen(bot, { ack, action, body }) {
    await ack();
    const { view } = body;
    if (view === undefined) return;
    const who = whoOf(body);
    const form = await bot.permissions.own(await bot.store.form(view.private_metadata), who);
    if (form === undefined) return;
    // Submit is next: it needn't wait for Slack to say who they are.
    void bot.permissions.ask(who, form.channelId);
    const { catalog, opportunityId, readiness, nationalSecurity, lastModifiedDate } = form;
    if (readiness === undefined || opportunityId === undefined) return;
    const refusal = standingRefusal(await bot.store.entryOf(catalog, opportunityId), lastModifiedDate);
    const chosen = {
      involvementType: readInvolvement(view.state),
      visibility: readVisibility(view.state) ?? 'Full',
    };
    const outlook = { readiness, nationalSecurity, refusal };
    const next = withChoices(view, { catalog, outlook }, chosen);
    await bot.showLatest({ view, at: action.action_ts }, next);
  },
};

/** Another choice in the form for several, for all or for one: what AWS asks for is shown for it. */
export const batchChoice: Choice = {
  ids: [ACTION.involvementOfAll, ACTION.visibilityOfAll, ACTION.exception],
  async chosen(bot, { ack, action, body }) {
    await ack();
    const { view } = body;
    if (view === undefined) return;
    const forms = await bot.store.batchForms(view.private_metadata);
    const own = await Promise.all(forms.map((form) => bot.permissions.own(form, whoOf(body))));
    if (forms.length === 0 || own.includes(undefined)) return;
    const choices = {
      involvementType: readInvolvement(view.state),
      exceptions: readExceptions(view.state),
    };
    const visibility = readVisibility(view.state) ?? 'Full';
    const chosen = new Map(chosenOf(forms, choices).map((each) => [each.form.id, each]));
    const rows = forms.map((form) => {
      const { id, opportunityId = '' } = form;
      const row = chosen.get(id);
      if (row === undefined) return { opportunityId, findings: undefined, isOpen: false };
      return { opportunityId, ...readinessFor(form, { involvementType: row.involvementType, visibility }) };
    });
    await bot.showLatest({ view, at: action.action_ts }, withBatchChoices(view, rows));
  },
};
