import type { BlockAction, ButtonAction, ViewSubmitAction } from '@slack/bolt';
import type { Bot } from '../../bot.ts';
import { ACTION } from '../ids.ts';
import { whoOf } from '../origin.ts';
import { cancelButtons } from './actions/cancel.ts';
import { batchChoice, choice } from './actions/choice.ts';
import { fixButtons, leadingField } from './actions/fix.ts';
import { homeButtons } from './actions/home.ts';
import { openFormButtons } from './actions/open-form.ts';
import { menu, questionButtons } from './actions/questions.ts';
import { registerCommands } from './commands.ts';
import { registerEvents } from './events.ts';
import type { Button, Choice, View } from './listener.ts';
import { registerOptions } from './options.ts';
import { registerShortcuts } from './shortcuts.ts';
import { askOpportunity, chooseChannel } from './views/ask-opportunity.ts';
import { filterHome } from './views/filter-home.ts';
import { fixOpportunity } from './views/fix-opportunity.ts';
import { submitOpportunities, submitOpportunity } from './views/submit-opportunity.ts';

const BUTTONS: readonly Button[] = [
  ...cancelButtons,
  ...fixButtons,
  ...homeButtons,
  ...openFormButtons,
  ...questionButtons,
];

const CHOICES: readonly Choice[] = [choice, batchChoice, leadingField, menu];

const VIEWS: readonly View[] = [
  chooseChannel,
  filterHome,
  askOpportunity,
  submitOpportunity,
  submitOpportunities,
  fixOpportunity,
];

const of = (action_id: string) => ({ type: 'block_actions', action_id }) as const;

/** Buttons and choices are acknowledged here, before anything else; forms acknowledge themselves. */
function registerActions(bot: Bot): void {
  const { app } = bot.slack;
  for (const { ids, pressed } of BUTTONS) {
    for (const id of ids) {
      app.action<BlockAction<ButtonAction>>(of(id), async ({ ack, action, body }) => {
        await ack();
        await pressed(bot, { value: action.value ?? '', who: whoOf(body), body });
      });
    }
  }
  for (const { ids, chosen } of CHOICES) {
    for (const id of ids) {
      app.action<BlockAction>(of(id), async ({ ack, action, body }) => {
        await ack();
        await chosen(bot, { action, body });
      });
    }
  }
  // Links: Slack opens them, and still wants to hear that we know.
  for (const id of [ACTION.partnerCentral, ACTION.openHome]) app.action(of(id), ({ ack }) => ack());
}

function registerViews(bot: Bot): void {
  for (const { id, submitted } of VIEWS)
    bot.slack.app.view<ViewSubmitAction>(id, (args) => submitted(bot, args));
}

/** Registers every listener. */
export function registerListeners(bot: Bot): void {
  registerCommands(bot);
  registerShortcuts(bot);
  registerEvents(bot);
  registerViews(bot);
  registerOptions(bot);
  registerActions(bot);
}
