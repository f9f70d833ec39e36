import type { AllMiddlewareArgs, SlackOptionsMiddlewareArgs } from '@slack/bolt';
import { pickOptions } from '../../forms/pick.ts';
import { parseOpportunityId } from '../../opportunity-ids.ts';
import { whoOf } from '../../origin.ts';
import type { Services } from '../services.ts';

/** Somebody types into the list of opportunities: what it offers. A pasted link is searched for the ID in it. */
export const pickOpportunityOptions =
  (services: Services) =>
  async ({
    ack,
    body,
    payload,
  }: SlackOptionsMiddlewareArgs<'block_suggestion'> & AllMiddlewareArgs): Promise<void> => {
    const typedId = parseOpportunityId(payload.value);
    const suggestions = await services.suggest({
      draftId: body.view?.private_metadata ?? '',
      who: whoOf(body),
      query: typedId ?? payload.value,
    });
    await ack(pickOptions(suggestions, typedId));
  };
