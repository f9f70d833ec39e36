import type { KnownBlock } from '@slack/types';
import type { Bot } from '../bot.ts';
import { type Choices, type Form, type FormRequest, newForm } from '../forms/form.ts';
import * as messages from '../messages/words.ts';
import { isOwn, type Who } from '../permissions.ts';
import { type LookRequest, look } from '../submissions/look.ts';
import { preparePicking, suggest } from '../submissions/pick.ts';
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
  const { formId, opportunityId } = request;
  const show = (shown: ReturnType<typeof noticeView>) => views.update(view.id, shown, view.hash);
  const ourFault = () => noticeView(formId, [section(words.ourFault)], { lookAgain: { opportunityId } });
  try {
    const found = await look(bot, request);
    // A form's form was kept as it was looked up; what stands in a form's place may offer to look again.
    if (found.type !== 'form') await keepDraft();
    // Slack refused what we made of it: a smaller view is better than one that loads for ever.
    if (!(await show(lookView(found, { formId, opportunityId, catalog, dealPage })))) await show(ourFault());
  } catch (error) {
    // AWS's failures and Slack's are data: what is thrown is our own database.
    log.error({ error }, 'a look failed');
    await keepDraft();
    await show(noticeView(formId, [section(words.cannotTake)], { lookAgain: { opportunityId } }));
  }
}

/** Keeps who asked and where, for what comes after the view; without it only *Try again* is lost. */
export async function remember(
  { store, clock, catalog, log }: Pick<Bot, 'store' | 'clock' | 'catalog' | 'log'>,
  request: FormRequest,
): Promise<void> {
  try {
    await store.saveForm(newForm(request, { catalog, createdAt: clock.now() }));
  } catch (error) {
    log.error({ error }, 'a form could not be saved');
  }
}

const requestFrom = (origin: Origin, formId: string, about?: About): FormRequest => ({
  formId,
  who: origin.who,
  ...placeOf(origin, about),
  opportunityId: about?.opportunityId,
  choices: about?.choices,
  batchId: about?.batchId,
});

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

/** Looks for a form in a view that is open; `prepare` says at what, and with what of the form. */
async function lookFor(
  bot: FormBot,
  at: { readonly viewId: string; readonly formId: string; readonly who: Who },
  again: readonly string[],
  prepare: (form: Form) => Promise<{ readonly form: Form; readonly opportunityIds: readonly string[] }>,
): Promise<void> {
  const { views, store, log } = bot;
  const { viewId, formId, who } = at;
  const say = (text: string, ...more: readonly KnownBlock[]) =>
    views.update(viewId, noticeView(formId, [section(text), ...more]));
  let prepared: Awaited<ReturnType<typeof prepare>> | undefined;
  try {
    const saved = await store.form(formId);
    if (isOwn(saved, who)) prepared = await prepare(saved);
  } catch (error) {
    log.error({ error }, 'a form could not be read');
    await say(words.cannotTake, ...(again.length === 0 ? [] : [lookAgainBlock(again)]));
    return;
  }
  const { form, opportunityIds = [] } = prepared ?? {};
  const [opportunityId, another] = opportunityIds;
  if (form === undefined || opportunityId === undefined) {
    await say(words.unknownForm);
    return;
  }
  if (another !== undefined)
    return fillSeveral(bot, viewId, { ...form, who, formId: formId, opportunityIds });
  await fill(bot, { id: viewId }, { ...form, formId, who, opportunityId });
}

/** Opens the form. The view comes first, because a trigger lives 3 s; `about` may itself need a look-up. */
export async function openForm(
  bot: FormBot,
  origin: Origin,
  about: () => Promise<About | undefined>,
  hint: readonly string[] = [],
): Promise<void> {
  const formId = bot.newId();
  const opened = await bot.views.open(origin.triggerId, loadingView(formId), formId);
  if (opened.type !== 'opened') return sayNotOpened(bot, opened.type, origin, hint);
  const known = await about().catch((error: unknown) => {
    bot.log.error({ error }, 'what the form is to be about could not be read');
    return 'unavailable' as const;
  });
  if (known === undefined || known === 'unavailable') {
    const why = known === undefined ? messages.unknownSubmission : words.cannotTake;
    await bot.views.update(opened.viewId, noticeView(formId, [section(why)]));
    return;
  }
  const request = requestFrom(origin, formId, known);
  const view = { id: opened.viewId, hash: opened.hash };
  await fill(bot, view, { ...request, opportunityId: known.opportunityId }, () => remember(bot, request));
}

/** In a view that is open: looks (again) at one or several, for the person and the place its form was made for. */
export async function lookAgain(
  bot: FormBot,
  input: {
    readonly viewId: string;
    readonly formId: string;
    readonly who: Who;
    readonly opportunityIds: readonly string[];
  },
): Promise<void> {
  const { opportunityIds } = input;
  await lookFor(bot, input, opportunityIds, async (form) => ({ form, opportunityIds }));
}

/** In a view that is open: looks at what its form is about, for the channel that was chosen for the outcome. */
export async function lookIn(
  bot: FormBot,
  input: {
    readonly viewId: string;
    readonly formId: string;
    readonly who: Who;
    readonly channelId: string;
  },
): Promise<void> {
  const { channelId } = input;
  await lookFor(bot, input, [], async (saved) => {
    const form = { ...saved, channelId };
    await bot.store.saveForm(form);
    const { opportunityId } = form;
    return { form, opportunityIds: opportunityId === undefined ? [] : [opportunityId] };
  });
}

/** Opens the question where the outcome belongs, for a origin that is in no channel; then comes the form. */
export async function askWhere(
  bot: FormBot,
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
  await remember(bot, requestFrom(origin, formId, { opportunityId }));
}

/** Opens the question which opportunity, of those that match a customer's name or the like, or of all. */
export async function openMatching(bot: FormBot, origin: Origin, query: string): Promise<void> {
  const asked = await askWhich(bot, origin);
  if (asked === undefined) return;
  const suggestions = await suggest(bot, { formId: asked.formId, who: origin.who, query });
  await bot.views.update(asked.viewId, askView(asked.formId, matchesBlocks(query, suggestions)), asked.hash);
}

/** Opens the question which opportunity; who may see none is told so in its place. Undefined: it isn't there to be answered. */
async function askWhich(
  bot: FormBot,
  origin: Origin,
): Promise<{ readonly formId: string; readonly viewId: string; readonly hash: string } | undefined> {
  const formId = bot.newId();
  // Slack may ask what the list offers as soon as the view is open: the form says for whom, and where.
  const remembered = remember(bot, requestFrom(origin, formId));
  const opened = await bot.views.open(origin.triggerId, askView(formId), formId);
  await remembered;
  if (opened.type !== 'opened') {
    await sayNotOpened(bot, opened.type, origin, []);
    return undefined;
  }
  const { viewId, hash } = opened;
  const permission = await preparePicking(bot, origin.who, origin.channelId);
  if (permission.allowed !== false) return { formId, viewId, hash };
  const refusal = noticeView(formId, [section(refusalText(permission.why))]);
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
  const formId = bot.newId();
  const loading = loadingSeveralView(formId, 0, opportunityIds.length);
  const opened = await bot.views.open(origin.triggerId, loading, formId);
  if (opened.type !== 'opened') return sayNotOpened(bot, opened.type, origin, opportunityIds);
  const request = requestFrom(origin, formId);
  await remember(bot, request);
  await fillSeveral(bot, opened.viewId, { ...request, opportunityIds, leftOut });
}

/** Says that there are more than go at once. */
async function refuseMany(bot: FormBot, origin: Origin, count: number): Promise<void> {
  const formId = bot.newId();
  const said = batch.tooMany(count, MOST_AT_ONCE);
  const opened = await bot.views.open(origin.triggerId, noticeView(formId, [section(said)]), formId);
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
