import type { Edit } from '../edits/edit.ts';
import type { Edits } from '../edits/edits.ts';
import type { Store } from '../submissions/store.ts';
import type { Owned } from '../submissions/submission.ts';
import type { Place, Prepared, Tellings } from './tellings.ts';

/** What there is to tell of an edit. */
export type EditNews =
  /** What came of it, for whoever saved it. */
  | { readonly type: 'edit'; readonly edit: Edit }
  /** In the thread of its submission's message: who sent the deal back to AWS. */
  | {
      readonly type: 'sent-back';
      readonly edit: Edit;
      readonly submission: Owned;
      /** Where the one message stands. */
      readonly message: Extract<Place, { readonly via: 'channel' | 'dm' }>;
    };

/** Reads what there is to tell of an edit, as it is when it is told. */
export function createEditNews({
  store,
  edits,
  tellings,
}: {
  readonly store: Pick<Store, 'hearerOf'>;
  readonly edits: Pick<Edits, 'findEdit'>;
  readonly tellings: Pick<Tellings, 'messagePlace'>;
}) {
  return {
    async editNews(editId: string): Promise<Prepared<EditNews>> {
      const edit = await edits.findEdit(editId);
      if (edit === undefined) return { type: 'nothing' };
      return { type: 'news', channelId: edit.userId, read: async () => ({ type: 'edit', edit }) };
    },

    async sentBackNews(recordId: string, editId: string): Promise<Prepared<EditNews>> {
      const [submission, edit] = await Promise.all([store.hearerOf(recordId), edits.findEdit(editId)]);
      if (submission === undefined || edit === undefined) return { type: 'nothing' };
      const message = await tellings.messagePlace(submission);
      if (message === undefined) return { type: 'wait', why: 'the message it belongs to comes first' };
      // An answer to a command has no thread, and whoever saved it is told in any case.
      if (message.via === 'response_url') return { type: 'nothing' };
      return {
        type: 'news',
        channelId: message.channelId,
        read: async () => ({ type: 'sent-back', edit, submission, message }),
      };
    },
  };
}
