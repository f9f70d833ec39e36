import type { ModalView } from '@slack/types';
import type { Submission } from '../../submissions/submission.ts';
import * as words from '../../words/modal.ts';
import { section } from './elements.ts';
import { noticeView } from './submit-modal.ts';

/** The view after Submit: everybody who pressed for the same opportunity is told the same. */
export function requestedView(
  draftId: string,
  requested: { readonly type: 'recorded' | 'again' | 'open'; readonly submission: Submission },
): ModalView {
  switch (requested.type) {
    case 'recorded':
    case 'again':
      return noticeView(draftId, [
        section(requested.submission.threadTs === undefined ? words.recorded : words.recordedInThread),
      ]);
    case 'open':
      return noticeView(draftId, [section(words.openElsewhere(`<@${requested.submission.userId}>`))]);
  }
}
