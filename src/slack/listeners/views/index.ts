import type { ViewSubmitAction } from '@slack/bolt';
import type { Bot } from '../../../bot.ts';
import type { View } from '../listener.ts';
import { askOpportunity, chooseChannel } from './ask-opportunity.ts';
import { fixOpportunity } from './fix-opportunity.ts';
import { submitOpportunities, submitOpportunity } from './submit-opportunity.ts';

const VIEWS: readonly View[] = [
  chooseChannel,
  askOpportunity,
  submitOpportunity,
  submitOpportunities,
  fixOpportunity,
];

export function registerViews(bot: Bot): void {
  for (const { id, submitted } of VIEWS)
    bot.slack.app.view<ViewSubmitAction>(id, (args) => submitted(bot, args));
}
