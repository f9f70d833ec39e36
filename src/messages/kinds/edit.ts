import type { Edit } from '../../edits/edit.ts';
import { explainEdit } from '../../edits/explain.ts';
import { editOutcome } from '../../slack/answers/edit-outcome.ts';
import { kind, loggedEdit } from './kind.ts';

/** What came of an edit, for whoever saved it. */
export const edit = kind<Edit, Edit>({
  async audience({ edits }, { subject }) {
    const about = await edits.findEdit(subject);
    if (about === undefined) return undefined;
    const { userId, responseUrl, requestedAt } = about;
    return { about, to: { type: 'person', userId, responseUrl, askedAt: requestedAt } };
  },
  load: async (_, about) => about,
  render: ({ paused, dealPage }, saved) => editOutcome(saved, explainEdit(saved, { paused }), dealPage),
  lasting: (saved) => ({ ...saved, requestId: undefined }),
  logged: loggedEdit,
});
