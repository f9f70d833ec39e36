import { detailsAnswer } from '../../answers/details.ts';
import type { Services } from '../services.ts';
import { answerPrivately } from './answer-privately.ts';

/** *Show details*: the deal and AWS's own words, to this person only. */
export const showDetailsAction = (services: Services) =>
  answerPrivately(services, async (input) => {
    const { asked, awsSide } = await services.details(input);
    return detailsAnswer(asked, services.dealPage, awsSide);
  });
