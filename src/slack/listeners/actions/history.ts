import type { BlockAction } from '@slack/bolt';
import type { Bot } from '../../../bot.ts';
import { history } from '../../../submissions/history.ts';
import { historyMessage } from '../../answers/history.ts';
import { ACTION } from '../../ids.ts';
import { whoOf } from '../../origin.ts';
import { answerPrivately } from '../../private-answer.ts';
import type { Button } from './action.ts';

/** *History*: the record's audit trail, to this person only. `about`: `ID` from a message, `ID offset` from an answer of our own. */
export async function showHistory(
  bot: Bot,
  body: BlockAction,
  about: string,
  how?: { readonly replace: boolean },
): Promise<void> {
  const [id = '', offset = '0'] = about.split(' ');
  const input = { id, offset: /^\d{1,6}$/.test(offset) ? Number(offset) : 0, who: whoOf(body) };
  await answerPrivately(bot, body, async () => historyMessage(await history(bot, input), bot.dealPage), how);
}

/** *History*, and *Earlier* and *Later* in its answer. */
export const historyButton: Button = {
  ids: [ACTION.history, ACTION.historyEarlier, ACTION.historyLater],
  async pressed(bot, { ack, action, body }) {
    await ack();
    await showHistory(bot, body, action.value ?? '', { replace: action.action_id !== ACTION.history });
  },
};
