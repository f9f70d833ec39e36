import type { ModalView } from '@slack/types';
import type { Catalog } from '../aws/terms.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../observability/log.ts';
import type { LookAtSeveral, SeveralRequest } from '../submissions/look.ts';
import { section } from './blocks/elements.ts';
import type { DealPage } from './deal-page.ts';
import { loadingSeveralView, lookedAtSeveralView } from './forms/batch.ts';
import { lookAgainBlock, noticeView } from './forms/submit.ts';
import * as words from './forms/words.ts';
import type { Views } from './views.ts';

/** Milliseconds between two updates of a view that loads. */
const PROGRESS_EVERY_MS = 1000;

/** Looks several opportunities up and shows them in an open view, which says meanwhile how far that is. */
export type FillSeveral = (viewId: string, request: SeveralRequest) => Promise<void>;

export function createFillSeveral(dependencies: {
  readonly views: Views;
  readonly lookAtSeveral: (
    request: SeveralRequest,
    onProgress: (count: number) => void,
  ) => Promise<LookAtSeveral>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly catalog: Catalog;
  readonly dealPage: DealPage;
}): FillSeveral {
  const { views, lookAtSeveral, clock, log, catalog, dealPage } = dependencies;
  return async (viewId, request) => {
    const { formId, opportunityIds } = request;
    const show = (view: ModalView) => views.update(viewId, view);
    const failed = (why: string) => noticeView(formId, [section(why), lookAgainBlock(opportunityIds)]);
    // One after the other: an update that is overtaken would show the form as still loading.
    let shown: Promise<unknown> = Promise.resolve();
    let shownAt = clock.monotonic();
    const onProgress = (count: number): void => {
      if (clock.monotonic() - shownAt < PROGRESS_EVERY_MS) return;
      shownAt = clock.monotonic();
      shown = shown.then(() => show(loadingSeveralView(formId, count, opportunityIds.length)));
    };
    try {
      const looked = await lookAtSeveral(request, onProgress);
      await shown;
      if (
        !(await show(lookedAtSeveralView(looked, { draftId: formId, opportunityIds, catalog, dealPage })))
      ) {
        await show(failed(words.ourFault));
      }
    } catch (error) {
      log.error({ error }, 'a look at several failed');
      await shown;
      await show(failed(words.cannotTake));
    }
  };
}
