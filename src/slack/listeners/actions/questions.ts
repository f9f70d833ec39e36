import type { BlockAction } from '@slack/bolt';
import type { Bot } from '../../../bot.ts';
import { history } from '../../../submissions/history.ts';
import { checkStatus, details } from '../../../submissions/status.ts';
import { askedMessage, detailsAnswer, historyMessage } from '../../answers/buttons.ts';
import { parseCommandText } from '../../command-text.ts';
import { ACTION, ASKED } from '../../ids.ts';
import { originOf, whoOf } from '../../origin.ts';
import { answerInModal, answerPress, answerTo } from '../../private-answer.ts';
import { LABEL } from '../../text.ts';
import { answeredButton, type Button, type Choice } from '../listener.ts';

/** *History*: a record's audit trail, to this person only. `about`: the record's ID and, after a space, where the part begins. */
function showHistory(bot: Bot, body: BlockAction, about: string): Promise<void> {
  const [id = '', offset = '0'] = about.split(' ');
  const input = { id, offset: /^\d{1,6}$/.test(offset) ? Number(offset) : 0, who: whoOf(body) };
  const answer = async () => historyMessage(await history(bot, input), bot.dealPage);
  return answerInModal(bot, body, answer, LABEL.history);
}

/** *Details*: the deal and AWS's own words, to this person only. `id`: the record's. */
function showDetails(bot: Bot, body: BlockAction, id: string): Promise<void> {
  const answer = async () => {
    const { asked, awsSide } = await details(bot, { id, who: whoOf(body) });
    return detailsAnswer(asked, bot.dealPage, awsSide);
  };
  return answerInModal(bot, body, answer, LABEL.showDetails);
}

/** The menu of a message: *Details* and *History*. *Open in Partner Central* is a link: Slack opens it, and tells us. */
export const menu: Choice = {
  ids: [ACTION.more],
  async chosen(bot, { action, body }) {
    if (action.type !== 'overflow') return;
    const [chosen, id = ''] = action.selected_option.value.split(' ');
    if (chosen === ACTION.showDetails) await showDetails(bot, body, id);
    if (chosen === ACTION.history) await showHistory(bot, body, id);
  },
};

/** What answers a question. */
export const questionButtons: readonly Button[] = [
  // *Help*, *My list* and *Status of …*, offered to whoever wasn't understood: the button's value is what would be typed.
  {
    ids: ASKED,
    async pressed(bot, { value, body }) {
      const asked = parseCommandText(value);
      if (asked.type !== 'help' && asked.type !== 'list' && asked.type !== 'status') return;
      await answerPress(bot, body, () => answerTo(bot, asked, originOf(body)));
    },
  },
  // *Check status*: reads AWS; the message is updated where something is new, and the person is answered.
  answeredButton(ACTION.checkStatus, async (bot, input) =>
    askedMessage(await checkStatus(bot, input), bot.dealPage),
  ),
  // *History*, and *Earlier* and *Later* in its answer.
  {
    ids: [ACTION.history, ACTION.historyEarlier, ACTION.historyLater],
    pressed: (bot, { value, body }) => showHistory(bot, body, value),
  },
  {
    ids: [ACTION.showDetails],
    pressed: (bot, { value, body }) => showDetails(bot, body, value),
  },
];
