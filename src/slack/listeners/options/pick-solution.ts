import type { AllMiddlewareArgs, SlackOptionsMiddlewareArgs } from '@slack/bolt';
import { solutionOptions } from '../../forms/pick.ts';
import { whoOf } from '../../origin.ts';
import type { Services } from '../services.ts';

/** Somebody types into the list of solutions in the form for changing a deal. */
export const pickSolutionOptions =
  (services: Services) =>
  async ({
    ack,
    body,
    payload,
  }: SlackOptionsMiddlewareArgs<'block_suggestion'> & AllMiddlewareArgs): Promise<void> => {
    const draftId = body.view?.private_metadata ?? '';
    await ack(solutionOptions(await services.solutions({ draftId, who: whoOf(body), query: payload.value })));
  };
