import type { Bot } from '../bot.ts';
import type { Who } from '../permissions.ts';
import { type LookRequest, look, lookAtSeveral, type SeveralRequest } from '../submissions/look.ts';
import { preparePicking, suggest } from '../submissions/pick.ts';
import { MOST_AT_ONCE, refusalText, saying } from './blocks/elements.ts';
import { loadingSeveralView, lookedAtSeveralView, tooMany } from './forms/batch.ts';
import { whereView } from './forms/home-modals.ts';
import {
  cannotTake,
  loadingView,
  noticeTitles,
  noticeView,
  otherCatalogView,
  submitTo,
  unknownForm,
} from './forms/modal.ts';
import { askView, matchesBlocks } from './forms/pick.ts';
import { lookView } from './forms/submit.ts';
import {
  fromRecords,
  type MadeView,
  makeView,
  type OpenBot,
  type OpenView,
  openView,
  remember,
  sayNotOpened,
  showView,
} from './open-view.ts';
import { type About, destinationOf, type Origin } from './payloads.ts';
import { answerOne } from './private-answer.ts';
import { unknownSubmission } from './text.ts';

/** Opens the form for the opportunities that were named: for one, for several (`leftOut`: what is no ID), or asks which. */
export async function openFor(
  bot: OpenBot,
  origin: Origin,
  opportunityIds: readonly string[],
  leftOut: readonly string[] = [],
): Promise<void> {
  const [opportunityId, another] = opportunityIds;
  if (opportunityId === undefined) return askWhich(bot, origin);
  if (another === undefined) return openForm(bot, origin, async () => ({ opportunityId }), [opportunityId]);
  return opportunityIds.length > MOST_AT_ONCE
    ? refuseMany(bot, origin, opportunityIds.length)
    : openSeveral(bot, origin, opportunityIds, leftOut);
}

/** Opens the form; what it shows is looked up meanwhile. `about` may itself need a look-up. */
export async function openForm(
  bot: OpenBot,
  origin: Origin,
  about: () => Promise<About | undefined>,
  opportunityIds: readonly string[] = [],
): Promise<void> {
  const formId = bot.newId();
  const [open, made] = await Promise.all([
    openView(bot, origin, loadingFor(bot, formId), formId, opportunityIds),
    lookUpAbout(bot, origin, formId, about),
  ]);
  if (open !== undefined) await showView(bot, open, made);
}

/** Opens the form in place of a modal that is open. */
export async function openFormIn(
  bot: OpenBot,
  viewId: string,
  origin: Origin,
  about: () => Promise<About | undefined>,
): Promise<void> {
  const formId = bot.newId();
  await bot.views.update(viewId, loadingFor(bot, formId));
  await showView(bot, { id: viewId }, await lookUpAbout(bot, origin, formId, about));
}

const loadingFor = ({ catalog }: Pick<Bot, 'catalog'>, formId: string) =>
  loadingView(formId, submitTo(catalog));

const notRead = (formId: string, why: string, lookAgain: readonly string[] = []) =>
  noticeView(formId, why, { title: noticeTitles.notRead, lookAgain });

async function lookUpAbout(
  bot: OpenBot,
  origin: Origin,
  formId: string,
  about: () => Promise<About | undefined>,
): Promise<MadeView> {
  const known = await fromRecords(bot, about);
  if (known === 'unavailable') return { view: notRead(formId, cannotTake) };
  if (known === undefined) return { view: notRead(formId, unknownSubmission) };
  const other = otherCatalogView(formId, bot.catalog, known.catalog);
  if (other !== undefined) return { view: other };
  const request = { ...origin, formId, ...known, ...destinationOf(origin, known) };
  const made = await lookUp(bot, request);
  // A form is kept as it is looked up. What stands in its place may offer to look again.
  if (made.found?.type !== 'form') await remember(bot, formId, origin, known);
  return made;
}

/** Looks an opportunity up, for what an open view is to show. */
function lookUp(bot: OpenBot, request: LookRequest) {
  const { catalog, dealPage } = bot;
  const { formId, opportunityId } = request;
  return makeView(
    bot,
    () => look(bot, request),
    (found) => lookView(found, { formId, opportunityId, catalog, dealPage }),
    (why) => notRead(formId, why, [opportunityId]),
  );
}

/**
 * In a view that is open, for the person and the place its form was made for: looks (again) at one or several, or at what
 * the form is about, for the channel that was chosen for the outcome.
 */
export async function lookIn(
  bot: OpenBot,
  input: {
    readonly viewId: string;
    readonly formId: string;
    readonly who: Who;
  } & ({ readonly opportunityIds: readonly string[] } | { readonly channelId: string }),
): Promise<void> {
  const { views, store, permissions } = bot;
  const { viewId, formId, who } = input;
  const again = 'opportunityIds' in input ? input.opportunityIds : [];
  const form = await fromRecords(bot, async () => {
    const saved = await permissions.own(await store.form(formId), who);
    if (saved === undefined || 'opportunityIds' in input) return saved;
    const placed = { ...saved, channelId: input.channelId };
    await store.saveForm(placed);
    return placed;
  });
  if (form === 'unavailable') {
    await views.update(viewId, notRead(formId, cannotTake, again));
    return;
  }
  const [opportunityId = form?.opportunityId, another] = again;
  if (form === undefined || opportunityId === undefined) {
    await views.update(viewId, notRead(formId, unknownForm));
    return;
  }
  const other = otherCatalogView(formId, bot.catalog, form.catalog);
  if (other !== undefined) {
    await views.update(viewId, other);
    return;
  }
  const open = { id: viewId };
  if (another !== undefined) return fillSeveral(bot, open, { ...form, who, formId, opportunityIds: again });
  await showView(bot, open, await lookUp(bot, { ...form, formId, who, opportunityId }));
}

/** Opens the form for several. */
async function openSeveral(
  bot: OpenBot,
  origin: Origin,
  opportunityIds: readonly string[],
  leftOut: readonly string[],
): Promise<void> {
  const formId = bot.newId();
  const loading = loadingSeveralView(formId, 0, opportunityIds.length);
  const open = await openView(bot, origin, loading, formId, opportunityIds);
  if (open === undefined) return;
  await remember(bot, formId, origin, undefined);
  const { threadTs } = origin;
  await fillSeveral(bot, { id: open.id }, { ...origin, threadTs, formId, opportunityIds, leftOut });
}

/** Milliseconds between two updates of a view that loads. */
const PROGRESS_EVERY_MS = 1000;

/** Looks several opportunities up and shows them in an open view, which says meanwhile how far that is. */
async function fillSeveral(
  bot: OpenBot,
  open: OpenView,
  request: SeveralRequest & { readonly leftOut?: readonly string[] },
): Promise<void> {
  const { views, clock, catalog, dealPage } = bot;
  const { formId, opportunityIds, leftOut = [] } = request;
  // One after the other: an update that is overtaken would show the form as still loading.
  let shown: Promise<unknown> = Promise.resolve();
  let shownAt = clock.monotonic();
  const onProgress = (count: number): void => {
    if (clock.monotonic() - shownAt < PROGRESS_EVERY_MS) return;
    shownAt = clock.monotonic();
    const loading = loadingSeveralView(formId, count, opportunityIds.length);
    shown = shown.then(() => views.update(open.id, loading));
  };
  const made = await makeView(
    bot,
    () => lookAtSeveral(bot, request, onProgress),
    (looked) => lookedAtSeveralView(looked, { formId, opportunityIds, leftOut, catalog, dealPage }),
    (why) => noticeView(formId, why, { lookAgain: opportunityIds }),
  );
  await shown;
  await showView(bot, open, made);
}

/** Says that there are more than go at once. */
async function refuseMany(bot: OpenBot, origin: Origin, count: number): Promise<void> {
  const formId = bot.newId();
  const said = tooMany(count);
  const opened = await bot.views.open(origin.triggerId, noticeView(formId, said), formId);
  if (opened.type !== 'opened')
    await answerOne(bot, { userId: origin.who.userId, address: origin.responseUrl }, saying(said));
}

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

/**
 * Asks which opportunity: of all, or of those that match `query`, a customer's name or the like. Who may see none is told so
 * in its place.
 */
export async function askWhich(bot: OpenBot, origin: Origin, query?: string): Promise<void> {
  const { views } = bot;
  const { who, channelId } = origin;
  const formId = bot.newId();
  // Slack may ask what the list offers as soon as the view is open: the form says for whom, and where.
  const remembered = remember(bot, formId, origin, undefined);
  const open = await openView(bot, origin, askView(formId), formId);
  await remembered;
  if (open === undefined) return;
  const permission = await preparePicking(bot, who, channelId);
  if (permission.type === 'not-permitted') {
    const refusal = noticeView(formId, refusalText(permission.why), { title: noticeTitles.notPermitted });
    await views.update(open.id, refusal, open.hash);
    return;
  }
  if (query === undefined) return;
  const suggestions = await suggest(bot, { formId, who, query });
  await views.update(open.id, askView(formId, matchesBlocks(query, suggestions)), open.hash);
}
