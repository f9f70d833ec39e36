import { claim } from '../claim.ts';
import { refused } from '../judge.ts';
import { imports } from '../known.ts';

export const approvedState = claim({
  id: 'approved-state',
  claims: "The state of an approved deal can't be edited.",
  reliedOn: ['src/edits/field-kinds.ts: which fields Slack offers to edit'],
  known: imports("AWS's guide is silent"),
  deals: { deal: 'an approved deal' },
  async steps({ deal }) {
    await deal.reach('Approved');
    const answered = await deal.edit({
      'Customer.Account.Address.StateOrRegion': 'New Jersey',
    });
    return refused(answered, 'Customer.Account.Address.StateOrRegion');
  },
});
