import { claim } from '../claim.ts';
import { refused } from '../judge.ts';
import { govwin } from '../known.ts';

export const closedLostReasonAlone = claim({
  id: 'closed-lost-reason-alone',
  claims: 'A reason for a loss is refused where the stage is not Closed Lost.',
  reliedOn: ['src/opportunities/readiness-project.ts: a lost deal is told by its stage'],
  known: govwin(),
  deals: { deal: 'an approved deal' },
  async steps({ deal }) {
    await deal.reach('Approved');
    return refused(
      await deal.edit({ 'LifeCycle.ClosedLostReason': 'No Opportunity' }),
      'LifeCycle.ClosedLostReason',
    );
  },
});
