import type { Bot } from '../../../bot.ts';
import { COMMAND } from '../../ids.ts';
import { submitOpportunity } from './submit-opportunity.ts';

export function registerCommands(bot: Bot): void {
  bot.slack.app.command(COMMAND, (args) => submitOpportunity(bot, args));
}
