import { preparePicking, suggest } from '../submissions/pick.ts';
import { refusalText } from './blocks/elements.ts';
import { whereView } from './forms/home-modals.ts';
import { noticeView, titles } from './forms/modal.ts';
import { askView, matchesBlocks } from './forms/pick.ts';
import { type OpenBot, type OpenView, openView, sayNotOpened } from './open-view.ts';
import { type Origin, remember } from './origin.ts';

/** Asks where the outcome belongs, of whoever is in no channel: on the home tab. Then comes the form. `usual`: offered. */
export async function askWhere(
  bot: OpenBot,
  origin: Origin,
  opportunityId: string,
  usual: string | undefined,
): Promise<void> {
  const formId = bot.newId();
  let opened = await bot.views.open(origin.triggerId, whereView(formId, usual), formId);
  // Slack may refuse a channel that the person doesn't see any more, or that is archived.
  if (opened.type === 'failed' && usual !== undefined) {
    opened = await bot.views.open(origin.triggerId, whereView(formId, undefined), formId);
  }
  if (opened.type !== 'opened') return sayNotOpened(bot, opened.type, origin, [opportunityId]);
  await remember(bot, formId, origin, { opportunityId });
}

/** Asks which opportunity, of those that match a customer's name or the like, or of all. */
export async function askWhichOf(bot: OpenBot, origin: Origin, query: string): Promise<void> {
  const asked = await askWhich(bot, origin);
  if (asked === undefined) return;
  const { id, hash, formId } = asked;
  const suggestions = await suggest(bot, { formId, who: origin.who, query });
  await bot.views.update(id, askView(formId, matchesBlocks(query, suggestions)), hash);
}

/** Asks which opportunity; who may see none is told so in its place. Undefined: nobody is asked. */
export async function askWhich(
  bot: OpenBot,
  origin: Origin,
): Promise<(OpenView & { readonly formId: string }) | undefined> {
  const formId = bot.newId();
  // Slack may ask what the list offers as soon as the view is open: the form says for whom, and where.
  const remembered = remember(bot, formId, origin, undefined);
  const open = await openView(bot, origin, askView(formId), formId);
  await remembered;
  if (open === undefined) return undefined;
  const permission = await preparePicking(bot, origin.who, origin.channelId);
  if (permission.allowed !== false) return { ...open, formId };
  const refusal = noticeView(formId, refusalText(permission.why), { title: titles.notPermitted });
  await bot.views.update(open.id, refusal, open.hash);
  return undefined;
}
