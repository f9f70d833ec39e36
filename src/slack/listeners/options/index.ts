import type { Bot } from '../../../bot.ts';
import { findDeal } from './find-deal.ts';
import type { Options } from './options.ts';
import { pickOpportunity } from './pick-opportunity.ts';
import { pickSolution } from './pick-solution.ts';

const OPTIONS: readonly Options[] = [pickOpportunity, pickSolution, findDeal];

export function registerOptions(bot: Bot): void {
  for (const { id, typed } of OPTIONS) {
    bot.slack.app.options<'block_suggestion'>({ type: 'block_suggestion', action_id: id }, (args) =>
      typed(bot, args),
    );
  }
}
