import { RULES } from '../../src/aws/evidence.ts';
import { claim } from '../claim.ts';
import { taken } from '../judge.ts';

export const updateWithCampaign = claim({
  id: 'update-with-campaign',
  claims: 'An update with a campaign and without a marketing activity is taken.',
  reliedOn: ['src/opportunities/readiness-customer.ts: a campaign without a source is warned of'],
  known: RULES['no-campaign'],
  tells: { evidence: 'rule no-campaign', holdsWith: 'its opposite' },
  deals: { deal: {} },
  async steps({ deal }) {
    return taken(await deal.edit({ 'Marketing.CampaignName': 'A rehearsal' }));
  },
});
