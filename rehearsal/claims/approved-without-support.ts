import { DO_NOT_NEED_SUPPORT } from '../../src/aws/lists.ts';
import { claim } from '../claim.ts';
import { refused } from '../judge.ts';
import { imports } from '../known.ts';

export const approvedWithoutSupport = claim({
  id: 'approved-without-support',
  claims: "An approved Co-Sell deal can't be made one that needs no support.",
  reliedOn: ['src/aws/lists.ts: the value is no need for Co-Sell'],
  known: imports(),
  deals: { deal: 'an approved deal' },
  async steps({ deal }) {
    await deal.reach('Approved');
    return refused(await deal.edit({ PrimaryNeedsFromAws: [DO_NOT_NEED_SUPPORT] }), 'PrimaryNeedsFromAws');
  },
});
