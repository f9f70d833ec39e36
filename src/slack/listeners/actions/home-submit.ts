import { parseOpportunityId } from '../../opportunity-ids.ts';
import { doorOf } from '../../origin.ts';
import type { Services } from '../services.ts';
import type { ButtonArgs } from './answer-privately.ts';

/** *Submit…* on the home tab: first where the outcome belongs, then the form. Its value: the ID, and a channel to offer. */
export const homeSubmitAction =
  (services: Services) =>
  async ({ ack, action, body }: ButtonArgs): Promise<void> => {
    await ack();
    const [id = '', usual] = (action.value ?? '').split(' ');
    const opportunityId = parseOpportunityId(id);
    if (opportunityId === undefined) return;
    await services.form.askWhere(doorOf(body), opportunityId, usual);
  };
