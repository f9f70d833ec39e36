import { LATE, within } from '../../../clock.ts';
import { HOME_PARTS } from '../../../messages/home/board.ts';
import { askForHome } from '../../../messages/home/publish.ts';
import { type TabAct, tabFilter } from '../../../messages/home/tabs.ts';
import { homeFilterView } from '../../forms/home-modals.ts';
import { ACTION } from '../../ids.ts';
import { askWhere } from '../../open-form.ts';
import { openView } from '../../open-view.ts';
import { parseOpportunityId } from '../../opportunity-ids.ts';
import { originOf } from '../../payloads.ts';
import type { ActionListener, ActionListeners } from '../listener.ts';

/** What a button of the home tab carries: `mine`, `team`, `refresh`, `clear`, or a part and its page, such as `waiting 2`. */
function actOf(value: string): TabAct {
  if (value === 'mine' || value === 'team') return { type: 'whose', whose: value };
  if (value === 'clear') return { type: 'filter', filter: {} };
  const [name = '', page = ''] = value.split(' ');
  const part = HOME_PARTS.find((each) => each === name);
  return part !== undefined && /^\d{1,6}$/.test(page)
    ? { type: 'page', part, page: Number(page) }
    : { type: 'refresh' };
}

/** Milliseconds: Slack's trigger lives 3 s. Where our records are slow, the form begins empty. */
const FILTER_WITHIN_MS = 500;

/** *Mine*, *Team's*, *Refresh*, *Show all* and the pages of the home tab: it is published anew. */
const publishAnew: ActionListener = (bot, { value, who }) => askForHome(bot, who, actOf(value));

export const homeButtons: ActionListeners = {
  [ACTION.homeMine]: publishAnew,
  [ACTION.homeTeam]: publishAnew,
  [ACTION.homeRefresh]: publishAnew,
  [ACTION.homeClear]: publishAnew,
  [ACTION.homePrevious]: publishAnew,
  [ACTION.homeNext]: publishAnew,
  // *Submit…* on the home tab: first where the outcome belongs, then the form. Its value: the ID, and a channel to offer.
  async [ACTION.homeSubmit](bot, { value, body }) {
    const [id = '', usual] = value.split(' ');
    const opportunityId = parseOpportunityId(id);
    if (opportunityId !== undefined) await askWhere(bot, originOf(body), opportunityId, usual);
  },
  // *Filter…* on the home tab: the form that finds a deal, filters and sorts. It shows no deal: its list asks for the right.
  async [ACTION.homeFilter](bot, { who, body }) {
    const kept = await within(bot.clock, FILTER_WITHIN_MS, tabFilter(bot, who)).catch(() => LATE);
    const view = homeFilterView(typeof kept === 'symbol' ? {} : kept);
    await openView(bot, originOf(body), view, bot.newId());
  },
};
