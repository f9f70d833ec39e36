import { cancelledMessage } from '../../answers/cancelled.ts';
import type { Services } from '../services.ts';
import { answerPrivately } from './answer-privately.ts';

/** *Cancel*: takes back what hasn't been sent yet. */
export const cancelAction = (services: Services) =>
  answerPrivately(services, async (input) => cancelledMessage(await services.cancel(input)));
