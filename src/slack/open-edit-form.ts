import { isOpenState } from '../attempts/sendable.ts';
import type { Bot } from '../bot.ts';
import { sleep } from '../clock.ts';
import { explainEdit } from '../edits/explain.ts';
import { type FixRequest, fix } from '../edits/fix.ts';
import type { Choices } from '../forms/form.ts';
import type { Who } from '../permissions.ts';
import { editOutcomeView } from './answers/edit-outcome.ts';
import { editCannotTake, editUnknownForm, fixView, editTitle as title } from './forms/edit.ts';
import { loadingView, noticeView, otherCatalogView } from './forms/modal.ts';
import {
  fromRecords,
  type MadeView,
  makeView,
  type OpenBot,
  openView,
  remember,
  showView,
} from './open-view.ts';
import { type About, destinationOf, type Origin } from './payloads.ts';

/** Which deal is to be changed; `editId`: an earlier edit of theirs that wasn't saved. */
interface FixAbout extends About {
  readonly editId?: string | undefined;
}

const UNKNOWN_EDIT =
  'This bot has no record of that any more. Partner Central shows where the opportunity stands.';

/** Milliseconds between two looks whether an edit is settled, and for how long the modal it was saved in waits. */
const LOOK_EVERY_MS = 300;
const WAIT_MS = 6000;

/** Opens the form for changing a deal in a modal of its own. `about` may itself need a look-up. */
export async function openFix(
  bot: OpenBot,
  origin: Origin,
  about: () => Promise<FixAbout | undefined>,
): Promise<void> {
  const formId = bot.newId();
  const open = await openView(bot, origin, loadingView(formId, title), formId);
  if (open === undefined) return;
  const known = await fromRecords(bot, about);
  const sorry = (why: string) => showView(bot, { id: open.id }, { view: noticeView(formId, why, { title }) });
  if (known === 'unavailable') return sorry(editCannotTake);
  if (known === undefined) return sorry(UNKNOWN_EDIT);
  const other = otherCatalogView(formId, bot.catalog, known.catalog);
  if (other !== undefined) return showView(bot, { id: open.id }, { view: other });
  await remember(bot, formId, origin, known);
  const { who, responseUrl } = origin;
  const request = { ...known, ...destinationOf(origin, known), formId, who, answerUrl: responseUrl };
  await showView(bot, open, await makeForm(bot, request));
}

/**
 * Opens it in place of a view that is about the deal; a form of its own, so that each is saved once. `over`: of a view about
 * several, the deal, and the trigger by which its form comes on top of that view.
 */
export async function openFixIn(
  bot: OpenBot,
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
  const { who, over, editId } = input;
  const form = await fromRecords(bot, async () =>
    bot.permissions.own(await bot.store.form(input.formId), who),
  );
  const known = form === 'unavailable' ? undefined : form;
  const opportunityId = over?.opportunityId ?? known?.opportunityId;
  if (known === undefined || opportunityId === undefined) {
    const view = noticeView(input.formId, editUnknownForm, { title });
    return showView(bot, { id: input.viewId }, { view });
  }
  const other = otherCatalogView(input.formId, bot.catalog, known.catalog);
  if (other !== undefined) return showView(bot, { id: input.viewId }, { view: other });
  const { channelId, threadTs, responseUrl, batchId } = known;
  const choices = input.choices ?? known.choices;
  const formId = bot.newId();
  const loading = loadingView(formId, title);
  const pushed = over && (await bot.views.open(over.triggerId, loading, formId, 'over'));
  // Without a trigger that is still good it takes the view's place.
  const id = pushed?.type === 'opened' ? pushed.id : input.viewId;
  if (pushed?.type !== 'opened') await bot.views.update(id, loading);
  const origin = { triggerId: '', who, channelId, threadTs, responseUrl };
  await remember(bot, formId, origin, { opportunityId, choices, batchId });
  const request = { ...known, choices, formId, who, opportunityId, editId, answerUrl: responseUrl };
  await showView(bot, { id }, await makeForm(bot, request));
}

/** Reads a deal, for the form for changing it. */
function makeForm(bot: OpenBot, request: FixRequest): Promise<MadeView> {
  const { catalog, dealPage } = bot;
  const { formId, opportunityId } = request;
  return makeView(
    bot,
    () => fix(bot, request),
    (found) => fixView(found, { formId, opportunityId, catalog, dealPage }),
    (why) => noticeView(formId, why, { lookAgain: [opportunityId], title }),
    editCannotTake,
  );
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
