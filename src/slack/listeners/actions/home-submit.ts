import { askWhere } from '../../ask-opportunity.ts';
import { ACTION } from '../../ids.ts';
import { parseOpportunityId } from '../../opportunity-ids.ts';
import { originOf } from '../../origin.ts';
import type { Button } from './action.ts';

/** *Submit…* on the home tab: first where the outcome belongs, then the form. Its value: the ID, and a channel to offer. */
export const homeSubmitButton: Button = {
  ids: [ACTION.homeSubmit],
  async pressed(bot, { ack, action, body }) {
    await ack();
    const [id = '', usual] = (action.value ?? '').split(' ');
    const opportunityId = parseOpportunityId(id);
    if (opportunityId === undefined) return;
    await askWhere(bot, originOf(body), opportunityId, usual);
  },
};
