import { readInvolvement, readVisibility } from '../../form-state.ts';
import { withChoices } from '../../forms/submit.ts';
import { ACTION } from '../../ids.ts';
import { whoOf } from '../../origin.ts';
import type { Choice } from './action.ts';

/** Another involvement or visibility was chosen in the form: what AWS asks for is shown for it. */
export const choice: Choice = {
  ids: [ACTION.involvementType, ACTION.visibility],
  async chosen(bot, { ack, action, body }) {
    await ack();
    const { view } = body;
    if (view === undefined) return;
    const form = await bot.permissions.own(await bot.store.form(view.private_metadata), whoOf(body));
    if (form?.readiness === undefined) return;
    const { readiness, nationalSecurity } = form;
    const chosen = {
      involvementType: readInvolvement(view.state),
      visibility: readVisibility(view.state) ?? 'Full',
    };
    const next = withChoices(view, { readiness, nationalSecurity }, chosen);
    await bot.showLatest({ view, at: action.action_ts }, next);
  },
};
