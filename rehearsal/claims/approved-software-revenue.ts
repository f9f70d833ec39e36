import { claim } from '../claim.ts';
import { refused } from '../judge.ts';
import { contradictory } from '../known.ts';

export const approvedSoftwareRevenue = claim({
  id: 'approved-software-revenue',
  claims: "The software revenue of an approved deal can't be edited.",
  reliedOn: ['src/edits/field-kinds.ts: which fields Slack offers to edit'],
  known: contradictory('locked by one report, left to special programs by the field list for imports'),
  deals: { deal: 'an approved deal' },
  async steps({ deal }) {
    await deal.reach('Approved');
    const answered = await deal.edit({
      SoftwareRevenue: {
        DeliveryModel: 'Subscription',
        Value: { Amount: '100', CurrencyCode: 'USD' },
        EffectiveDate: '2026-01-01',
        ExpirationDate: '2026-12-31',
      },
    });
    return refused(answered, 'SoftwareRevenue');
  },
});
