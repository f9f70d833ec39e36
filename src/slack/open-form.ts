import type { KnownBlock } from '@slack/types';
import type { Bot } from '../bot.ts';
import * as messages from '../messages/words.ts';
import { isOwn, type Who } from '../permissions.ts';
import { type LookRequest, look } from '../submissions/look.ts';
import { preparePicking, suggest } from '../submissions/pick.ts';
import type { Choices, Draft } from '../submissions/submission.ts';
import { section } from './blocks/elements.ts';
import { refusalText, saying } from './blocks/saying.ts';
import { fillSeveral } from './fill-several.ts';
import { loadingSeveralView } from './forms/batch.ts';
import * as batch from './forms/batch-words.ts';
import { lookView } from './forms/look.ts';
import { matchesBlocks } from './forms/pick.ts';
import { askView, loadingView, lookAgainBlock, noticeView } from './forms/submit.ts';
import { whereView } from './forms/where.ts';
import * as words from './forms/words.ts';
import { MOST_AT_ONCE } from './limits.ts';
import { notOpenedMessage, type Origin, placeOf } from './origin.ts';
import { answerOne } from './private-answer.ts';

/** What the form is to be about; `undefined`: the person is asked. */
export interface About {
  readonly opportunityId: string;
  readonly choices?: Choices | undefined;
  /** Where the outcome belongs, if that isn't where the form was asked for. */
  readonly channelId?: string;
  readonly threadTs?: string | undefined;
  /** The batch that a submission would belong to. */
  readonly batchId?: string | undefined;
}

type FormBot = Pick<
  Bot,
  | 'views'
  | 'store'
  | 'aws'
  | 'permissions'
  | 'lists'
  | 'posting'
  | 'slack'
  | 'clock'
  | 'log'
  | 'catalog'
  | 'dealPage'
  | 'newId'
>;

/** Looks an opportunity up and shows it in an open view. */
async function fill(
  bot: FormBot,
  view: { readonly id: string; readonly hash?: string },
  request: LookRequest,
  keepDraft: () => Promise<void> = async () => {},
): Promise<void> {
  const { views, log, catalog, dealPage } = bot;
  const { draftId, opportunityId } = request;
  const show = (shown: ReturnType<typeof noticeView>) => views.update(view.id, shown, view.hash);
  const ourFault = () => noticeView(draftId, [section(words.ourFault)], { lookAgain: { opportunityId } });
  try {
    const found = await look(bot, request);
    // A form's draft was kept as it was looked up; what stands in a form's place may offer to look again.
    if (found.type !== 'form') await keepDraft();
    // Slack refused what we made of it: a smaller view is better than one that loads for ever.
    if (!(await show(lookView(found, { draftId, opportunityId, catalog, dealPage })))) await show(ourFault());
  } catch (error) {
    // AWS's failures and Slack's are data: what is thrown is our own database.
    log.error({ error }, 'a look failed');
    await keepDraft();
    await show(noticeView(draftId, [section(words.cannotTake)], { lookAgain: { opportunityId } }));
  }
}

/** Keeps who asked and where, for what comes after the view; without it only *Try again* is lost. */
export async function remember(
  { store, clock, catalog, log }: Pick<Bot, 'store' | 'clock' | 'catalog' | 'log'>,
  draftId: string,
  origin: Origin,
  about: About | undefined,
): Promise<void> {
  try {
    await store.saveDraft({
      id: draftId,
      createdAt: clock.now(),
      teamId: origin.who.teamId,
      userId: origin.who.userId,
      ...placeOf(origin, about),
      catalog,
      opportunityId: about?.opportunityId,
      lastModifiedDate: undefined,
      readiness: undefined,
      choices: about?.choices,
      nationalSecurity: false,
      batchId: about?.batchId,
    });
  } catch (error) {
    log.error({ error }, 'a draft could not be saved');
  }
}

/** Says that Slack didn't open what was asked for, and what to do. */
export function sayNotOpened(
  bot: Pick<Bot, 'posting' | 'slack' | 'log'>,
  type: 'expired' | 'failed',
  origin: Origin,
  opportunityIds: readonly string[],
): Promise<void> {
  // From the home tab: a button in a direct message would lead elsewhere.
  const isNowhere = origin.responseUrl === undefined && type === 'expired';
  const said = isNowhere ? saying(messages.pressAgain) : notOpenedMessage(type, origin, opportunityIds);
  return answerOne(bot, { userId: origin.who.userId, address: origin.responseUrl }, said);
}

/** Looks for a draft in a view that is open; `prepare` says at what, and with what of the draft. */
async function lookFor(
  bot: FormBot,
  at: { readonly viewId: string; readonly draftId: string; readonly who: Who },
  again: readonly string[],
  prepare: (draft: Draft) => Promise<{ readonly draft: Draft; readonly opportunityIds: readonly string[] }>,
): Promise<void> {
  const { views, store, log } = bot;
  const { viewId, draftId, who } = at;
  const say = (text: string, ...more: readonly KnownBlock[]) =>
    views.update(viewId, noticeView(draftId, [section(text), ...more]));
  let prepared: Awaited<ReturnType<typeof prepare>> | undefined;
  try {
    const saved = await store.draft(draftId);
    if (isOwn(saved, who)) prepared = await prepare(saved);
  } catch (error) {
    log.error({ error }, 'a draft could not be read');
    await say(words.cannotTake, ...(again.length === 0 ? [] : [lookAgainBlock(again)]));
    return;
  }
  const { draft, opportunityIds = [] } = prepared ?? {};
  const [opportunityId, another] = opportunityIds;
  if (draft === undefined || opportunityId === undefined) {
    await say(words.unknownForm);
    return;
  }
  if (another !== undefined)
    return fillSeveral(bot, viewId, { ...draft, who, formId: draftId, opportunityIds });
  await fill(bot, { id: viewId }, { ...draft, draftId, who, opportunityId });
}

/** Opens the form. The view comes first, because a trigger lives 3 s; `about` may itself need a look-up. */
export async function openForm(
  bot: FormBot,
  origin: Origin,
  about: () => Promise<About | undefined>,
  hint: readonly string[] = [],
): Promise<void> {
  const draftId = bot.newId();
  const opened = await bot.views.open(origin.triggerId, loadingView(draftId), draftId);
  if (opened.type !== 'opened') return sayNotOpened(bot, opened.type, origin, hint);
  const known = await about().catch((error: unknown) => {
    bot.log.error({ error }, 'what the form is to be about could not be read');
    return 'unavailable' as const;
  });
  if (known === undefined || known === 'unavailable') {
    const why = known === undefined ? messages.unknownSubmission : words.cannotTake;
    await bot.views.update(opened.viewId, noticeView(draftId, [section(why)]));
    return;
  }
  await fill(
    bot,
    { id: opened.viewId, hash: opened.hash },
    { ...origin, draftId, ...known, ...placeOf(origin, known) },
    () => remember(bot, draftId, origin, known),
  );
}

/** In a view that is open: looks (again) at one or several, for the person and the place its draft was made for. */
export async function lookAgain(
  bot: FormBot,
  input: {
    readonly viewId: string;
    readonly draftId: string;
    readonly who: Who;
    readonly opportunityIds: readonly string[];
  },
): Promise<void> {
  const { opportunityIds } = input;
  await lookFor(bot, input, opportunityIds, async (draft) => ({ draft, opportunityIds }));
}

/** In a view that is open: looks at what its draft is about, for the channel that was chosen for the outcome. */
export async function lookIn(
  bot: FormBot,
  input: {
    readonly viewId: string;
    readonly draftId: string;
    readonly who: Who;
    readonly channelId: string;
  },
): Promise<void> {
  const { channelId } = input;
  await lookFor(bot, input, [], async (saved) => {
    const draft = { ...saved, channelId };
    await bot.store.saveDraft(draft);
    const { opportunityId } = draft;
    return { draft, opportunityIds: opportunityId === undefined ? [] : [opportunityId] };
  });
}

/** Opens the question where the outcome belongs, for a origin that is in no channel; then comes the form. */
export async function askWhere(
  bot: FormBot,
  origin: Origin,
  opportunityId: string,
  usual: string | undefined,
): Promise<void> {
  const draftId = bot.newId();
  let opened = await bot.views.open(origin.triggerId, whereView(draftId, usual), draftId);
  // Slack may refuse a channel that the person doesn't see any more, or that is archived.
  if (opened.type === 'failed' && usual !== undefined) {
    opened = await bot.views.open(origin.triggerId, whereView(draftId, undefined), draftId);
  }
  if (opened.type !== 'opened') return sayNotOpened(bot, opened.type, origin, [opportunityId]);
  await remember(bot, draftId, origin, { opportunityId });
}

/** Opens the question which opportunity, of those that match a customer's name or the like, or of all. */
export async function openMatching(bot: FormBot, origin: Origin, query: string): Promise<void> {
  const asked = await askWhich(bot, origin);
  if (asked === undefined) return;
  const suggestions = await suggest(bot, { draftId: asked.draftId, who: origin.who, query });
  await bot.views.update(asked.viewId, askView(asked.draftId, matchesBlocks(query, suggestions)), asked.hash);
}

/** Opens the question which opportunity; who may see none is told so in its place. Undefined: it isn't there to be answered. */
async function askWhich(
  bot: FormBot,
  origin: Origin,
): Promise<{ readonly draftId: string; readonly viewId: string; readonly hash: string } | undefined> {
  const draftId = bot.newId();
  // Slack may ask what the list offers as soon as the view is open: the draft says for whom, and where.
  const remembered = remember(bot, draftId, origin, undefined);
  const opened = await bot.views.open(origin.triggerId, askView(draftId), draftId);
  await remembered;
  if (opened.type !== 'opened') {
    await sayNotOpened(bot, opened.type, origin, []);
    return undefined;
  }
  const { viewId, hash } = opened;
  const permission = await preparePicking(bot, origin.who, origin.channelId);
  if (permission.allowed !== false) return { draftId, viewId, hash };
  const refusal = noticeView(draftId, [section(refusalText(permission.why))]);
  await bot.views.update(viewId, refusal, hash);
  return undefined;
}

/** Opens the form for several. */
async function openSeveral(
  bot: FormBot,
  origin: Origin,
  opportunityIds: readonly string[],
  leftOut: readonly string[],
): Promise<void> {
  const draftId = bot.newId();
  const loading = loadingSeveralView(draftId, 0, opportunityIds.length);
  const opened = await bot.views.open(origin.triggerId, loading, draftId);
  if (opened.type !== 'opened') return sayNotOpened(bot, opened.type, origin, opportunityIds);
  await remember(bot, draftId, origin, undefined);
  await fillSeveral(bot, opened.viewId, {
    ...origin,
    threadTs: origin.threadTs,
    formId: draftId,
    opportunityIds,
    leftOut,
  });
}

/** Says that there are more than go at once. */
async function refuseMany(bot: FormBot, origin: Origin, count: number): Promise<void> {
  const draftId = bot.newId();
  const said = batch.tooMany(count, MOST_AT_ONCE);
  const opened = await bot.views.open(origin.triggerId, noticeView(draftId, [section(said)]), draftId);
  if (opened.type !== 'opened')
    await answerOne(bot, { userId: origin.who.userId, address: origin.responseUrl }, saying(said));
}

/** Opens the form for the opportunities that were named: for one, for several (`leftOut`: what is no ID), or asks which. */
export async function openFor(
  bot: FormBot,
  origin: Origin,
  opportunityIds: readonly string[],
  leftOut: readonly string[] = [],
): Promise<void> {
  const [opportunityId, another] = opportunityIds;
  if (opportunityId === undefined) {
    await askWhich(bot, origin);
    return;
  }
  if (another === undefined) return openForm(bot, origin, async () => ({ opportunityId }), [opportunityId]);
  return opportunityIds.length > MOST_AT_ONCE
    ? refuseMany(bot, origin, opportunityIds.length)
    : openSeveral(bot, origin, opportunityIds, leftOut);
}
