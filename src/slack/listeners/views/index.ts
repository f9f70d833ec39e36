import type { ViewSubmitAction } from '@slack/bolt';
import type { Bot } from '../../../bot.ts';
import { askOpportunity } from './ask-opportunity.ts';
import { chooseChannel } from './choose-channel.ts';
import { filterHome } from './filter-home.ts';
import { fixOpportunity } from './fix-opportunity.ts';
import { submitOpportunities } from './submit-opportunities.ts';
import { submitOpportunity } from './submit-opportunity.ts';
import type { View } from './view.ts';

const VIEWS: readonly View[] = [
  chooseChannel,
  askOpportunity,
  submitOpportunity,
  submitOpportunities,
  fixOpportunity,
  filterHome,
];

export function registerViews(bot: Bot): void {
  for (const { id, submitted } of VIEWS)
    bot.slack.app.view<ViewSubmitAction>(id, (args) => submitted(bot, args));
}
