import { history } from '../../../submissions/history.ts';
import { historyMessage } from '../../answers/history.ts';
import { ACTION } from '../../ids.ts';
import { whoOf } from '../../origin.ts';
import { answerPrivately } from '../../private-answer.ts';
import type { Button } from './action.ts';

/** *History*, and *Earlier* and *Later* in its answer: the record's audit trail, to this person only. */
export const historyButton: Button = {
  ids: [ACTION.history, ACTION.historyEarlier, ACTION.historyLater],
  async pressed(bot, { ack, action, body }) {
    await ack();
    // `ID` from a message, `ID offset` from an answer of our own.
    const [id = '', offset = '0'] = (action.value ?? '').split(' ');
    const input = { id, offset: /^\d{1,6}$/.test(offset) ? Number(offset) : 0, who: whoOf(body) };
    await answerPrivately(bot, body, async () => historyMessage(await history(bot, input), bot.dealPage), {
      replace: action.action_id !== ACTION.history,
    });
  },
};
