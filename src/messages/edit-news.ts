import type { Change } from '../edits/edit.ts';
import type { Changes } from '../edits/edits.ts';
import type { Store } from '../submissions/store.ts';
import type { Owned } from '../submissions/submission.ts';
import type { Place, Prepared, Tellings } from './tellings.ts';

/** What there is to tell of a change. */
export type ChangeNews =
  /** What came of it, for whoever saved it. */
  | { readonly type: 'change'; readonly change: Change }
  /** In the thread of its submission's message: who sent the deal back to AWS. */
  | {
      readonly type: 'sent-back';
      readonly change: Change;
      readonly submission: Owned;
      /** Where the one message stands. */
      readonly message: Extract<Place, { readonly via: 'channel' | 'dm' }>;
    };

/** Reads what there is to tell of a change, as it is when it is told. */
export function createChangeNews({
  store,
  changes,
  tellings,
}: {
  readonly store: Pick<Store, 'hearerOf'>;
  readonly changes: Pick<Changes, 'findChange'>;
  readonly tellings: Pick<Tellings, 'messagePlace'>;
}) {
  return {
    async changeNews(changeId: string): Promise<Prepared<ChangeNews>> {
      const change = await changes.findChange(changeId);
      if (change === undefined) return { type: 'nothing' };
      return { type: 'news', channelId: change.userId, read: async () => ({ type: 'change', change }) };
    },

    async sentBackNews(recordId: string, changeId: string): Promise<Prepared<ChangeNews>> {
      const [submission, change] = await Promise.all([
        store.hearerOf(recordId),
        changes.findChange(changeId),
      ]);
      if (submission === undefined || change === undefined) return { type: 'nothing' };
      const message = await tellings.messagePlace(submission);
      if (message === undefined) return { type: 'wait', why: 'the message it belongs to comes first' };
      // An answer to a command has no thread, and whoever saved it is told in any case.
      if (message.via === 'response_url') return { type: 'nothing' };
      return {
        type: 'news',
        channelId: message.channelId,
        read: async () => ({ type: 'sent-back', change, submission, message }),
      };
    },
  };
}
