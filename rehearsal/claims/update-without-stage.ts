import { withValueAt } from '../../src/aws/values.ts';
import { claim } from '../claim.ts';
import { refused } from '../judge.ts';
import { hubspot } from '../known.ts';

export const updateWithoutStage = claim({
  id: 'update-without-stage',
  claims: 'An update without the stage is refused.',
  reliedOn: ['src/aws/update-request.ts: what keeps a deal from being updated at all'],
  known: hubspot(),
  deals: { deal: {} },
  async steps({ deal }) {
    // Of a draft the stage is locked besides.
    await deal.reach('Approved');
    const answered = await deal.edit({}, (request) => withValueAt(request, 'LifeCycle.Stage', undefined));
    return refused(answered, 'LifeCycle.Stage');
  },
});
