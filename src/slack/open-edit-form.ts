import { isOpenState } from '../attempts/sendable.ts';
import type { Bot } from '../bot.ts';
import { sleep } from '../clock.ts';
import { explainEdit } from '../edits/explain.ts';
import { type FixRequest, fix } from '../edits/fix.ts';
import type { Choices } from '../forms/form.ts';
import type { Who } from '../permissions.ts';
import { editOutcomeView } from './answers/edit-outcome.ts';
import { section } from './blocks/elements.ts';
import { editCannotTake, editUnknownForm, fixView, editTitle as title } from './forms/edit.ts';
import { loadingView, noticeView, ourFault } from './forms/modal.ts';
import { type About, type Origin, placeOf, remember } from './origin.ts';
import { sayNotOpened } from './private-answer.ts';

/** Which deal is to be changed; `editId`: an earlier edit of theirs that wasn't saved. */
export interface FixAbout extends About {
  readonly editId?: string | undefined;
}

const UNKNOWN_EDIT =
  'This bot has no record of that any more. Partner Central shows where the opportunity stands.';

/** Milliseconds between two looks whether an edit is settled, and for how long the modal it was saved in waits. */
const LOOK_EVERY_MS = 300;
const WAIT_MS = 6000;

type FixBot = Pick<
  Bot,
  | 'views'
  | 'store'
  | 'edits'
  | 'aws'
  | 'permissions'
  | 'posting'
  | 'slack'
  | 'clock'
  | 'log'
  | 'catalog'
  | 'dealPage'
  | 'newId'
>;

/** Reads a deal and shows the form for changing it in an open view. */
async function fill(
  bot: FixBot,
  view: { readonly id: string; readonly hash?: string },
  request: FixRequest,
): Promise<void> {
  const { views, log, catalog, dealPage } = bot;
  const { formId, opportunityId } = request;
  const show = (shown: ReturnType<typeof noticeView>) => views.update(view.id, shown, view.hash);
  const sorry = (text: string) => noticeView(formId, [section(text)], { lookAgain: [opportunityId], title });
  try {
    const found = await fix(bot, request);
    const isShown = await show(fixView(found, { formId, opportunityId, catalog, dealPage }));
    // Slack refused what we made of it: a smaller view is better than one that loads for ever.
    if (!isShown) await show(sorry(ourFault));
  } catch (error) {
    log.error({ error }, 'a form for changing a deal could not be filled');
    await show(sorry(editCannotTake));
  }
}

/** Opens the form for changing a deal in a modal of its own. `about` may itself need a look-up: it comes second, because a trigger lives 3 s. */
export async function openFix(
  bot: FixBot,
  origin: Origin,
  about: () => Promise<FixAbout | undefined>,
): Promise<void> {
  const formId = bot.newId();
  const opened = await bot.views.open(origin.triggerId, loadingView(formId, title), formId);
  if (opened.type !== 'opened') return sayNotOpened(bot, opened.type, origin, []);
  const known = await about().catch((error: unknown) => {
    bot.log.error({ error }, 'what is to be changed could not be read');
    return 'unavailable' as const;
  });
  if (known === undefined || known === 'unavailable') {
    const why = known === undefined ? UNKNOWN_EDIT : editCannotTake;
    await bot.views.update(opened.viewId, noticeView(formId, [section(why)], { title }));
    return;
  }
  await remember(bot, formId, origin, known);
  const place = placeOf(origin, known);
  const request = { ...known, ...place, formId, who: origin.who, answerUrl: origin.responseUrl };
  await fill(bot, { id: opened.viewId, hash: opened.hash }, request);
}

/**
 * Opens it in place of a view that is about the deal; a form of its own, so that each is saved once. `over`: of a view about
 * several, the deal, and the trigger by which its form comes on top of that view.
 */
export async function openFixIn(
  bot: FixBot,
  input: {
    readonly viewId: string;
    readonly formId: string;
    readonly who: Who;
    readonly editId?: string;
    readonly over?: { readonly opportunityId: string; readonly triggerId: string };
    /** In place of those that the form had. */
    readonly choices?: Choices | undefined;
  },
): Promise<void> {
  const { who, over } = input;
  const read = async () => bot.permissions.own(await bot.store.form(input.formId), who);
  const form = await read().catch((error: unknown) => {
    bot.log.error({ error }, 'a form could not be read');
    return undefined;
  });
  const opportunityId = over?.opportunityId ?? form?.opportunityId;
  if (form === undefined || opportunityId === undefined) {
    const notice = noticeView(input.formId, [section(editUnknownForm)], { title });
    await bot.views.update(input.viewId, notice);
    return;
  }
  const { channelId, threadTs, responseUrl, batchId } = form;
  const choices = input.choices ?? form.choices;
  const formId = bot.newId();
  const loading = loadingView(formId, title);
  const pushed = over && (await bot.views.open(over.triggerId, loading, formId, 'over'));
  // Without a trigger that is still good it takes the view's place.
  const viewId = pushed?.type === 'opened' ? pushed.viewId : input.viewId;
  if (pushed?.type !== 'opened') await bot.views.update(viewId, loading);
  await remember(
    bot,
    formId,
    { triggerId: '', who, channelId, threadTs, responseUrl },
    { opportunityId, choices, batchId },
  );
  const request = {
    ...form,
    choices,
    formId,
    who,
    opportunityId,
    editId: input.editId,
    answerUrl: responseUrl,
  };
  await fill(bot, { id: viewId }, request);
}

/** Shows in the modal an edit was saved in what comes of it, if that is known soon. Whoever saved it is told anyway. */
export async function showOutcome(
  { views, edits, clock, dealPage, paused }: Pick<Bot, 'views' | 'edits' | 'clock' | 'dealPage' | 'paused'>,
  viewId: string,
  formId: string,
  editId: string,
): Promise<void> {
  if (paused) return;
  const until = clock.monotonic() + WAIT_MS;
  while (clock.monotonic() < until) {
    await sleep(clock, LOOK_EVERY_MS);
    const edit = await edits.findEdit(editId).catch(() => undefined);
    if (edit === undefined || isOpenState(edit.state)) continue;
    // What comes of the submission is shown in it next.
    if (edit.thenSubmit?.type === 'recorded') return;
    await views.update(viewId, editOutcomeView(formId, edit, explainEdit(edit, { paused }), dealPage));
    return;
  }
}
