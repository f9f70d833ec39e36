import type { Bot } from '../../../bot.ts';
import { appHomeOpened } from './app-home-opened.ts';
import { appMention } from './app-mention.ts';

export function registerEvents(bot: Bot): void {
  const { app } = bot.slack;
  app.event('app_home_opened', (args) => appHomeOpened(bot, args));
  app.event('app_mention', (args) => appMention(bot, args));
}
