import type { ModalView } from '@slack/types';
import type { Submission } from '../../submissions/submission.ts';
import * as words from '../../words/modal.ts';
import { mention } from '../text.ts';
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
      return noticeView(draftId, [section(recordedWords(requested.submission))]);
    case 'open':
      return noticeView(draftId, [section(words.openElsewhere(mention(requested.submission.userId)))]);
  }
}

/** Only what was begun from the home tab was given no way to respond where it was asked for. */
function recordedWords({ threadTs, responseUrl, channelId }: Submission): string {
  if (threadTs !== undefined) return words.recordedInThread;
  return responseUrl === undefined ? words.recordedFor(`<#${channelId}>`) : words.recorded;
}
