import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { detailsAnswer } from '../../blocks/details.ts';
import type { Services } from '../services.ts';
import { whoOf } from '../who.ts';

/** *Show details*: the deal and AWS's own words, to this person only. */
export const showDetailsAction =
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
    await respond({ response_type: 'ephemeral', replace_original: false, ...detailsAnswer(asked) });
  };
