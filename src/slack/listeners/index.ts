import type { App, BlockAction, ButtonAction, MessageShortcut } from '@slack/bolt';
import { ACTION, CALLBACK, COMMAND, SHORTCUT } from '../ids.ts';
import { batchChoiceAction } from './actions/batch-choice.ts';
import { cancelAction } from './actions/cancel.ts';
import { cancelRestAction } from './actions/cancel-rest.ts';
import { checkStatusAction } from './actions/check-status.ts';
import { choiceAction } from './actions/choice.ts';
import { fixAction, fixHereAction, goOnAction, reviewChangeAction } from './actions/fix.ts';
import { historyAction } from './actions/history.ts';
import { homeAction } from './actions/home.ts';
import { homeSubmitAction } from './actions/home-submit.ts';
import { lookAgainAction } from './actions/look-again.ts';
import { openFormAction, tryAgainAction } from './actions/open-form.ts';
import { showDetailsAction } from './actions/show-details.ts';
import { submitOpportunityCommand } from './commands/submit-opportunity.ts';
import { appHomeOpenedEvent } from './events/app-home-opened.ts';
import { appMentionEvent } from './events/app-mention.ts';
import { pickOpportunityOptions } from './options/pick-opportunity.ts';
import { pickSolutionOptions } from './options/pick-solution.ts';
import type { Services } from './services.ts';
import { submitOpportunityShortcut } from './shortcuts/submit-opportunity.ts';
import { askOpportunityView } from './views/ask-opportunity.ts';
import { chooseChannelView } from './views/choose-channel.ts';
import { fixOpportunityView } from './views/fix-opportunity.ts';
import { submitOpportunitiesView } from './views/submit-opportunities.ts';
import { submitOpportunityView } from './views/submit-opportunity.ts';

/** Registers every listener. */
export function register(app: App, services: Services): void {
  app.event('app_home_opened', appHomeOpenedEvent(services));
  app.event('app_mention', appMentionEvent(services));
  app.command(COMMAND, submitOpportunityCommand(services));
  app.shortcut<MessageShortcut>(
    { type: 'message_action', callback_id: SHORTCUT.submitOpportunity },
    submitOpportunityShortcut(services),
  );
  app.view(CALLBACK.where, chooseChannelView(services));
  app.view(CALLBACK.ask, askOpportunityView(services));
  app.view(CALLBACK.form, submitOpportunityView(services));
  app.view(CALLBACK.batch, submitOpportunitiesView(services));
  app.view(CALLBACK.fix, fixOpportunityView(services));
  app.options({ type: 'block_suggestion', action_id: ACTION.pick }, pickOpportunityOptions(services));
  app.options({ type: 'block_suggestion', action_id: ACTION.pickSolution }, pickSolutionOptions(services));
  const button = (action_id: string) => ({ type: 'block_actions', action_id }) as const;
  app.action<BlockAction<ButtonAction>>(button(ACTION.checkStatus), checkStatusAction(services));
  app.action<BlockAction<ButtonAction>>(button(ACTION.showDetails), showDetailsAction(services));
  for (const id of [ACTION.history, ACTION.historyEarlier, ACTION.historyLater]) {
    app.action<BlockAction<ButtonAction>>(button(id), historyAction(services));
  }
  for (const id of [
    ACTION.homeMine,
    ACTION.homeTeam,
    ACTION.homeRefresh,
    ACTION.homePrevious,
    ACTION.homeNext,
  ]) {
    app.action<BlockAction<ButtonAction>>(button(id), homeAction(services));
  }
  app.action<BlockAction<ButtonAction>>(button(ACTION.homeSubmit), homeSubmitAction(services));
  app.action<BlockAction<ButtonAction>>(button(ACTION.tryAgain), tryAgainAction(services));
  app.action<BlockAction<ButtonAction>>(button(ACTION.cancel), cancelAction(services));
  app.action<BlockAction<ButtonAction>>(button(ACTION.cancelRest), cancelRestAction(services));
  for (const id of [ACTION.involvementType, ACTION.visibility]) {
    app.action<BlockAction>(button(id), choiceAction(services));
  }
  for (const id of [ACTION.involvementOfAll, ACTION.visibilityOfAll, ACTION.exception]) {
    app.action<BlockAction>(button(id), batchChoiceAction(services));
  }
  app.action<BlockAction<ButtonAction>>(button(ACTION.openForm), openFormAction(services));
  app.action<BlockAction<ButtonAction>>(button(ACTION.lookAgain), lookAgainAction(services));
  app.action<BlockAction<ButtonAction>>(button(ACTION.fix), fixAction(services));
  app.action<BlockAction<ButtonAction>>(button(ACTION.fixHere), fixHereAction(services));
  app.action<BlockAction<ButtonAction>>(button(ACTION.reviewChange), reviewChangeAction(services));
  app.action<BlockAction<ButtonAction>>(button(ACTION.goOn), goOnAction(services));
  // A link: Slack opens it, and still wants to hear that we know.
  app.action(button(ACTION.partnerCentral), ({ ack }) => ack());
}
