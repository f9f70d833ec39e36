import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Who } from '../../../submissions/permissions.ts';
import type { Message } from '../../blocks/submission-message.ts';
import { whoOf } from '../who.ts';

export type ButtonArgs = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;

/** A button of a submission's message: acknowledged, one question to the service, an answer to this person only. */
export const answerPrivately =
  (answer: (input: { readonly submissionId: string; readonly who: Who }) => Promise<Message>) =>
  async ({ ack, action, body, respond }: ButtonArgs): Promise<void> => {
    await ack();
    const message = await answer({ submissionId: action.value ?? '', who: whoOf(body) });
    await respond({ response_type: 'ephemeral', replace_original: false, ...message });
  };
