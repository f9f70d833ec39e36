import { withValueAt } from '../../src/aws/values.ts';
import { claim } from '../claim.ts';
import { refused } from '../judge.ts';
import { govwin } from '../known.ts';

export const updateWithEmptyActivities = claim({
  id: 'update-with-empty-activities',
  claims: 'An update with an empty list of sales activities is refused.',
  reliedOn: ['src/aws/update-request.ts: empty lists are left out'],
  known: govwin(),
  deals: { deal: {} },
  async steps({ deal }) {
    const answered = await deal.edit({}, (request) => withValueAt(request, 'Project.SalesActivities', []));
    return refused(answered, 'Project.SalesActivities');
  },
});
