import { solutions } from '../../../edits/solutions.ts';
import { solutionOptions } from '../../forms/pick.ts';
import { ACTION } from '../../ids.ts';
import { whoOf } from '../../origin.ts';
import type { Options } from './options.ts';

/** Somebody types into the list of solutions in the form for changing a deal. */
export const pickSolution: Options = {
  id: ACTION.pickSolution,
  async typed(bot, { ack, body, payload }) {
    const formId = body.view?.private_metadata ?? '';
    await ack(solutionOptions(await solutions(bot, { formId, who: whoOf(body), query: payload.value })));
  },
};
