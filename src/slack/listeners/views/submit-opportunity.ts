import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { anywayMissing } from '../../../words/readiness.ts';
import { notRecordedAnswer } from '../../blocks/not-recorded.ts';
import { requestedView } from '../../blocks/requested.ts';
import { readChoices } from '../../form-state.ts';
import type { Services } from '../services.ts';
import { whoOf } from '../who.ts';

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
