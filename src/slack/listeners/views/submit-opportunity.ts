import { anywayMissing } from '../../../opportunities/readiness-words.ts';
import { request } from '../../../submissions/request.ts';
import { readChoices } from '../../form-state.ts';
import { notRecordedAnswer, requestedView } from '../../forms/requested.ts';
import { CALLBACK } from '../../ids.ts';
import { whoOf } from '../../origin.ts';
import type { View } from './view.ts';

/** Submit was pressed: validate, commit the record, and only then acknowledge. */
export const submitOpportunity: View = {
  id: CALLBACK.form,
  async submitted(bot, { ack, body, view }) {
    const read = readChoices(view.state, bot.catalog);
    if (!read.ok) {
      await ack({ response_action: 'errors', errors: read.errors });
      return;
    }
    const { choices, anyway, anywayBlock } = read;
    const formId = view.private_metadata;
    const requested = await request(bot, { formId, who: whoOf(body), choices, anyway });
    switch (requested.type) {
      case 'recorded':
      case 'again':
      case 'open':
        return ack({ response_action: 'update', view: requestedView(formId, requested) });
      default:
        return ack(notRecordedAnswer(requested, formId, { block: anywayBlock, missing: anywayMissing }));
    }
  },
};
