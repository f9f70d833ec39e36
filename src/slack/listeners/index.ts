import type { BlockAction, ButtonAction, ViewSubmitAction } from '@slack/bolt';
import type { Bot } from '../../bot.ts';
import { ACTION } from '../ids.ts';
import { whoOf } from '../origin.ts';
import {
  cancelButton,
  cancelEditButton,
  cancelRestButton,
  letGoButton,
  tryNowButton,
} from './actions/cancel.ts';
import { batchChoice, choice } from './actions/choice.ts';
import {
  fixButton,
  fixHereButton,
  fixOneButton,
  goOnButton,
  leadingField,
  reviewEditButton,
} from './actions/fix.ts';
import { homeButton, homeFilterButton, homeSubmitButton } from './actions/home.ts';
import { lookAgainButton, openFormButton, tryAgainButton } from './actions/open-form.ts';
import {
  askedButton,
  checkStatusButton,
  historyButton,
  menu,
  showDetailsButton,
} from './actions/questions.ts';
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
  checkStatusButton,
  showDetailsButton,
  historyButton,
  homeButton,
  homeFilterButton,
  homeSubmitButton,
  tryAgainButton,
  cancelButton,
  cancelEditButton,
  cancelRestButton,
  letGoButton,
  tryNowButton,
  openFormButton,
  askedButton,
  lookAgainButton,
  fixButton,
  fixHereButton,
  fixOneButton,
  reviewEditButton,
  goOnButton,
];

const CHOICES: readonly Choice[] = [choice, batchChoice, leadingField, menu];

const of = (action_id: string) => ({ type: 'block_actions', action_id }) as const;

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

const VIEWS: readonly View[] = [
  chooseChannel,
  filterHome,
  askOpportunity,
  submitOpportunity,
  submitOpportunities,
  fixOpportunity,
];

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
