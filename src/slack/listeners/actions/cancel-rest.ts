import { restCancelledMessage } from '../../answers/cancelled.ts';
import { whoOf } from '../../origin.ts';
import type { Services } from '../services.ts';
import type { ButtonArgs } from './answer-privately.ts';

/** *Cancel the rest*: takes back what of a batch hasn't been sent yet. */
export const cancelRestAction =
  (services: Services) =>
  async ({ ack, action, body }: ButtonArgs): Promise<void> => {
    await ack();
    const input = { batchId: action.value ?? '', who: whoOf(body) };
    await services.answerPrivately(body, async () => restCancelledMessage(await services.cancelRest(input)));
  };
