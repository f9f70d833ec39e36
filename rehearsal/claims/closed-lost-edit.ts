import { claim } from '../claim.ts';
import { refused } from '../judge.ts';
import { imports } from '../known.ts';
import { must } from '../stage.ts';

export const closedLostEdit = claim({
  id: 'closed-lost-edit',
  claims: 'Nothing of a lost deal can be edited.',
  reliedOn: ['src/opportunities/readiness-project.ts: a lost deal is not submitted'],
  known: imports(),
  deals: { deal: {} },
  async steps({ deal }) {
    await deal.reach('Approved');
    const lost = { 'LifeCycle.Stage': 'Closed Lost', 'LifeCycle.ClosedLostReason': 'No Opportunity' };
    must(await deal.edit(lost), 'a deal to be lost');
    return refused(await deal.edit({ 'LifeCycle.NextSteps': 'None yet: a rehearsal' }));
  },
});
