import { withValueAt } from '../../src/aws/values.ts';
import { claim } from '../claim.ts';
import { refused } from '../judge.ts';
import { twoReports } from '../known.ts';

export const updateWithoutMarketing = claim({
  id: 'update-without-marketing',
  claims: 'An update without a marketing source is refused.',
  reliedOn: ['src/aws/update-request.ts: a source is added where none is said'],
  known: twoReports(),
  deals: { deal: {} },
  async steps({ deal }) {
    const answered = await deal.edit({}, (request) => withValueAt(request, 'Marketing', undefined));
    return refused(answered, 'Marketing.Source');
  },
});
