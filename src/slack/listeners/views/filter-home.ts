import { askForHome } from '../../../messages/publish.ts';
import { homeFilterIn } from '../../forms/home-filter.ts';
import { CALLBACK } from '../../ids.ts';
import { whoOf } from '../../origin.ts';
import type { View } from './view.ts';

/** The home tab is to show other deals, or in another order: nothing is recorded of a deal, so it closes at once. */
export const filterHome: View = {
  id: CALLBACK.homeFilter,
  async submitted(bot, { ack, body, view }) {
    await ack();
    await askForHome(bot, whoOf(body), { type: 'filter', filter: homeFilterIn(view.state) });
  },
};
