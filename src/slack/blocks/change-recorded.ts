import type { ModalView } from '@slack/types';
import type { ChangeSaved } from '../../submissions/changes/save-change.ts';
import * as words from '../../words/fix.ts';
import { mention } from '../text.ts';
import { section } from './elements.ts';
import { noticeView } from './submit-modal.ts';

/** The view after saving: everybody who saved a change of the same opportunity is told what is true for them. */
export function changeRecordedView(
  draftId: string,
  saved: Extract<ChangeSaved, { type: 'recorded' | 'again' | 'open' }>,
  paused: boolean,
): ModalView {
  const { change } = saved;
  if (saved.type === 'open') {
    return noticeView(draftId, [section(words.openElsewhere(mention(change.userId)))], {
      lookAgain: { opportunityId: change.opportunityId },
      title: words.title,
    });
  }
  const text = paused ? words.pausedNow : words.recorded(change.door === 'Action Required');
  return noticeView(draftId, [section(text)], { title: words.title });
}
