import type { ModalView } from '@slack/types';
import type { NotRecorded } from '../../submissions/requests/request.ts';
import * as words from '../../words/modal.ts';
import { BLOCK } from '../ids.ts';
import { section } from './elements.ts';
import { refusalText } from './refusal.ts';
import { noticeView } from './submit-modal.ts';

/** How a form that was sent is answered. "Modals: Updating modals", https://docs.slack.dev/surfaces/modals */
export type FormAnswer =
  | { readonly response_action: 'errors'; readonly errors: Record<string, string> }
  | { readonly response_action: 'update'; readonly view: ModalView };

/** The answer where nothing was recorded, or that isn't known. `anyway`: where and how to ask for the further yes. */
export function notRecordedAnswer(
  notRecorded: NotRecorded,
  draftId: string,
  anyway: { readonly block: string; readonly missing: string },
): FormAnswer {
  const error = (block: string, text: string): FormAnswer => ({
    response_action: 'errors',
    errors: { [block]: text },
  });
  const notice = (text: string): FormAnswer => ({
    response_action: 'update',
    view: noticeView(draftId, [section(text)]),
  });
  switch (notRecorded.type) {
    case 'probably-refused':
      return error(anyway.block, anyway.missing);
    case 'permission-unknown':
      return error(BLOCK.involvementType, words.permissionUnknown);
    case 'unavailable':
      return error(BLOCK.involvementType, words.cannotTake);
    case 'in-doubt':
      // The form stays, so that Submit can be pressed again: that is how it becomes known.
      return error(BLOCK.involvementType, words.inDoubt);
    case 'not-permitted':
      return notice(refusalText(notRecorded.why));
    case 'unknown-form':
      return notice(words.unknownForm);
  }
}
