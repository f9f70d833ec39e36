import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewOutput, ViewSubmitAction } from '@slack/bolt';
import { z } from 'zod';
import type { Catalog } from '../../../partner-central/operations.ts';
import type { Choices } from '../../../submissions/submission.ts';
import * as words from '../../../words/modal.ts';
import { anywayMissing } from '../../../words/readiness.ts';
import { section } from '../../blocks/elements.ts';
import { requestedView } from '../../blocks/requested.ts';
import { noticeView } from '../../blocks/submit-modal.ts';
import { ACTION, BLOCK } from '../../ids.ts';
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
    const read = readChoices(view, services.catalog);
    if (!read.ok) {
      await ack({ response_action: 'errors', errors: read.errors });
      return;
    }
    const draftId = view.private_metadata;
    const requested = await services.request({
      draftId,
      who: whoOf(body),
      choices: read.choices,
      anyway: read.anyway,
    });
    switch (requested.type) {
      case 'probably-refused': {
        // A form that was sent before it could show the checkbox hasn't got it.
        const block = view.state.values[BLOCK.anyway] === undefined ? BLOCK.involvementType : BLOCK.anyway;
        return ack({ response_action: 'errors', errors: { [block]: anywayMissing } });
      }
      case 'permission-unknown':
        return ack({
          response_action: 'errors',
          errors: { [BLOCK.involvementType]: words.permissionUnknown },
        });
      case 'unavailable':
        return ack({ response_action: 'errors', errors: { [BLOCK.involvementType]: words.cannotTake } });
      case 'in-doubt':
        // The form stays, so that Submit can be pressed again: that is how it becomes known.
        return ack({ response_action: 'errors', errors: { [BLOCK.involvementType]: words.inDoubt } });
      case 'not-permitted':
        return ack({
          response_action: 'update',
          view: noticeView(draftId, [section(words.notPermitted[requested.why])]),
        });
      case 'unknown-form':
        return ack({ response_action: 'update', view: noticeView(draftId, [section(words.unknownForm)]) });
      case 'recorded':
      case 'again':
      case 'open':
        return ack({ response_action: 'update', view: requestedView(draftId, requested) });
    }
  };

const involvementType = z.enum(['Co-Sell', 'For Visibility Only']);
const visibility = z.enum(['Full', 'Limited']);

/** Slack checks required inputs too; a request that didn't come from our form doesn't get past this. */
function readChoices(
  { state }: Pick<ViewOutput, 'state'>,
  catalog: Catalog,
):
  | { readonly ok: true; readonly choices: Choices; readonly anyway: boolean }
  | { readonly ok: false; readonly errors: Record<string, string> } {
  const chosen = (block: string, action: string) => state.values[block]?.[action];
  const involvement = involvementType.safeParse(
    chosen(BLOCK.involvementType, ACTION.involvementType)?.selected_option?.value,
  );
  const seen = visibility.safeParse(chosen(BLOCK.visibility, ACTION.visibility)?.selected_option?.value);
  const locked = (chosen(BLOCK.lock, ACTION.lock)?.selected_options ?? []).length > 0;
  if (involvement.success && seen.success && (locked || catalog !== 'AWS')) {
    const anyway = (chosen(BLOCK.anyway, ACTION.anyway)?.selected_options ?? []).length > 0;
    return { ok: true, anyway, choices: { involvementType: involvement.data, visibility: seen.data } };
  }
  return {
    ok: false,
    errors: {
      ...(involvement.success ? {} : { [BLOCK.involvementType]: words.involvementMissing }),
      ...(seen.success ? {} : { [BLOCK.visibility]: words.visibilityMissing }),
      ...(locked || catalog !== 'AWS' ? {} : { [BLOCK.lock]: words.lockMissing }),
    },
  };
}
