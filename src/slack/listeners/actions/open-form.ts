import { ACTION } from '../../ids.ts';
import { lookIn, openFor, openForm, openFormIn } from '../../open-form.ts';
import { parseOpenFormValue, parseOpportunityIds } from '../../opportunity-ids.ts';
import { originOf } from '../../origin.ts';
import type { ActionListeners } from '../listener.ts';

/** What opens the form for submitting. */
export const openFormButtons: ActionListeners = {
  // *Open the form*, offered where a trigger had expired, or to whoever mentioned the bot: this press brings a trigger.
  async [ACTION.openForm](bot, { value, body }) {
    const { opportunityIds, threadTs } = parseOpenFormValue(value);
    await openFor(bot, { ...originOf(body), threadTs }, opportunityIds);
  },
  // *Try again*: a fresh look and a new form, with the choices of the submission that didn't go through.
  async [ACTION.tryAgain](bot, { value, body }) {
    const about = async () => {
      const submission = await bot.store.entry(value);
      if (submission === undefined || submission.state === 'elsewhere') return undefined;
      const { opportunityId, involvementType, visibility, channelId, threadTs, batchId } = submission;
      return { opportunityId, channelId, threadTs, batchId, choices: { involvementType, visibility } };
    };
    const origin = originOf(body);
    await (body.view?.type === 'modal'
      ? openFormIn(bot, body.view.id, origin, about)
      : openForm(bot, origin, about));
  },
  // *Try again* in a modal that couldn't show the form.
  async [ACTION.lookAgain](bot, { value, who, body }) {
    const { opportunityIds } = parseOpportunityIds(value);
    if (body.view === undefined || opportunityIds.length === 0) return;
    const { id: viewId, private_metadata: formId } = body.view;
    await lookIn(bot, { viewId, formId, who, opportunityIds });
  },
};
