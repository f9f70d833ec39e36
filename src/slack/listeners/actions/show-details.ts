import { details } from '../../../submissions/check-status.ts';
import { detailsAnswer } from '../../answers/details.ts';
import { ACTION } from '../../ids.ts';
import { whoOf } from '../../origin.ts';
import { answerPrivately } from '../../private-answer.ts';
import type { Button } from './action.ts';

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
