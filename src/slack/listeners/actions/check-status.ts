import { askedMessage } from '../../answers/asked.ts';
import type { Services } from '../services.ts';
import { answerPrivately } from './answer-privately.ts';

/** *Check status*: reads AWS; the message is updated where something is new, and the person is answered. */
export const checkStatusAction = (services: Services) =>
  answerPrivately(services, async (input) => askedMessage(await services.ask(input), services.dealPage));
