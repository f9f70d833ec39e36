import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { parseOpenFormValue } from '../../open-form-value.ts';
import { doorOf } from '../../origin.ts';
import type { Services } from '../services.ts';

type Args = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;

/** *Open the form*, offered where a trigger had expired, or to whoever mentioned the bot: this press brings a trigger. */
export const openFormAction =
  (services: Services) =>
  async ({ ack, action, body }: Args): Promise<void> => {
    await ack();
    const { opportunityIds, threadTs } = parseOpenFormValue(action.value ?? '');
    await services.form.openFor({ ...doorOf(body), threadTs }, opportunityIds);
  };

/** *Try again*: a fresh look and a new draft, with the choices of the submission that didn't go through. */
export const tryAgainAction =
  (services: Services) =>
  async ({ ack, action, body }: Args): Promise<void> => {
    await ack();
    await services.form.open(doorOf(body), async () => {
      const submission = await services.findEntry(action.value ?? '');
      if (submission === undefined || submission.state === 'elsewhere') return undefined;
      const { opportunityId, involvementType, visibility, channelId, threadTs, batchId } = submission;
      return { opportunityId, channelId, threadTs, batchId, choices: { involvementType, visibility } };
    });
  };
