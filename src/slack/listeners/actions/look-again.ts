import { ACTION } from '../../ids.ts';
import { lookAgain } from '../../open-form.ts';
import { parseOpportunityIds } from '../../opportunity-ids.ts';
import { whoOf } from '../../origin.ts';
import type { Button } from './action.ts';

/** *Try again* in a modal that couldn't show the form. */
export const lookAgainButton: Button = {
  ids: [ACTION.lookAgain],
  async pressed(bot, { ack, action, body }) {
    await ack();
    const { opportunityIds } = parseOpportunityIds(action.value ?? '');
    if (body.view === undefined || opportunityIds.length === 0) return;
    await lookAgain(bot, {
      viewId: body.view.id,
      formId: body.view.private_metadata,
      who: whoOf(body),
      opportunityIds,
    });
  },
};
