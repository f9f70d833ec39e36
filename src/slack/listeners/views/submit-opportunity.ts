import { request, requestBatch } from '../../../submissions/request.ts';
import { lockNamed, shownGoing } from '../../forms/batch.ts';
import { rowsIn } from '../../forms/batch-rows.ts';
import { withErrors, withView } from '../../forms/modal.ts';
import { notTakenAnswer, requestedBatchView, requestedView } from '../../forms/requested.ts';
import { BLOCK } from '../../ids.ts';
import { readChoices, readRows, whoOf } from '../../payloads.ts';
import { batchAsFilled } from '../actions/choice.ts';
import type { ViewListener } from '../listener.ts';

const ANYWAY_MISSING =
  'AWS will probably refuse this as it is. Fix it first, or confirm that you want it submitted as it is.';

/** Submit was pressed: validate, commit the record, and only then acknowledge. */
export const submitOpportunity: ViewListener = async (bot, { ack, body, view }) => {
  const read = readChoices(view.state, bot.catalog);
  if (!read.ok) return ack(withErrors(read.errors));
  const { choices, anyway, anywayBlock } = read;
  const formId = view.private_metadata;
  const requested = await request(bot, { formId, who: whoOf(body), choices, anyway });
  switch (requested.type) {
    case 'recorded':
    case 'again':
    case 'open':
      return ack(withView(requestedView(formId, requested)));
    case 'probably-refused':
      return ack(withErrors({ [anywayBlock]: ANYWAY_MISSING }));
    default:
      return ack(notTakenAnswer(requested, formId));
  }
};

/** Submit was pressed in the form for several: validate, commit all of it, and only then acknowledge. */
export const submitOpportunities: ViewListener = async (bot, { ack, body, view }) => {
  const shown = shownGoing(view.blocks);
  const read = readChoices(view.state, bot.catalog, lockNamed(shown ?? ''));
  if (!read.ok) return ack(withErrors(read.errors));
  const formId = view.private_metadata;
  const who = whoOf(body);
  const choices = { ...read.choices, rows: readRows(view.state, rowsIn(view.blocks)) };
  const requested = await requestBatch(bot, { formId, who, choices, shown });
  switch (requested.type) {
    case 'recorded':
    case 'again':
    case 'all-open':
      return ack(withView(requestedBatchView(formId, requested, bot.dealPage)));
    case 'all-left-out': {
      const said = 'You have left out every one of them. Choose at least one.';
      return ack(withErrors({ [BLOCK.involvementType]: said }));
    }
    case 'shown-otherwise': {
      const next = await batchAsFilled(bot, view, who, { isOtherwise: true });
      return ack(next ? withView(next) : notTakenAnswer({ type: 'unknown-form' }, formId));
    }
    default:
      return ack(notTakenAnswer(requested, formId));
  }
};
