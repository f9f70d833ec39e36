import type { ModalView } from '@slack/types';
import type { Bot } from '../bot.ts';
import { lookAtSeveral, type SeveralRequest } from '../submissions/look.ts';
import { section } from './blocks/elements.ts';
import { loadingSeveralView, lookedAtSeveralView } from './forms/batch.ts';
import { lookAgainBlock, noticeView } from './forms/submit.ts';
import * as words from './forms/words.ts';

/** Milliseconds between two updates of a view that loads. */
const PROGRESS_EVERY_MS = 1000;

/** Looks several opportunities up and shows them in an open view, which says meanwhile how far that is. */
export async function fillSeveral(
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
    const looked = await lookAtSeveral(bot, request, onProgress);
    await shown;
    if (
      !(await show(
        lookedAtSeveralView(looked, { formId: formId, opportunityIds, leftOut, catalog, dealPage }),
      ))
    ) {
      await show(failed(words.ourFault));
    }
  } catch (error) {
    log.error({ error }, 'a look at several failed');
    await shown;
    await show(failed(words.cannotTake));
  }
}
