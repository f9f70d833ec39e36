import { claim } from '../claim.ts';
import { refused } from '../judge.ts';
import { contradictory } from '../known.ts';

export const submissionOfActionRequired = claim({
  id: 'submission-of-action-required',
  claims: "A deal that AWS has sent back can't be submitted again: the update alone goes back into review.",
  reliedOn: ['src/edits/fix.ts: what is sent back is saved, not submitted again'],
  known: contradictory('another connector submits it again'),
  deals: { deal: {} },
  async steps({ deal }) {
    await deal.reach('Action Required');
    return refused(await deal.submit());
  },
});
