import type { Edit } from '../../edits/edit.ts';
import { sentBackMessage } from '../../slack/answers/edit-outcome.ts';
import type { Owned } from '../../submissions/submission.ts';
import { kind, loggedEdit, messageKey } from './kind.ts';

interface About {
  readonly submission: Owned;
  readonly edit: Edit;
}

/** In the thread of the one message: who sent the deal back to AWS. Whoever did is told in any case. */
export const sentBack = kind<About, About>({
  async audience({ store, edits }, { recordId, subject }) {
    const [submission, edit] = await Promise.all([store.hearerOf(recordId), edits.findEdit(subject)]);
    if (submission === undefined || edit === undefined) return undefined;
    const { channelId } = submission;
    return {
      about: { submission, edit },
      to: { type: 'thread', under: messageKey(submission), channelId, userId: undefined },
    };
  },
  load: async (_, about) => about,
  render: (_, { submission, edit }) => sentBackMessage(edit, submission),
  logged: ({ edit }) => loggedEdit(edit),
});
