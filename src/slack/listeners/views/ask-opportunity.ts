import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import * as words from '../../../words/modal.ts';
import { loadingView } from '../../blocks/submit-modal.ts';
import { parseOpportunityId } from '../../command-text.ts';
import { ACTION, BLOCK } from '../../ids.ts';
import type { Services } from '../services.ts';
import { whoOf } from '../who.ts';

/** The ID somebody was asked for comes back: nothing is recorded by it, so it is acknowledged with the next view. */
export const askOpportunityView =
  (services: Services) =>
  async ({
    ack,
    body,
    view,
  }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs): Promise<void> => {
    const typed = view.state.values[BLOCK.opportunityId]?.[ACTION.opportunityId]?.value ?? '';
    const opportunityId = parseOpportunityId(typed.replaceAll('`', ''));
    if (opportunityId === undefined) {
      await ack({ response_action: 'errors', errors: { [BLOCK.opportunityId]: words.notAnId } });
      return;
    }
    const draftId = view.private_metadata;
    await ack({ response_action: 'update', view: loadingView(draftId) });
    await services.form.lookAgain({ viewId: view.id, draftId, who: whoOf(body), opportunityId });
  };
