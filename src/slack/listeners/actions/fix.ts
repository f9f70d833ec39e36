import type { Bot } from '../../../bot.ts';
import type { Choices } from '../../../forms/form.ts';
import { withFollowing } from '../../forms/edit.ts';
import { ACTION } from '../../ids.ts';
import { openFix, openFixIn } from '../../open-edit-form.ts';
import { openForm } from '../../open-form.ts';
import { parseOpportunityId } from '../../opportunity-ids.ts';
import { type FormState, originOf, readInvolvement, readVisibility, valuesOf } from '../../payloads.ts';
import type { ActionListeners } from '../listener.ts';
import { aboutRecord } from './open-form.ts';

/** What is chosen in the form that is replaced. */
function chosenIn(state: FormState): Choices | undefined {
  const involvementType = readInvolvement(state);
  const visibility = readVisibility(state);
  return involvementType && visibility && { involvementType, visibility };
}

/** The deal, and where it was changed: the message that says so may be a direct message. */
async function aboutEdit({ edits }: Pick<Bot, 'edits'>, editId: string) {
  const edit = await edits.findEdit(editId);
  if (edit === undefined) return undefined;
  const { catalog, opportunityId, channelId, threadTs } = edit;
  return { catalog, opportunityId, channelId, threadTs };
}

/** What opens the form for changing a deal, goes on from it, or changes it. */
export const fixActions: ActionListeners = {
  // *Fix and send back*, or *Fix*, in a message: the form for changing the deal that AWS has sent back, or refused.
  async [ACTION.fix](bot, { value, who, modal, body }) {
    if (modal !== undefined) {
      const about = await aboutRecord(bot, value);
      return openFixIn(bot, { ...modal, who, choices: about?.choices });
    }
    await openFix(bot, originOf(body), async () => {
      // Where this bot has no record the button names the opportunity itself.
      const opportunityId = parseOpportunityId(value);
      return opportunityId === undefined ? aboutRecord(bot, value) : { opportunityId };
    });
  },
  // *Fix*, or *Fix and send back*, in a view that is about the deal: the form takes its place.
  async [ACTION.fixHere](bot, { who, modal, body: { view } }) {
    if (modal !== undefined) await openFixIn(bot, { ...modal, who, choices: chosenIn(view?.state) });
  },
  // *Fix* beside one of several: the form for changing that deal comes over theirs, which is there again once it is closed.
  async [ACTION.fixOne](bot, { value, who, modal, body }) {
    const opportunityId = parseOpportunityId(value);
    if (modal === undefined || opportunityId === undefined) return;
    await openFixIn(bot, { ...modal, who, over: { opportunityId, triggerId: body.trigger_id } });
  },
  // *Review and save again*: the form with what the person typed kept, beside what AWS has now.
  async [ACTION.reviewEdit](bot, { value: editId, who, modal, body }) {
    if (modal !== undefined) return openFixIn(bot, { ...modal, who, editId });
    await openFix(bot, originOf(body), async () => {
      const about = await aboutEdit(bot, editId);
      return about === undefined ? undefined : { ...about, editId };
    });
  },
  // *Go on to Submit*, in the message that an edit was saved: the form, for where the edit was made from.
  [ACTION.goOn]: (bot, { value, body }) => openForm(bot, originOf(body), () => aboutEdit(bot, value)),
  // A country, an industry or a source was chosen in the form: what follows from it is shown.
  async [ACTION.leadingField](bot, { action, who, body: { view } }) {
    if (view === undefined || action.type !== 'static_select') return;
    const form = await bot.permissions.own(await bot.store.form(view.private_metadata), who);
    if (form?.editing?.shown.has(action.block_id) !== true) return;
    // What follows from each of them: this one may have been chosen before Slack had taken what follows from another.
    const chosen = Object.entries(valuesOf(view.state)).flatMap(([path, inputs]): [string, string][] => {
      const leading = inputs[ACTION.leadingField];
      return leading === undefined ? [] : [[path, leading.selected_option?.value ?? '']];
    });
    const next = withFollowing(view, new Map(chosen));
    await bot.views.showLatest({ view, at: action.action_ts }, next);
  },
};
