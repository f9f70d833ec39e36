import { claim } from '../claim.ts';
import { taken } from '../judge.ts';
import { contradictory } from '../known.ts';

export const updateWithFundingNo = claim({
  id: 'update-with-funding-no',
  claims: 'An update that says that no funds were used, without a marketing activity, is taken.',
  reliedOn: ['src/aws/update-request.ts: when a source is added'],
  known: contradictory('sent by another connector'),
  deals: { deal: {} },
  async steps({ deal }) {
    return taken(await deal.edit({ 'Marketing.AwsFundingUsed': 'No' }));
  },
});
