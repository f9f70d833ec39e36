import { history } from '../../../submissions/history.ts';
import { ask, details } from '../../../submissions/status.ts';
import { askedMessage } from '../../answers/asked.ts';
import { detailsAnswer } from '../../answers/details.ts';
import { historyMessage } from '../../answers/history.ts';
import { parseCommandText } from '../../command-text.ts';
import { ACTION, ASKED } from '../../ids.ts';
import { originOf, whoOf } from '../../origin.ts';
import { answerPrivately, answerTo } from '../../private-answer.ts';
import type { Button } from '../listener.ts';

/** *Help*, *My list* and *Status of …*, offered to whoever wasn't understood: the button's value is what would be typed. */
export const askedButton: Button = {
  ids: ASKED,
  async pressed(bot, { ack, action, body }) {
    await ack();
    const asked = parseCommandText(action.value ?? '');
    if (asked.type !== 'help' && asked.type !== 'list' && asked.type !== 'status') return;
    await answerPrivately(bot, body, () => answerTo(bot, asked, originOf(body)));
  },
};

/** *Check status*: reads AWS; the message is updated where something is new, and the person is answered. */
export const checkStatusButton: Button = {
  ids: [ACTION.checkStatus],
  async pressed(bot, { ack, action, body }) {
    await ack();
    const input = { id: action.value ?? '', who: whoOf(body) };
    await answerPrivately(bot, body, async () => askedMessage(await ask(bot, input), bot.dealPage));
  },
};

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

/** *Show details*: the deal and AWS's own words, to this person only. */
export const showDetailsButton: Button = {
  ids: [ACTION.showDetails],
  async pressed(bot, { ack, action, body }) {
    await ack();
    const input = { id: action.value ?? '', who: whoOf(body) };
    await answerPrivately(bot, body, async () => {
      const { asked, awsSide } = await details(bot, input);
      return detailsAnswer(asked, bot.dealPage, awsSide);
    });
  },
};
