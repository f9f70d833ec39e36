import { history } from '../../../submissions/history.ts';
import { checkStatus, details } from '../../../submissions/status.ts';
import { askedMessage, detailsAnswer, historyMessage } from '../../answers/buttons.ts';
import { parseCommandText } from '../../command-text.ts';
import { ACTION, ASKED } from '../../ids.ts';
import { answerInModal, answerPress } from '../../open-view.ts';
import { originOf } from '../../payloads.ts';
import { answerTo } from '../../private-answer.ts';
import { LABEL } from '../../text.ts';
import { type ActionListener, type ActionListeners, answered } from '../listener.ts';

/** *History*: a record's audit trail, to this person only. `value`: its ID and, after a space, where the part begins. */
const showHistory: ActionListener = (bot, { value, who, body }) => {
  const [id = '', offset = ''] = value.split(' ');
  const input = { id, offset: /^\d{1,6}$/.test(offset) ? Number(offset) : 0, who };
  const answer = async () => historyMessage(await history(bot, input), bot.dealPage);
  return answerInModal(bot, body, answer, LABEL.history);
};

/** *Details*: the deal and AWS's own words, to this person only. `value`: the record's ID. */
const showDetails: ActionListener = (bot, { value, who, body }) => {
  const answer = async () => {
    const { asked, awsSide } = await details(bot, { id: value, who });
    return detailsAnswer(asked, bot.dealPage, awsSide);
  };
  return answerInModal(bot, body, answer, LABEL.showDetails);
};

/** *Help*, *My list* and *Status of …*, offered to whoever wasn't understood: the value is what would be typed. */
const answerAsked: ActionListener = async (bot, { value, body }) => {
  const asked = parseCommandText(value);
  if (asked.type !== 'help' && asked.type !== 'list' && asked.type !== 'status') return;
  await answerPress(bot, body, () => answerTo(bot, asked, originOf(body)));
};

/** Buttons, and a menu, that ask something. */
export const questionActions: ActionListeners = {
  ...Object.fromEntries(ASKED.map((id) => [id, answerAsked])),
  // *Check status*: reads AWS; the message is updated where something is new, and the person is answered.
  [ACTION.checkStatus]: answered(async (bot, input) =>
    askedMessage(await checkStatus(bot, input), bot.dealPage),
  ),
  [ACTION.history]: showHistory,
  [ACTION.historyEarlier]: showHistory,
  [ACTION.historyLater]: showHistory,
  [ACTION.showDetails]: showDetails,
  // The menu of a message. *Open in Partner Central* is a link: Slack opens it, and tells us.
  async [ACTION.more](bot, acted) {
    if (acted.action.type !== 'overflow') return;
    const [chosen, value = ''] = acted.action.selected_option.value.split(' ');
    if (chosen === ACTION.showDetails) await showDetails(bot, { ...acted, value });
    if (chosen === ACTION.history) await showHistory(bot, { ...acted, value });
  },
};
