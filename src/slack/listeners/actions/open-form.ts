import type { Bot } from '../../../bot.ts';
import { ACTION } from '../../ids.ts';
import { lookIn, openFor, openForm, openFormIn } from '../../open-form.ts';
import { parseOpenFormValue, parseOpportunityIds } from '../../opportunity-ids.ts';
import { type About, originOf } from '../../payloads.ts';
import type { ActionListeners } from '../listener.ts';

/** What a form that a record's button opens is about: the deal, and where its outcome belongs. */
export async function aboutRecord(
  { store, followChannel }: Pick<Bot, 'store' | 'followChannel'>,
  id: string,
): Promise<About | undefined> {
  const entry = await store.entry(id);
  if (entry === undefined) return undefined;
  const { catalog, opportunityId, channelId = followChannel, threadTs } = entry;
  if (channelId === undefined) return { catalog, opportunityId };
  if (entry.state === 'elsewhere') return { catalog, opportunityId, channelId, threadTs };
  // What is submitted again keeps its choices, and its line in the message of its batch.
  const { batchId, involvementType, visibility } = entry;
  return { catalog, opportunityId, channelId, threadTs, batchId, choices: { involvementType, visibility } };
}

/** What opens the form for submitting. */
export const openFormButtons: ActionListeners = {
  // *Open the form*, offered where a trigger had expired, or to whoever mentioned the bot: this press brings a trigger.
  async [ACTION.openForm](bot, { value, body }) {
    const { opportunityIds, threadTs } = parseOpenFormValue(value);
    await openFor(bot, { ...originOf(body), threadTs }, opportunityIds);
  },
  // *Try again*: a fresh look and a new form, with the choices of the submission that didn't go through.
  async [ACTION.tryAgain](bot, { value, modal, body }) {
    const about = () => aboutRecord(bot, value);
    const origin = originOf(body);
    await (modal === undefined ? openForm(bot, origin, about) : openFormIn(bot, modal.viewId, origin, about));
  },
  // *Try again* in a modal that couldn't show the form.
  async [ACTION.lookAgain](bot, { value, who, modal }) {
    const { opportunityIds } = parseOpportunityIds(value);
    if (modal !== undefined && opportunityIds.length > 0)
      await lookIn(bot, { ...modal, who, opportunityIds });
  },
};
