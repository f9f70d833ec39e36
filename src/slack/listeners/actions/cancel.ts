import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { cancelledMessage } from '../../blocks/cancelled.ts';
import type { Services } from '../services.ts';
import { whoOf } from '../who.ts';

/** *Cancel*: takes back what hasn't been sent yet. */
export const cancelAction =
  (services: Services) =>
  async ({
    ack,
    action,
    body,
    respond,
  }: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs): Promise<void> => {
    await ack();
    const cancelled = await services.cancel({
      submissionId: action.value ?? '',
      who: whoOf(body),
    });
    await respond({ response_type: 'ephemeral', replace_original: false, ...cancelledMessage(cancelled) });
  };
