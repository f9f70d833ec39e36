import { claim } from '../claim.ts';
import { refused } from '../judge.ts';
import { nobody } from '../known.ts';

export const approvedPartnerReference = claim({
  id: 'approved-partner-reference',
  claims: "The partner's own reference of an approved deal can't be edited.",
  reliedOn: ['src/edits/field-kinds.ts: which fields Slack offers to edit'],
  known: nobody("AWS's guide locks it, its field list for imports doesn't"),
  deals: { deal: 'an approved deal' },
  async steps({ deal }) {
    await deal.reach('Approved');
    const answered = await deal.edit({
      PartnerOpportunityIdentifier: 'rehearsal',
    });
    return refused(answered, 'PartnerOpportunityIdentifier');
  },
});
