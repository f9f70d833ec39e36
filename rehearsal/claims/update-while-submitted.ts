import { claim } from '../claim.ts';
import { refused } from '../judge.ts';
import { nobody } from '../known.ts';

export const updateWhileSubmitted = claim({
  id: 'update-while-submitted',
  claims: 'Nothing of a submitted deal can be edited.',
  reliedOn: ['src/edits/field-kinds.ts: which fields Slack offers to edit'],
  known: nobody("AWS's guide"),
  deals: { deal: 'another submitted deal' },
  async steps({ deal }) {
    await deal.reach('Submitted');
    return refused(await deal.edit({ 'LifeCycle.NextSteps': 'None yet: a rehearsal' }));
  },
});
