import type { App, BlockAction, ButtonAction, RadioButtonsAction } from '@slack/bolt';
import { ACTION, CALLBACK, COMMAND } from '../ids.ts';
import { cancelAction } from './actions/cancel.ts';
import { checkStatusAction } from './actions/check-status.ts';
import { involvementAction } from './actions/involvement.ts';
import { lookAgainAction } from './actions/look-again.ts';
import { openFormAction, tryAgainAction } from './actions/open-form.ts';
import { showDetailsAction } from './actions/show-details.ts';
import { submitOpportunityCommand } from './commands/submit-opportunity.ts';
import type { Services } from './services.ts';
import { askOpportunityView } from './views/ask-opportunity.ts';
import { submitOpportunityView } from './views/submit-opportunity.ts';

/** Registers every listener. */
export function register(app: App, services: Services): void {
  app.command(COMMAND, submitOpportunityCommand(services));
  app.view(CALLBACK.ask, askOpportunityView(services));
  app.view(CALLBACK.form, submitOpportunityView(services));
  const button = (action_id: string) => ({ type: 'block_actions', action_id }) as const;
  app.action<BlockAction<ButtonAction>>(button(ACTION.checkStatus), checkStatusAction(services));
  app.action<BlockAction<ButtonAction>>(button(ACTION.showDetails), showDetailsAction(services));
  app.action<BlockAction<ButtonAction>>(button(ACTION.tryAgain), tryAgainAction(services));
  app.action<BlockAction<ButtonAction>>(button(ACTION.cancel), cancelAction(services));
  app.action<BlockAction<ButtonAction>>(button(ACTION.openForm), openFormAction(services));
  app.action<BlockAction<ButtonAction>>(button(ACTION.lookAgain), lookAgainAction(services));
  app.action<BlockAction<RadioButtonsAction>>(button(ACTION.involvementType), involvementAction(services));
  // A link: Slack opens it, and still wants to hear that we know.
  app.action(button(ACTION.partnerCentral), ({ ack }) => ack());
}
