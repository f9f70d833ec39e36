import * as words from '../../../messages/kinds/home-words.ts';
import { valuesOf } from '../../form-state.ts';
import { loadingView } from '../../forms/submit.ts';
import { ACTION, BLOCK, CALLBACK } from '../../ids.ts';
import { lookIn } from '../../open-form.ts';
import { whoOf } from '../../origin.ts';
import type { View } from './view.ts';

/** The channel for the outcome was chosen: nothing is recorded by it, so it is acknowledged with the next view. */
export const chooseChannel: View = {
  id: CALLBACK.where,
  async submitted(bot, { ack, body, view }) {
    const channelId = valuesOf(view.state)[BLOCK.where]?.[ACTION.where]?.selected_conversation ?? '';
    if (channelId === '' || !bot.permissions.isUsedIn(channelId)) {
      const error = channelId === '' ? words.whereMissing : words.notUsedThere;
      await ack({ response_action: 'errors', errors: { [BLOCK.where]: error } });
      return;
    }
    const formId = view.private_metadata;
    const loading = { ...loadingView(formId), external_id: `${formId} looked up` };
    await ack({ response_action: 'update', view: loading });
    await bot.views.taken(loading);
    await lookIn(bot, { viewId: view.id, formId, who: whoOf(body), channelId });
  },
};
