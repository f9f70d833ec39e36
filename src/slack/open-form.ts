import type { ModalView } from '@slack/types';
import { catalogName } from '../aws/terms.ts';
import type { Bot } from '../bot.ts';
import type { Form } from '../forms/form.ts';
import type { Who } from '../permissions.ts';
import { type LookRequest, look, lookAtSeveral, type SeveralRequest } from '../submissions/look.ts';
import { askWhich } from './ask-opportunity.ts';
import { saying, section } from './blocks/elements.ts';
import { loadingSeveralView, lookedAtSeveralView, tooMany } from './forms/batch.ts';
import { lookView } from './forms/look.ts';
import {
  cannotTake,
  loadingView,
  noticeView,
  ourFault,
  submitTo,
  titles,
  unknownForm,
} from './forms/modal.ts';
import { MOST_AT_ONCE } from './limits.ts';
import { type About, type Origin, placeOf, remember } from './origin.ts';
import { answerOne, sayNotOpened } from './private-answer.ts';
import * as messages from './words.ts';

/** Milliseconds between two updates of a view that loads. */
const PROGRESS_EVERY_MS = 1000;

/** Looks several opportunities up and shows them in an open view, which says meanwhile how far that is. */
async function fillSeveral(
  bot: Pick<
    Bot,
    'views' | 'store' | 'aws' | 'permissions' | 'clock' | 'log' | 'catalog' | 'dealPage' | 'newId'
  >,
  viewId: string,
  request: SeveralRequest & { readonly leftOut?: readonly string[] },
): Promise<void> {
  const { views, clock, log, catalog, dealPage } = bot;
  const { formId, opportunityIds, leftOut = [] } = request;
  const show = (view: ModalView) => views.update(viewId, view);
  const failed = (why: string) => noticeView(formId, [section(why)], { lookAgain: opportunityIds });
  // One after the other: an update that is overtaken would show the form as still loading.
  let shown: Promise<unknown> = Promise.resolve();
  let shownAt = clock.monotonic();
  const onProgress = (count: number): void => {
    if (clock.monotonic() - shownAt < PROGRESS_EVERY_MS) return;
    shownAt = clock.monotonic();
    shown = shown.then(() => show(loadingSeveralView(formId, count, opportunityIds.length)));
  };
  try {
    const looked = await lookAtSeveral(bot, request, onProgress);
    await shown;
    if (
      !(await show(
        lookedAtSeveralView(looked, { formId: formId, opportunityIds, leftOut, catalog, dealPage }),
      ))
    ) {
      await show(failed(ourFault));
    }
  } catch (error) {
    log.error({ error }, 'a look at several failed');
    await shown;
    await show(failed(cannotTake));
  }
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

/** A view of ours that is open. */
interface OpenView {
  readonly id: string;
  readonly hash?: string;
}

/**
 * Looks an opportunity up; answers what shows what was found in an open view. A form is kept as it is looked
 * up; `keepForm` is for what stands in a form's place and may offer to look again.
 */
async function lookUp(
  bot: FormBot,
  request: LookRequest,
  keepForm: () => Promise<void> = async () => {},
): Promise<(view: OpenView) => Promise<void>> {
  const { views, log, catalog, dealPage } = bot;
  const { formId, opportunityId } = request;
  const sorry = (why: string) =>
    noticeView(formId, [section(why)], { lookAgain: [opportunityId], title: titles.notRead });
  try {
    const found = await look(bot, request);
    if (found.type !== 'form') await keepForm();
    return async ({ id, hash }) => {
      if (await views.update(id, lookView(found, { formId, opportunityId, catalog, dealPage }), hash)) return;
      // Slack refused what we made of it: a smaller view is better than one that loads for ever.
      await views.update(id, sorry(ourFault), hash);
    };
  } catch (error) {
    // AWS's failures and Slack's are data: what is thrown is our own database.
    log.error({ error }, 'a look failed');
    await keepForm();
    return async ({ id, hash }) => void (await views.update(id, sorry(cannotTake), hash));
  }
}

/** Looks for a form in a view that is open; `prepare` says at what, and with what of the form. */
async function lookFor(
  bot: FormBot,
  at: { readonly viewId: string; readonly formId: string; readonly who: Who },
  again: readonly string[],
  prepare: (form: Form) => Promise<{ readonly form: Form; readonly opportunityIds: readonly string[] }>,
): Promise<void> {
  const { views, store, permissions, log } = bot;
  const { viewId, formId, who } = at;
  const say = (text: string, lookAgain: readonly string[] = []) =>
    views.update(viewId, noticeView(formId, [section(text)], { title: titles.notRead, lookAgain }));
  let prepared: Awaited<ReturnType<typeof prepare>> | undefined;
  try {
    const saved = await permissions.own(await store.form(formId), who);
    if (saved !== undefined) prepared = await prepare(saved);
  } catch (error) {
    log.error({ error }, 'a form could not be read');
    await say(cannotTake, again);
    return;
  }
  const { form, opportunityIds = [] } = prepared ?? {};
  const [opportunityId, another] = opportunityIds;
  if (form === undefined || opportunityId === undefined) {
    await say(unknownForm);
    return;
  }
  if (another !== undefined)
    return fillSeveral(bot, viewId, { ...form, who, formId: formId, opportunityIds });
  const show = await lookUp(bot, { ...form, formId, who, opportunityId });
  await show({ id: viewId });
}

/**
 * Opens the form. Nothing waits in front of the view, because a trigger lives 3 s, and nothing behind it: what the form
 * shows is looked up meanwhile. `about` may itself need a look-up.
 */
export async function openForm(
  bot: FormBot,
  origin: Origin,
  about: () => Promise<About | undefined>,
  hint: readonly string[] = [],
): Promise<void> {
  const formId = bot.newId();
  const [opened, show] = await Promise.all([
    bot.views.open(origin.triggerId, loadingView(formId, submitTo(catalogName(bot.catalog))), formId),
    lookUpAbout(bot, origin, formId, about),
  ]);
  if (opened.type !== 'opened') return sayNotOpened(bot, opened.type, origin, hint);
  await show({ id: opened.viewId, hash: opened.hash });
}

/** Opens the form in place of a modal that is open. */
export async function openFormIn(
  bot: FormBot,
  viewId: string,
  origin: Origin,
  about: () => Promise<About | undefined>,
): Promise<void> {
  const formId = bot.newId();
  await bot.views.update(viewId, loadingView(formId, submitTo(catalogName(bot.catalog))));
  const show = await lookUpAbout(bot, origin, formId, about);
  await show({ id: viewId });
}

async function lookUpAbout(
  bot: FormBot,
  origin: Origin,
  formId: string,
  about: () => Promise<About | undefined>,
): ReturnType<typeof lookUp> {
  const instead = (why: string) => async (view: OpenView) =>
    void (await bot.views.update(view.id, noticeView(formId, [section(why)], { title: titles.notRead })));
  try {
    const known = await about();
    if (known === undefined) return instead(messages.unknownSubmission);
    return await lookUp(bot, { ...origin, formId, ...known, ...placeOf(origin, known) }, () =>
      remember(bot, formId, origin, known),
    );
  } catch (error) {
    bot.log.error({ error }, 'what the form is to be about could not be read');
    return instead(cannotTake);
  }
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
  await remember(bot, formId, origin, undefined);
  await fillSeveral(bot, opened.viewId, {
    ...origin,
    threadTs: origin.threadTs,
    formId: formId,
    opportunityIds,
    leftOut,
  });
}

/** Says that there are more than go at once. */
async function refuseMany(bot: FormBot, origin: Origin, count: number): Promise<void> {
  const formId = bot.newId();
  const said = tooMany(count);
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
