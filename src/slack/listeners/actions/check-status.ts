import { ask } from '../../../submissions/check-status.ts';
import { askedMessage } from '../../answers/asked.ts';
import { ACTION } from '../../ids.ts';
import { whoOf } from '../../origin.ts';
import { answerPrivately } from '../../private-answer.ts';
import type { Button } from './action.ts';

/** *Check status*: reads AWS; the message is updated where something is new, and the person is answered. */
export const checkStatusButton: Button = {
  ids: [ACTION.checkStatus],
  async pressed(bot, { ack, action, body }) {
    await ack();
    const input = { id: action.value ?? '', who: whoOf(body) };
    await answerPrivately(bot, body, async () => askedMessage(await ask(bot, input), bot.dealPage));
  },
};
