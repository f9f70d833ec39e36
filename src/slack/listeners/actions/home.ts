import { HOME_PARTS, type Turn } from '../../../messages/home/homes.ts';
import { ACTION } from '../../ids.ts';
import { whoOf } from '../../origin.ts';
import type { Button } from './action.ts';

/** *Mine*, *Team's*, *Refresh* and the pages of the home tab: it is published anew. */
export const homeButton: Button = {
  ids: [ACTION.homeMine, ACTION.homeTeam, ACTION.homeRefresh, ACTION.homePrevious, ACTION.homeNext],
  async pressed(bot, { ack, action, body }) {
    await ack();
    const { userId, teamId } = whoOf(body);
    await bot.home.turned({ userId: await bot.permissions.idOf(userId), teamId }, turnOf(action.value ?? ''));
  },
};

/** What a button of the home tab carries: `mine`, `team`, `refresh`, or a part and its page, such as `waiting 2`. */
function turnOf(value: string): Turn {
  if (value === 'mine' || value === 'team') return { type: 'whose', whose: value };
  const [name = '', page = ''] = value.split(' ');
  const part = HOME_PARTS.find((each) => each === name);
  return part !== undefined && /^\d{1,6}$/.test(page)
    ? { type: 'page', part, page: Number(page) }
    : { type: 'refresh' };
}
