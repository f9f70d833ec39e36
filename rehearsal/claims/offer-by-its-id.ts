import { claim, differs, holds } from '../claim.ts';
import { said } from '../judge.ts';
import { nobody } from '../known.ts';

export const offerByItsId = claim({
  id: 'offer-by-its-id',
  claims: 'A Marketplace offer is associated by its ARN, not by its ID.',
  reliedOn: ['src/edits/solutions.ts: what can be associated from Slack'],
  known: nobody("AWS's guide"),
  deals: { deal: {} },
  async steps({ deal }) {
    await deal.read();
    // No offer has this ID, so none can be touched.
    const answered = await deal.associate('AwsMarketplaceOffers', 'offer-0000000000000');
    if (answered.ok) return differs('taken');
    return answered.refusal.code === 'ValidationException' ? holds(said(answered)) : differs(said(answered));
  },
});
