import { ACTION } from '../../ids.ts';
import type { Choice } from './action.ts';
import { showHistory } from './history.ts';
import { showDetails } from './show-details.ts';

/** The menu of a message: *Details* and *History*. *Open in Partner Central* is a link: Slack opens it, and tells us. */
export const menu: Choice = {
  ids: [ACTION.more],
  async chosen(bot, { ack, action, body }) {
    await ack();
    if (action.type !== 'overflow') return;
    const [chosen, id = ''] = action.selected_option.value.split(' ');
    if (chosen === ACTION.showDetails) await showDetails(bot, body, id);
    if (chosen === ACTION.history) await showHistory(bot, body, id);
  },
};
