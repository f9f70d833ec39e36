import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { anywayMissing } from '../../../opportunities/readiness-words.ts';
import { readChoices } from '../../form-state.ts';
import { notRecordedAnswer, requestedView } from '../../forms/requested.ts';
import { whoOf } from '../../origin.ts';
import type { Services } from '../services.ts';

/** Submit was pressed: validate, commit the record, and only then acknowledge. */
export const submitOpportunityView =
  (services: Services) =>
  async ({
    ack,
    body,
    view,
  }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs): Promise<void> => {
    const read = readChoices(view.state, services.catalog);
    if (!read.ok) {
      await ack({ response_action: 'errors', errors: read.errors });
      return;
    }
    const { choices, anyway, anywayBlock } = read;
    const draftId = view.private_metadata;
    const requested = await services.request({ draftId, who: whoOf(body), choices, anyway });
    switch (requested.type) {
      case 'recorded':
      case 'again':
      case 'open':
        return ack({ response_action: 'update', view: requestedView(draftId, requested) });
      default:
        return ack(notRecordedAnswer(requested, draftId, { block: anywayBlock, missing: anywayMissing }));
    }
  };
