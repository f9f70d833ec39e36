import { readInvolvement, readVisibility } from '../../form-state.ts';
import { withChoices } from '../../forms/submit.ts';
import { ACTION } from '../../ids.ts';
import type { Choice } from './action.ts';

/** Another involvement or visibility was chosen in the form: what AWS asks for is shown for it. */
export const choice: Choice = {
  ids: [ACTION.involvementType, ACTION.visibility],
  async chosen(bot, { ack, action, body: { view, user } }) {
    await ack();
    if (view === undefined) return;
    const form = await bot.store.form(view.private_metadata);
    if (form?.readiness === undefined || form.userId !== user.id) return;
    const { readiness, nationalSecurity } = form;
    const chosen = {
      involvementType: readInvolvement(view.state),
      visibility: readVisibility(view.state) ?? 'Full',
    };
    const next = withChoices(view, { readiness, nationalSecurity }, chosen);
    await bot.showLatest({ view, at: action.action_ts }, next);
  },
};
