import type { Bot } from '../bot.ts';
import { preparePicking, suggest } from '../submissions/pick.ts';
import { refusalText, section } from './blocks/elements.ts';
import { whereView } from './forms/home-modals.ts';
import { noticeView, titles } from './forms/modal.ts';
import { askView, matchesBlocks } from './forms/pick.ts';
import { type Origin, remember } from './origin.ts';
import { sayNotOpened } from './private-answer.ts';

type AskBot = Pick<
  Bot,
  'views' | 'store' | 'permissions' | 'lists' | 'posting' | 'slack' | 'clock' | 'log' | 'catalog' | 'newId'
>;

/** Opens the question where the outcome belongs, for a origin that is in no channel; then comes the form. */
export async function askWhere(
  bot: AskBot,
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

/** Opens the question which opportunity, of those that match a customer's name or the like, or of all. */
export async function openMatching(bot: AskBot, origin: Origin, query: string): Promise<void> {
  const asked = await askWhich(bot, origin);
  if (asked === undefined) return;
  const suggestions = await suggest(bot, { formId: asked.formId, who: origin.who, query });
  await bot.views.update(asked.viewId, askView(asked.formId, matchesBlocks(query, suggestions)), asked.hash);
}

/** Opens the question which opportunity; who may see none is told so in its place. Undefined: it isn't there to be answered. */
export async function askWhich(
  bot: AskBot,
  origin: Origin,
): Promise<{ readonly formId: string; readonly viewId: string; readonly hash: string } | undefined> {
  const formId = bot.newId();
  // Slack may ask what the list offers as soon as the view is open: the form says for whom, and where.
  const remembered = remember(bot, formId, origin, undefined);
  const opened = await bot.views.open(origin.triggerId, askView(formId), formId);
  await remembered;
  if (opened.type !== 'opened') {
    await sayNotOpened(bot, opened.type, origin, []);
    return undefined;
  }
  const { viewId, hash } = opened;
  const permission = await preparePicking(bot, origin.who, origin.channelId);
  if (permission.allowed !== false) return { formId, viewId, hash };
  const refusal = noticeView(formId, [section(refusalText(permission.why))], { title: titles.notPermitted });
  await bot.views.update(viewId, refusal, hash);
  return undefined;
}
