import { cancel } from '../../../submissions/cancel.ts';
import { cancelledMessage } from '../../answers/cancelled.ts';
import { ACTION } from '../../ids.ts';
import { whoOf } from '../../origin.ts';
import { answerPrivately } from '../../private-answer.ts';
import type { Button } from './action.ts';

/** *Cancel*: takes back what hasn't been sent yet. */
export const cancelButton: Button = {
  ids: [ACTION.cancel],
  async pressed(bot, { ack, action, body }) {
    await ack();
    const input = { id: action.value ?? '', who: whoOf(body) };
    await answerPrivately(bot, body, async () => cancelledMessage(await cancel(bot, input)));
  },
};
