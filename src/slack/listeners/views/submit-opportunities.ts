import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { readChoices, readExceptions } from '../../form-state.ts';
import * as words from '../../forms/batch-words.ts';
import { notRecordedAnswer, requestedBatchView } from '../../forms/requested.ts';
import { BLOCK } from '../../ids.ts';
import { whoOf } from '../../origin.ts';
import type { Services } from '../services.ts';

/** Submit was pressed in the form for several: validate, commit all of it, and only then acknowledge. */
export const submitOpportunitiesView =
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
    const { anyway, anywayBlock } = read;
    const draftId = view.private_metadata;
    const choices = { ...read.choices, exceptions: readExceptions(view.state) };
    const requested = await services.requestBatch({ draftId, who: whoOf(body), choices, anyway });
    switch (requested.type) {
      case 'recorded':
      case 'again':
      case 'all-open':
        return ack({
          response_action: 'update',
          view: requestedBatchView(draftId, requested, services.dealPage),
        });
      case 'all-left-out':
        return ack({
          response_action: 'errors',
          errors: { [BLOCK.involvementType]: words.allLeftOut },
        });
      default:
        return ack(
          notRecordedAnswer(requested, draftId, { block: anywayBlock, missing: words.anywayMissing }),
        );
    }
  };
