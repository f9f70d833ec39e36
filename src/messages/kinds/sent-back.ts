import type { Edit } from '../../edits/edit.ts';
import { editedFieldName } from '../../opportunities/field-names.ts';
import { type Message, saying } from '../../slack/blocks/elements.ts';
import { foreign, mention } from '../../slack/text.ts';
import type { Owned } from '../../submissions/submission.ts';
import { inThreadOf, kind, loggedEdit } from './kind.ts';

interface SentBack {
  readonly submission: Owned;
  readonly edit: Edit;
}

/** In the thread of the one message: who sent the deal back to AWS. Whoever did is told in any case. */
export const sentBack = kind<SentBack, SentBack>({
  async audience({ store, edits }, { recordId, subject }) {
    const [submission, edit] = await Promise.all([store.hearerOf(recordId), edits.findEdit(subject)]);
    if (submission === undefined || edit === undefined) return undefined;
    return { about: { submission, edit }, to: inThreadOf(submission, undefined) };
  },
  load: async (_, about) => about,
  render: ({ submission, edit }) => sentBackMessage(edit, submission),
  logged: ({ edit }) => loggedEdit(edit),
});

/** Which fields they changed, by name only. */
export function sentBackMessage(edit: Edit, submission: Pick<Owned, 'nationalSecurity'>): Message {
  const redacted = edit.nationalSecurity || submission.nationalSecurity;
  const fields = redacted ? [] : edit.fields.map((path) => foreign(editedFieldName(path), 100));
  const what = fields.length === 0 ? 'it' : [...new Set(fields)].join(', ');
  return saying(`${mention(edit.userId)} changed ${what}. AWS has saved it.`);
}
