import type { Bot } from '../../bot.ts';
import { registerActions } from './actions/index.ts';
import { registerCommands } from './commands.ts';
import { registerEvents } from './events.ts';
import { registerOptions } from './options.ts';
import { registerShortcuts } from './shortcuts.ts';
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
