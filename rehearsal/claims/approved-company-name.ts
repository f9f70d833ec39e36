import { claim } from '../claim.ts';
import { refused } from '../judge.ts';
import { hubspot } from '../known.ts';

export const approvedCompanyName = claim({
  id: 'approved-company-name',
  claims: "The company name of an approved deal can't be edited.",
  reliedOn: ['src/edits/field-kinds.ts: which fields Slack offers to edit'],
  known: hubspot(),
  deals: { deal: 'an approved deal' },
  async steps({ deal }) {
    await deal.reach('Approved');
    const answered = await deal.edit({
      'Customer.Account.CompanyName': 'Rehearsal Fisheries, renamed (made up)',
    });
    return refused(answered, 'Customer.Account.CompanyName');
  },
});
