import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { parseOpportunityId } from '../../command-text.ts';
import type { Services } from '../services.ts';
import { whoOf } from '../who.ts';

/** *Try again* in a modal that couldn't show the form. */
export const lookAgainAction =
  (services: Services) =>
  async ({
    ack,
    action,
    body,
  }: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs): Promise<void> => {
    await ack();
    const opportunityId = parseOpportunityId(action.value ?? '');
    if (body.view === undefined || opportunityId === undefined) return;
    await services.form.lookAgain({
      viewId: body.view.id,
      draftId: body.view.private_metadata,
      who: whoOf(body),
      opportunityId,
    });
  };
