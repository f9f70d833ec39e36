import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { parseOpportunityId } from '../../command-text.ts';
import { doorOf } from '../door.ts';
import type { Services } from '../services.ts';

type Args = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;

/** *Open the form*, offered where a trigger had expired: this press brings a new one. */
export const openFormAction =
  (services: Services) =>
  async ({ ack, action, body }: Args): Promise<void> => {
    await ack();
    const opportunityId = parseOpportunityId(action.value ?? '');
    if (opportunityId === undefined) return services.form.ask(doorOf(body));
    return services.form.open(doorOf(body), async () => ({ opportunityId }), opportunityId);
  };

/** *Try again*: a fresh look and a new draft, with the choices of the submission that didn't go through. */
export const tryAgainAction =
  (services: Services) =>
  async ({ ack, action, body }: Args): Promise<void> => {
    await ack();
    await services.form.open(doorOf(body), async () => {
      const submission = await services.findSubmission(action.value ?? '');
      if (submission === undefined) return undefined;
      const { opportunityId, involvementType, visibility, channelId } = submission;
      return { opportunityId, channelId, choices: { involvementType, visibility } };
    });
  };
