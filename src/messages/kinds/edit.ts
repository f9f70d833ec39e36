import type { Change } from '../../edits/edit.ts';
import { explainChange } from '../../edits/explain.ts';
import { changeMessage } from '../../slack/answers/edit-outcome.ts';
import { kind, loggedEdit } from './kind.ts';

/** What came of an edit, for whoever saved it. */
export const edit = kind<Change, Change>({
  async audience({ changes }, { subject }) {
    const about = await changes.findChange(subject);
    if (about === undefined) return undefined;
    const { userId, responseUrl, requestedAt } = about;
    return { about, to: { type: 'person', userId, responseUrl, askedAt: requestedAt } };
  },
  load: async (_, about) => about,
  render: ({ paused, dealPage }, saved) => changeMessage(saved, explainChange(saved, { paused }), dealPage),
  lasting: (saved) => ({ ...saved, requestId: undefined }),
  logged: loggedEdit,
});
