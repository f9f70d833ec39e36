import type { BlockAction, MessageShortcut, ViewSubmitAction } from '@slack/bolt';
import type { Bot } from '../../bot.ts';
import { ACTION, CALLBACK, COMMAND, SHORTCUT } from '../ids.ts';
import { whoOf } from '../payloads.ts';
import { cancelButtons } from './actions/cancel.ts';
import { choices } from './actions/choice.ts';
import { fixActions } from './actions/fix.ts';
import { homeButtons } from './actions/home.ts';
import { openFormButtons } from './actions/open-form.ts';
import { questionActions } from './actions/questions.ts';
import { submitByCommand } from './commands.ts';
import { appHomeOpened, appMention } from './events.ts';
import type { ActionListeners, ViewListener } from './listener.ts';
import { options } from './options.ts';
import { submitByShortcut } from './shortcuts.ts';
import { askOpportunity, chooseChannel } from './views/ask-opportunity.ts';
import { filterHome } from './views/filter-home.ts';
import { fixOpportunity } from './views/fix-opportunity.ts';
import { submitOpportunities, submitOpportunity } from './views/submit-opportunity.ts';

const ACTIONS: readonly ActionListeners[] = [
  cancelButtons,
  choices,
  fixActions,
  homeButtons,
  openFormButtons,
  questionActions,
];

const VIEWS: Readonly<Record<string, ViewListener>> = {
  [CALLBACK.ask]: askOpportunity,
  [CALLBACK.where]: chooseChannel,
  [CALLBACK.form]: submitOpportunity,
  [CALLBACK.batch]: submitOpportunities,
  [CALLBACK.fix]: fixOpportunity,
  [CALLBACK.homeFilter]: filterHome,
};

const block = (action_id: string) => ({ type: 'block_actions', action_id }) as const;

/** Registers every listener. Actions are acknowledged here, before anything else; all others acknowledge themselves. */
export function registerListeners(bot: Bot): void {
  const { app } = bot.slack;
  app.command(COMMAND, (args) => submitByCommand(bot, args));
  app.shortcut<MessageShortcut>({ type: 'message_action', callback_id: SHORTCUT.submitOpportunity }, (args) =>
    submitByShortcut(bot, args),
  );
  app.event('app_home_opened', (args) => appHomeOpened(bot, args));
  app.event('app_mention', (args) => appMention(bot, args));
  for (const [id, submitted] of Object.entries(VIEWS)) {
    app.view<ViewSubmitAction>(id, (args) => submitted(bot, args));
  }
  for (const [action_id, typed] of Object.entries(options)) {
    app.options<'block_suggestion'>({ type: 'block_suggestion', action_id }, (args) => typed(bot, args));
  }
  for (const [id, acted] of ACTIONS.flatMap(Object.entries<ActionListeners[string]>)) {
    app.action<BlockAction>(block(id), async ({ ack, action, body }) => {
      await ack();
      const value = (action.type === 'button' ? action.value : undefined) ?? '';
      const { view } = body;
      const modal = view?.type === 'modal' ? { viewId: view.id, formId: view.private_metadata } : undefined;
      await acted(bot, { value, who: whoOf(body), modal, action, body });
    });
  }
  // Links: Slack opens them, and still wants to hear that we know.
  for (const id of [ACTION.partnerCentral, ACTION.openHome]) app.action(block(id), ({ ack }) => ack());
}
