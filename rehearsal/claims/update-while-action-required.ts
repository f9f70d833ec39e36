import { claim, differs, holds, untold } from '../claim.ts';
import { said } from '../judge.ts';
import { nobody } from '../known.ts';
import { seenWord } from '../vocabulary.ts';

export const updateWhileActionRequired = claim({
  id: 'update-while-action-required',
  claims: 'An edit of a deal that AWS has sent back puts it to Submitted, with no submission besides.',
  reliedOn: ['src/edits/fix.ts: that AWS reviews it again is said when a read shows it'],
  known: nobody("AWS's guide: it is reviewed again"),
  deals: { deal: {} },
  async steps({ deal }) {
    await deal.reach('Action Required');
    const answered = await deal.edit({
      'Project.CustomerBusinessProblem': 'A rehearsal of a bot, sent back and edited: nothing to work on.',
    });
    if (!answered.ok) return untold(said(answered));
    const status = await deal.status();
    return status === 'Submitted' ? holds(status) : differs(seenWord(status));
  },
});
