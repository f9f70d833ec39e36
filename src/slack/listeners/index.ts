import type { Bot } from '../../bot.ts';
import { registerActions } from './actions/index.ts';
import { registerCommands } from './commands/index.ts';
import { registerEvents } from './events/index.ts';
import { registerOptions } from './options/index.ts';
import { registerShortcuts } from './shortcuts/index.ts';
import { registerViews } from './views/index.ts';

/** Registers every listener. */
export function registerListeners(bot: Bot): void {
  registerCommands(bot);
  registerShortcuts(bot);
  registerEvents(bot);
  registerViews(bot);
  registerOptions(bot);
  registerActions(bot);
}
