import { restCancelledMessage } from '../../blocks/cancelled.ts';
import type { Services } from '../services.ts';
import { whoOf } from '../who.ts';
import type { ButtonArgs } from './answer-privately.ts';

/** *Cancel the rest*: takes back what of a batch hasn't been sent yet. */
export const cancelRestAction =
  (services: Services) =>
  async ({ ack, action, body, respond }: ButtonArgs): Promise<void> => {
    await ack();
    const cancelled = await services.cancelRest({ batchId: action.value ?? '', who: whoOf(body) });
    await respond({
      response_type: 'ephemeral',
      replace_original: false,
      ...restCancelledMessage(cancelled),
    });
  };
