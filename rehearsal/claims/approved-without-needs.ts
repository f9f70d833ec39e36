import { withValueAt } from '../../src/aws/values.ts';
import { claim } from '../claim.ts';
import { refused } from '../judge.ts';
import { hubspot } from '../known.ts';

export const approvedWithoutNeeds = claim({
  id: 'approved-without-needs',
  claims: 'An update of an approved Co-Sell deal without needs is refused, as a way to visibility only.',
  reliedOn: ['src/aws/update-request.ts: what keeps a deal from being updated at all'],
  known: hubspot(),
  deals: { deal: 'an approved deal' },
  async steps({ deal }) {
    await deal.reach('Approved');
    const answered = await deal.edit({}, (request) => withValueAt(request, 'PrimaryNeedsFromAws', undefined));
    return refused(answered, 'PrimaryNeedsFromAws');
  },
});
