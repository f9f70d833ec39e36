import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import * as words from '../../../words/modal.ts';
import { loadingView } from '../../blocks/submit-modal.ts';
import { parseOpportunityId } from '../../command-text.ts';
import { ACTION, BLOCK } from '../../ids.ts';
import type { Services } from '../services.ts';
import { whoOf } from '../who.ts';

/** One of several opportunities was chosen: nothing is recorded by it, so it is acknowledged with the next view. */
export const chooseOpportunityView =
  (services: Services) =>
  async ({
    ack,
    body,
    view,
  }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs): Promise<void> => {
    const chosen = view.state.values[BLOCK.choice]?.[ACTION.choice]?.selected_option?.value;
    const opportunityId = parseOpportunityId(chosen ?? '');
    if (opportunityId === undefined) {
      await ack({ response_action: 'errors', errors: { [BLOCK.choice]: words.notAnId } });
      return;
    }
    const draftId = view.private_metadata;
    await ack({ response_action: 'update', view: loadingView(draftId) });
    await services.form.lookAgain({ viewId: view.id, draftId, who: whoOf(body), opportunityId });
  };
