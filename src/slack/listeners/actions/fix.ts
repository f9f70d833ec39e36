import type { Bot } from '../../../bot.ts';
import { ACTION } from '../../ids.ts';
import { openFix, openFixIn } from '../../open-edit-form.ts';
import { openForm } from '../../open-form.ts';
import { parseOpportunityId } from '../../opportunity-ids.ts';
import { doorOf, whoOf } from '../../origin.ts';
import type { Button } from './action.ts';

/** *Fix and send back* in a message: the form for changing the deal that AWS has sent back. */
export const fixButton: Button = {
  ids: [ACTION.fix],
  async pressed(bot, { ack, action, body }) {
    await ack();
    const value = action.value ?? '';
    await openFix(bot, doorOf(body), async () => {
      // Where this bot has no record the button names the opportunity itself.
      const opportunityId = parseOpportunityId(value);
      if (opportunityId !== undefined) return { opportunityId };
      const entry = await bot.store.entry(value);
      const channelId = entry?.channelId ?? bot.followChannel;
      if (entry === undefined || channelId === undefined) return entry;
      return { opportunityId: entry.opportunityId, channelId, threadTs: entry.threadTs };
    });
  },
};

/** *Fix this here*, or *Fix and send back*, in a view that is about the deal: the form takes its place. */
export const fixHereButton: Button = {
  ids: [ACTION.fixHere],
  async pressed(bot, { ack, body }) {
    await ack();
    if (body.view === undefined) return;
    const { id: viewId, private_metadata: draftId } = body.view;
    await openFixIn(bot, { viewId, draftId, who: whoOf(body) });
  },
};

/** *Review and save again*: the form with what the person typed kept, beside what AWS has now. */
export const reviewChangeButton: Button = {
  ids: [ACTION.reviewChange],
  async pressed(bot, { ack, action, body }) {
    await ack();
    const changeId = action.value ?? '';
    if (body.view !== undefined) {
      const { id: viewId, private_metadata: draftId } = body.view;
      await openFixIn(bot, { viewId, draftId, who: whoOf(body), changeId });
      return;
    }
    await openFix(bot, doorOf(body), async () => {
      const about = await aboutChange(bot, changeId);
      return about === undefined ? undefined : { ...about, changeId };
    });
  },
};

/** *Go on to Submit*, in the message that a change was saved: the form, for where the change was made from. */
export const goOnButton: Button = {
  ids: [ACTION.goOn],
  async pressed(bot, { ack, action, body }) {
    await ack();
    await openForm(bot, doorOf(body), () => aboutChange(bot, action.value ?? ''));
  },
};

/** The deal, and where it was changed: the message that says so may be a DM. */
async function aboutChange({ changes }: Pick<Bot, 'changes'>, changeId: string) {
  const change = await changes.findChange(changeId);
  if (change === undefined) return undefined;
  const { opportunityId, channelId, threadTs } = change;
  return { opportunityId, channelId, threadTs };
}
