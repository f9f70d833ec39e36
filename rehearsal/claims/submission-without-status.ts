import { withValueAt } from '../../src/aws/values.ts';
import { claim, untold } from '../claim.ts';
import { refused } from '../judge.ts';
import { hubspot } from '../known.ts';

export const submissionWithoutStatus = claim({
  id: 'submission-without-status',
  claims: "A deal whose review status an update has emptied can't be submitted.",
  reliedOn: ['src/aws/terms.ts: none is a status of its own, and stops a submission'],
  known: hubspot(),
  deals: { deal: {} },
  async steps({ deal }) {
    await deal.edit({}, (request) => withValueAt(request, 'LifeCycle.ReviewStatus', undefined));
    if ((await deal.status()) !== '') return untold('the status is still there');
    return refused(await deal.submit());
  },
});
