import { suggestDeal } from '../../../submissions/pick.ts';
import { pickOptions } from '../../forms/pick.ts';
import { ACTION } from '../../ids.ts';
import { parseOpportunityId } from '../../opportunity-ids.ts';
import { whoOf } from '../../origin.ts';
import type { Options } from './options.ts';

/** Somebody types into the list of all deals, in the form that filters the home tab. */
export const findDeal: Options = {
  id: ACTION.findDeal,
  async typed(bot, { ack, body, payload }) {
    const suggestions = await suggestDeal(bot, { who: whoOf(body), query: payload.value });
    await ack(pickOptions(suggestions, parseOpportunityId(payload.value.trim())));
  },
};
