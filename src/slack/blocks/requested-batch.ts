import type { ModalView } from '@slack/types';
import type { BatchRecorded } from '../../submissions/batches/batches.ts';
import type { Submission } from '../../submissions/submission.ts';
import * as words from '../../words/batch.ts';
import { section } from './elements.ts';
import { noticeView } from './submit-modal.ts';

/** The view after Submit in a form for several. */
export function requestedBatchView(draftId: string, recorded: BatchRecorded): ModalView {
  switch (recorded.type) {
    case 'all-open':
      return noticeView(draftId, [section([words.allOpen, ...lines(recorded.open)].join('\n'))]);
    case 'recorded':
    case 'again': {
      const { submissions } = recorded;
      const isInThread = submissions.some(({ threadTs }) => threadTs !== undefined);
      const said = isInThread ? words.recordedInThread : words.recorded;
      const open = recorded.type === 'recorded' ? recorded.open : [];
      return noticeView(draftId, [
        section(said(submissions.length)),
        ...(open.length === 0 ? [] : [section([words.alreadyOpen, ...lines(open)].join('\n'))]),
      ]);
    }
  }
}

const lines = (open: readonly Submission[]): string[] =>
  open.map(({ opportunityId, userId }) => `• *${opportunityId}*: ${words.open(`<@${userId}>`)}`);
