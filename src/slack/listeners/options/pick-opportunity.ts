import { suggest } from '../../../submissions/pick.ts';
import { parseCommandText } from '../../command-text.ts';
import { pickOptions } from '../../forms/pick.ts';
import { ACTION } from '../../ids.ts';
import { whoOf } from '../../origin.ts';
import type { Options } from './options.ts';

/** Somebody types into the list of opportunities: what it offers. A pasted link is searched for the ID in it. */
export const pickOpportunity: Options = {
  id: ACTION.pick,
  async typed(bot, { ack, body, payload }) {
    const typed = parseCommandText(payload.value);
    // Of a number alone nobody knows yet whether more of it comes.
    const isId = typed.type === 'opportunity' && /[^\d\s]/.test(payload.value);
    const typedId = isId ? typed.opportunityId : undefined;
    const suggestions = await suggest(bot, {
      formId: body.view?.private_metadata ?? '',
      who: whoOf(body),
      query: typedId ?? payload.value,
    });
    await ack(pickOptions(suggestions, typedId));
  },
};
