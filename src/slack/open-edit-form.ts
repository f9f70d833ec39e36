import type { Catalog } from '../aws/terms.ts';
import { type Clock, sleep } from '../clock.ts';
import { type Change, OPEN_CHANGE_STATES } from '../edits/edit.ts';
import { explainChange } from '../edits/explain.ts';
import type { Fix, FixRequest } from '../edits/fix.ts';
import type { Logger } from '../observability/log.ts';
import { isOwn, type Who } from '../permissions.ts';
import type { Store } from '../submissions/store.ts';
import { changeView } from './answers/edit-outcome.ts';
import { section } from './blocks/elements.ts';
import type { DealPage } from './deal-page.ts';
import { fixView } from './forms/edit.ts';
import * as fixWords from './forms/edit-words.ts';
import { loadingView, noticeView } from './forms/submit.ts';
import * as words from './forms/words.ts';
import type { About, Form } from './open-form.ts';
import type { Door } from './origin.ts';
import type { Views } from './views.ts';

/** Which deal is to be changed; `changeId`: an earlier change of theirs that wasn't saved. */
export interface FixAbout extends About {
  readonly changeId?: string | undefined;
}

const { title } = fixWords;

export type FixForm = ReturnType<typeof createFixForm>;

/** Milliseconds between two looks whether a change is settled, and for how long the modal it was saved in waits. */
const LOOK_EVERY_MS = 300;
const WAIT_MS = 6000;

/** Opens the form for changing a deal: in a modal of its own, or in place of a view that is about the deal. */
export function createFixForm(dependencies: {
  readonly views: Views;
  readonly form: Form;
  readonly store: Pick<Store, 'draft'>;
  readonly fix: (request: FixRequest) => Promise<Fix>;
  readonly findChange: (id: string) => Promise<Change | undefined>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly catalog: Catalog;
  readonly dealPage: DealPage;
  readonly paused: boolean;
  readonly newId: () => string;
}) {
  const { views, form, store, fix, findChange, clock, log, catalog, dealPage, paused, newId } = dependencies;

  const fill = async (view: { readonly id: string; readonly hash?: string }, request: FixRequest) => {
    const { draftId, opportunityId } = request;
    const show = (shown: ReturnType<typeof noticeView>) => views.update(view.id, shown, view.hash);
    const sorry = (text: string) =>
      noticeView(draftId, [section(text)], { lookAgain: { opportunityId }, title });
    try {
      const found = await fix(request);
      const isShown = await show(fixView(found, { draftId, opportunityId, catalog, dealPage }));
      // Slack refused what we made of it: a smaller view is better than one that loads for ever.
      if (!isShown) await show(sorry(words.ourFault));
    } catch (error) {
      log.error({ error }, 'a form for changing a deal could not be filled');
      await show(sorry(fixWords.cannotTake));
    }
  };

  return {
    /** In a modal of its own. `about` may itself need a look-up: it comes second, because a trigger lives 3 s. */
    async open(door: Door, about: () => Promise<FixAbout | undefined>): Promise<void> {
      const draftId = newId();
      const opened = await views.open(door.triggerId, loadingView(draftId, title), draftId);
      if (opened.type !== 'opened') return form.sayNotOpened(opened.type, door, []);
      const known = await about().catch((error: unknown) => {
        log.error({ error }, 'what is to be changed could not be read');
        return 'unavailable' as const;
      });
      if (known === undefined || known === 'unavailable') {
        const why = known === undefined ? fixWords.unknownChange : fixWords.cannotTake;
        await views.update(opened.viewId, noticeView(draftId, [section(why)], { title }));
        return;
      }
      await form.remember(draftId, door, known);
      await fill(
        { id: opened.viewId, hash: opened.hash },
        {
          ...door,
          draftId,
          opportunityId: known.opportunityId,
          changeId: known.changeId,
          channelId: known.channelId ?? door.channelId,
          threadTs: known.threadTs ?? door.threadTs,
        },
      );
    },

    /** In place of a view that is about the deal; a form of its own, so that each is saved once. */
    async openIn(input: {
      readonly viewId: string;
      readonly draftId: string;
      readonly who: Who;
      readonly changeId?: string;
    }): Promise<void> {
      const { viewId, who } = input;
      const draft = await store.draft(input.draftId).catch((error: unknown) => {
        log.error({ error }, 'a draft could not be read');
        return undefined;
      });
      if (!isOwn(draft, who) || draft.opportunityId === undefined) {
        await views.update(viewId, noticeView(input.draftId, [section(fixWords.unknownForm)], { title }));
        return;
      }
      const { opportunityId, channelId, threadTs, responseUrl, choices, batchId } = draft;
      const draftId = newId();
      await views.update(viewId, loadingView(draftId, title));
      await form.remember(
        draftId,
        { triggerId: '', who, channelId, threadTs, responseUrl },
        { opportunityId, choices, batchId },
      );
      const { changeId } = input;
      const request = { draftId, who, channelId, threadTs, responseUrl, opportunityId, changeId };
      await fill({ id: viewId }, request);
    },

    /** In the modal a change was saved in: what comes of it, if that is known soon. Whoever saved it is told anyway. */
    async showOutcome(viewId: string, draftId: string, changeId: string): Promise<void> {
      if (paused) return;
      const until = clock.monotonic() + WAIT_MS;
      while (clock.monotonic() < until) {
        await sleep(clock, LOOK_EVERY_MS);
        const change = await findChange(changeId).catch(() => undefined);
        if (change === undefined || OPEN_CHANGE_STATES.some((state) => state === change.state)) continue;
        await views.update(viewId, changeView(draftId, change, explainChange(change, { paused }), dealPage));
        return;
      }
    },
  };
}
