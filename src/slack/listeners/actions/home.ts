import { HOME_PARTS, type TabAct } from '../../../messages/home-tabs.ts';
import { askForHome } from '../../../messages/publish.ts';
import { askWhere } from '../../ask-opportunity.ts';
import { ACTION } from '../../ids.ts';
import { parseOpportunityId } from '../../opportunity-ids.ts';
import { originOf, whoOf } from '../../origin.ts';
import type { Button } from '../listener.ts';

/** *Mine*, *Team's*, *Refresh* and the pages of the home tab: it is published anew. */
export const homeButton: Button = {
  ids: [ACTION.homeMine, ACTION.homeTeam, ACTION.homeRefresh, ACTION.homePrevious, ACTION.homeNext],
  async pressed(bot, { ack, action, body }) {
    await ack();
    await askForHome(bot, whoOf(body), actOf(action.value ?? ''));
  },
};

/** What a button of the home tab carries: `mine`, `team`, `refresh`, or a part and its page, such as `waiting 2`. */
function actOf(value: string): TabAct {
  if (value === 'mine' || value === 'team') return { type: 'whose', whose: value };
  const [name = '', page = ''] = value.split(' ');
  const part = HOME_PARTS.find((each) => each === name);
  return part !== undefined && /^\d{1,6}$/.test(page)
    ? { type: 'page', part, page: Number(page) }
    : { type: 'refresh' };
}

/** *Submit…* on the home tab: first where the outcome belongs, then the form. Its value: the ID, and a channel to offer. */
export const homeSubmitButton: Button = {
  ids: [ACTION.homeSubmit],
  async pressed(bot, { ack, action, body }) {
    await ack();
    const [id = '', usual] = (action.value ?? '').split(' ');
    const opportunityId = parseOpportunityId(id);
    if (opportunityId === undefined) return;
    await askWhere(bot, originOf(body), opportunityId, usual);
  },
};
