import { LOCKS } from '../../src/aws/evidence.ts';
import { claim } from '../claim.ts';
import { taken } from '../judge.ts';

export const spendWhileActionRequired = claim({
  id: 'spend-while-action-required',
  claims: 'All of the expected spend can be edited once AWS has sent a deal back.',
  reliedOn: ['src/edits/field-kinds.ts: which fields Slack offers to edit'],
  known: LOCKS['Action Required']['Project.ExpectedCustomerSpend'],
  tells: { evidence: 'lock Action Required: Project.ExpectedCustomerSpend', holdsWith: 'the claim' },
  deals: { deal: {} },
  async steps({ deal }) {
    await deal.reach('Action Required');
    return taken(await deal.edit({ 'Project.ExpectedCustomerSpend[0].TargetCompany': 'Self' }));
  },
});
