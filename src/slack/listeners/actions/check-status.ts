import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { askedMessage } from '../../blocks/asked.ts';
import type { Services } from '../services.ts';
import { whoOf } from '../who.ts';

/** *Check status*: reads AWS; the message is updated where something is new, and the person is answered. */
export const checkStatusAction =
  (services: Services) =>
  async ({
    ack,
    action,
    body,
    respond,
  }: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs): Promise<void> => {
    await ack();
    const asked = await services.ask({
      submissionId: action.value ?? '',
      who: whoOf(body),
    });
    await respond({ response_type: 'ephemeral', replace_original: false, ...askedMessage(asked) });
  };
