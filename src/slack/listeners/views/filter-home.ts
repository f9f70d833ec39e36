import { REVIEW_STATUSES } from '../../../aws/terms.ts';
import { HOME_SORTS, type HomeFilter } from '../../../messages/home/board.ts';
import { askForHome } from '../../../messages/home/publish.ts';
import { ACTION } from '../../ids.ts';
import { parseOpportunityId } from '../../opportunity-ids.ts';
import { type InputState, type StateOf, valuesOf, whoOf } from '../../payloads.ts';
import type { ViewListener } from '../listener.ts';

/** Somebody said which deals the home tab is to show, or in what order: the form closes, and the tab is published anew. */
export const filterHome: ViewListener = async (bot, { ack, body, view }) => {
  await ack();
  await askForHome(bot, whoOf(body), { type: 'filter', filter: homeFilterIn(view.state) });
};

/** What the form says. A deal that was looked for stands alone, whatever else was chosen. */
function homeFilterIn(
  state: StateOf<InputState & { readonly selected_user?: string | null }> | undefined,
): HomeFilter {
  const values = valuesOf(state);
  const chosen = (id: string): string | undefined => values[id]?.[id]?.selected_option?.value;
  const [status, sort] = [chosen(ACTION.status), chosen(ACTION.sort)];
  return {
    // A line of the list that only says something holds no ID.
    opportunityId: parseOpportunityId(chosen(ACTION.findDeal) ?? ''),
    owner: values[ACTION.owner]?.[ACTION.owner]?.selected_user ?? undefined,
    status: REVIEW_STATUSES.find((each) => each === status),
    stage: chosen(ACTION.stage),
    sort: HOME_SORTS.find((each) => each === sort),
  };
}
