import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import * as words from '../../../messages/kinds/home-words.ts';
import { valuesOf } from '../../form-state.ts';
import { loadingView } from '../../forms/submit.ts';
import { ACTION, BLOCK } from '../../ids.ts';
import { whoOf } from '../../origin.ts';
import type { Services } from '../services.ts';

/** The channel for the outcome was chosen: nothing is recorded by it, so it is acknowledged with the next view. */
export const chooseChannelView =
  (services: Services) =>
  async ({
    ack,
    body,
    view,
  }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs): Promise<void> => {
    const channelId = valuesOf(view.state)[BLOCK.where]?.[ACTION.where]?.selected_conversation ?? '';
    if (channelId === '' || !services.permissions.isUsedIn(channelId)) {
      const error = channelId === '' ? words.whereMissing : words.notUsedThere;
      await ack({ response_action: 'errors', errors: { [BLOCK.where]: error } });
      return;
    }
    const draftId = view.private_metadata;
    const loading = { ...loadingView(draftId), external_id: `${draftId} looked up` };
    await ack({ response_action: 'update', view: loading });
    await services.views.taken(loading);
    await services.form.lookIn({ viewId: view.id, draftId, who: whoOf(body), channelId });
  };
