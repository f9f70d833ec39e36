import { answerTo } from '../../answer-question.ts';
import { parseCommandText } from '../../command-text.ts';
import { ASKED } from '../../ids.ts';
import { originOf } from '../../origin.ts';
import { answerPrivately } from '../../private-answer.ts';
import type { Button } from './action.ts';

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
