import { letGo } from '../../../submissions/let-go.ts';
import { letGoMessage } from '../../answers/cancelled.ts';
import { ACTION } from '../../ids.ts';
import { whoOf } from '../../origin.ts';
import { answerPrivately } from '../../private-answer.ts';
import type { Button } from './action.ts';

/** *Let it go*: ends the wait for what reading couldn't settle. */
export const letGoButton: Button = {
  ids: [ACTION.letGo],
  async pressed(bot, { ack, action, body }) {
    await ack();
    const input = { id: action.value ?? '', who: whoOf(body) };
    await answerPrivately(bot, body, async () => letGoMessage(await letGo(bot, input)));
  },
};
