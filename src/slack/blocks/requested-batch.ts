import type { ModalView } from '@slack/types';
import type { BatchRecorded } from '../../submissions/batches/batches.ts';
import type { Submission } from '../../submissions/submission.ts';
import * as words from '../../words/batch.ts';
import { type DealPage, linkedId } from '../deal-page.ts';
import { section, sections } from './elements.ts';
import { noticeView } from './submit-modal.ts';

/** The view after Submit in a form for several. */
export function requestedBatchView(draftId: string, recorded: BatchRecorded, dealPage: DealPage): ModalView {
  switch (recorded.type) {
    case 'all-open':
      return noticeView(draftId, [...sections([words.allOpen, ...lines(recorded.open, dealPage)])]);
    case 'recorded':
    case 'again': {
      const { submissions } = recorded;
      const isInThread = submissions.some(({ threadTs }) => threadTs !== undefined);
      const said = isInThread ? words.recordedInThread : words.recorded;
      const open = recorded.type === 'recorded' ? recorded.open : [];
      return noticeView(draftId, [
        section(said(submissions.length)),
        ...(open.length === 0 ? [] : sections([words.alreadyOpen, ...lines(open, dealPage)])),
      ]);
    }
  }
}

const lines = (open: readonly Submission[], dealPage: DealPage): string[] =>
  open.map(
    ({ opportunityId, userId }) => `• *${linkedId(opportunityId, dealPage)}*: ${words.open(`<@${userId}>`)}`,
  );
