import { LATE, within } from '../../../clock.ts';
import { tabFilter } from '../../../messages/home-tabs.ts';
import { sayNotOpened } from '../../form-origin.ts';
import { homeFilterView } from '../../forms/home-filter.ts';
import { ACTION } from '../../ids.ts';
import { originOf } from '../../origin.ts';
import type { Button } from './action.ts';

/** Milliseconds: Slack's trigger lives 3 s. Where our records are slow, the form begins empty. */
const FILTER_WITHIN_MS = 500;

/** *Filter…* on the home tab: the form that finds a deal, filters and sorts. It shows no deal: its list asks for the right. */
export const homeFilterButton: Button = {
  ids: [ACTION.homeFilter],
  async pressed(bot, { ack, body }) {
    await ack();
    const origin = originOf(body);
    const kept = await within(bot.clock, FILTER_WITHIN_MS, tabFilter(bot, origin.who)).catch(() => LATE);
    const view = homeFilterView(typeof kept === 'symbol' ? {} : kept);
    const opened = await bot.views.open(origin.triggerId, view, bot.newId());
    if (opened.type !== 'opened') await sayNotOpened(bot, opened.type, origin, []);
  },
};
