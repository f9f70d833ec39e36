import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { parseOpportunityIds } from '../../opportunity-ids.ts';
import { whoOf } from '../../origin.ts';
import type { Services } from '../services.ts';

/** *Try again* in a modal that couldn't show the form. */
export const lookAgainAction =
  (services: Services) =>
  async ({
    ack,
    action,
    body,
  }: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs): Promise<void> => {
    await ack();
    const { opportunityIds } = parseOpportunityIds(action.value ?? '');
    if (body.view === undefined || opportunityIds.length === 0) return;
    await services.form.lookAgain({
      viewId: body.view.id,
      draftId: body.view.private_metadata,
      who: whoOf(body),
      opportunityIds,
    });
  };
