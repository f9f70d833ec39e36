import { cancelRest } from '../../../submissions/cancel.ts';
import { restCancelledMessage } from '../../answers/cancelled.ts';
import { ACTION } from '../../ids.ts';
import { whoOf } from '../../origin.ts';
import { answerPrivately } from '../../private-answer.ts';
import type { Button } from './action.ts';

/** *Cancel the rest*: takes back what of a batch hasn't been sent yet. */
export const cancelRestButton: Button = {
  ids: [ACTION.cancelRest],
  async pressed(bot, { ack, action, body }) {
    await ack();
    const input = { batchId: action.value ?? '', who: whoOf(body) };
    await answerPrivately(bot, body, async () => restCancelledMessage(await cancelRest(bot, input)));
  },
};
