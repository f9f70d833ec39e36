import type { BlockAction } from '@slack/bolt';
import type { Bot } from '../../../bot.ts';
import { details } from '../../../submissions/check-status.ts';
import { detailsAnswer } from '../../answers/details.ts';
import { ACTION } from '../../ids.ts';
import { whoOf } from '../../origin.ts';
import { answerPrivately } from '../../private-answer.ts';
import type { Button } from './action.ts';

/** *Details*: the deal and AWS's own words, to this person only. `id`: the record's. */
export const showDetails = (bot: Bot, body: BlockAction, id: string): Promise<void> =>
  answerPrivately(bot, body, async () => {
    const { asked, awsSide } = await details(bot, { id, who: whoOf(body) });
    return detailsAnswer(asked, bot.dealPage, awsSide);
  });

export const showDetailsButton: Button = {
  ids: [ACTION.showDetails],
  async pressed(bot, { ack, action, body }) {
    await ack();
    await showDetails(bot, body, action.value ?? '');
  },
};
