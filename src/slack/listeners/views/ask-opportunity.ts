import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewOutput, ViewSubmitAction } from '@slack/bolt';
import * as modal from '../../../words/modal.ts';
import * as words from '../../../words/pick.ts';
import { loadingView } from '../../blocks/submit-modal.ts';
import { parseOpportunityId } from '../../command-text.ts';
import { ACTION, BLOCK } from '../../ids.ts';
import type { Services } from '../services.ts';
import { whoOf } from '../who.ts';

/** The opportunity somebody was asked for comes back: nothing is recorded by it, so it is acknowledged with the next view. */
export const askOpportunityView =
  (services: Services) =>
  async ({
    ack,
    body,
    view,
  }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs): Promise<void> => {
    const asked = readAsked(view);
    if (!asked.ok) {
      await ack({ response_action: 'errors', errors: asked.errors });
      return;
    }
    const draftId = view.private_metadata;
    await ack({ response_action: 'update', view: loadingView(draftId) });
    await services.form.lookAgain({
      viewId: view.id,
      draftId,
      who: whoOf(body),
      opportunityId: asked.opportunityId,
    });
  };

/** Chosen from the list, or typed; both only where they are the same. */
function readAsked({
  state,
}: Pick<ViewOutput, 'state'>):
  | { readonly ok: true; readonly opportunityId: string }
  | { readonly ok: false; readonly errors: Record<string, string> } {
  const wrong = (block: string, error: string) => ({ ok: false, errors: { [block]: error } }) as const;
  const line = state.values[BLOCK.pick]?.[ACTION.pick]?.selected_option?.value;
  const chosen = line === undefined ? undefined : parseOpportunityId(line);
  const text = (state.values[BLOCK.opportunityId]?.[ACTION.opportunityId]?.value ?? '').replaceAll('`', '');
  const typed = parseOpportunityId(text);

  if (text.trim() !== '' && typed === undefined) return wrong(BLOCK.opportunityId, modal.notAnId);
  if (line !== undefined && chosen === undefined) return wrong(BLOCK.pick, words.notAnOpportunity);
  if (chosen !== undefined && typed !== undefined && chosen !== typed) {
    return wrong(BLOCK.opportunityId, words.twoGiven(chosen, typed));
  }
  const opportunityId = chosen ?? typed;
  if (opportunityId !== undefined) return { ok: true, opportunityId };
  // A question that was asked before there was a list hasn't got it.
  return state.values[BLOCK.pick] === undefined
    ? wrong(BLOCK.opportunityId, modal.notAnId)
    : wrong(BLOCK.pick, words.oneNeeded);
}
