import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Message } from '../../../messages/kinds/submission.ts';
import type { Who } from '../../../permissions.ts';
import { whoOf } from '../../origin.ts';
import type { Services } from '../services.ts';

export type ButtonArgs = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;

/** A button of a submission: acknowledged, one question to the service, an answer to this person only. */
export const answerPrivately =
  (services: Services, answer: (input: { readonly id: string; readonly who: Who }) => Promise<Message>) =>
  async ({ ack, action, body }: ButtonArgs): Promise<void> => {
    await ack();
    const input = { id: action.value ?? '', who: whoOf(body) };
    await services.answerPrivately(body, () => answer(input));
  };
