import type { ViewOutput } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Bot } from '../../../bot.ts';
import { MOST_AT_ONCE } from '../../blocks/elements.ts';
import { parseCommandText } from '../../command-text.ts';
import { loadingSeveralView } from '../../forms/batch.ts';
import { loadingView, withErrors, withView } from '../../forms/modal.ts';
import { ACTION, BLOCK } from '../../ids.ts';
import { lookIn } from '../../open-form.ts';
import { parseOpportunityId } from '../../opportunity-ids.ts';
import { valuesOf, whoOf } from '../../payloads.ts';
import { someOf } from '../../text.ts';
import type { ViewListener } from '../listener.ts';

/** Somebody said which opportunity. Nothing is recorded by that, so it is acknowledged at once, with the next view. */
export const askOpportunity: ViewListener = async (bot, { ack, body, view }) => {
  const asked = readAsked(view);
  if (!asked.ok) return ack(withErrors(asked.errors));
  const { opportunityIds } = asked;
  const { length } = opportunityIds;
  const formId = view.private_metadata;
  const loading = length === 1 ? loadingView(formId) : loadingSeveralView(formId, 0, length);
  await lookNext(bot, { ack, body, view }, loading, { opportunityIds });
};

/** Acknowledges with a view that loads, and looks up what comes in its place once Slack shows it. */
async function lookNext(
  bot: Bot,
  { ack, body, view }: Pick<Parameters<ViewListener>[1], 'ack' | 'body' | 'view'>,
  loading: ModalView,
  what: { readonly opportunityIds: readonly string[] } | { readonly channelId: string },
): Promise<void> {
  const formId = view.private_metadata;
  const named = { ...loading, external_id: `${formId} looked up` };
  await ack(withView(named));
  await bot.views.taken(named);
  await lookIn(bot, { viewId: view.id, formId, who: whoOf(body), ...what });
}

const NOT_AN_OPPORTUNITY = 'That line is no opportunity. Choose another, or type an ID below.';
const NOT_AN_ID = "That isn't an opportunity ID: it is O followed by 1 to 19 digits, for example O1234567.";

/** Chosen from the list, or typed; where both, all of them. */
function readAsked({
  state,
}: Pick<ViewOutput, 'state'>):
  | { readonly ok: true; readonly opportunityIds: readonly string[] }
  | { readonly ok: false; readonly errors: Record<string, string> } {
  const wrong = (block: string, error: string) => ({ ok: false, errors: { [block]: error } }) as const;
  const values = valuesOf(state);
  const list = values[BLOCK.matches] === undefined ? BLOCK.pick : BLOCK.matches;
  const picked = values[list]?.[ACTION.pick];
  const chosen = (picked?.selected_options ?? []).map(({ value }) => parseOpportunityId(value ?? ''));
  const text = (values[BLOCK.opportunityId]?.[ACTION.opportunityId]?.value ?? '').trim();
  const typed = parseCommandText(text);

  if (chosen.includes(undefined)) return wrong(list, NOT_AN_OPPORTUNITY);
  if (typed.type === 'several' && typed.leftOut.length > 0) {
    return wrong(BLOCK.opportunityId, `Not an opportunity ID: ${someOf(typed.leftOut)}.`);
  }
  const ids = typed.type === 'opportunity' ? [typed.opportunityId] : [];
  const several = typed.type === 'several' ? typed.opportunityIds : ids;
  if (text !== '' && several.length === 0) return wrong(BLOCK.opportunityId, NOT_AN_ID);
  const opportunityIds = [...new Set([...chosen.filter((id) => id !== undefined), ...several])];
  if (opportunityIds.length > MOST_AT_ONCE) {
    const most = `That is ${opportunityIds.length} opportunities. At most ${MOST_AT_ONCE} can go at once.`;
    return wrong(BLOCK.opportunityId, most);
  }
  if (opportunityIds.length > 0) return { ok: true, opportunityIds };
  return wrong(list, 'Choose one here, or type its ID below.');
}

const NOT_USED_THERE =
  "This bot isn't used in that channel. Whoever runs it can say where it is (the setting CHANNELS).";

/** Somebody chose the channel for the outcome. Nothing is recorded by that, so it is acknowledged at once, with the next view. */
export const chooseChannel: ViewListener = async (bot, { ack, body, view }) => {
  const channelId = valuesOf(view.state)[BLOCK.where]?.[ACTION.where]?.selected_conversation ?? '';
  if (channelId === '' || !bot.permissions.isUsedIn(channelId)) {
    return ack(withErrors({ [BLOCK.where]: channelId === '' ? 'Please choose a channel.' : NOT_USED_THERE }));
  }
  await lookNext(bot, { ack, body, view }, loadingView(view.private_metadata), { channelId });
};
