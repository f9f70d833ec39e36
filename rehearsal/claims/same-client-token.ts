import { claim, differs, holds, untold } from '../claim.ts';
import { said } from '../judge.ts';
import { nobody } from '../known.ts';

export const sameClientToken = claim({
  id: 'same-client-token',
  claims: 'CreateOpportunity with the same ClientToken makes no second deal.',
  reliedOn: ['rehearsal/run.ts: a rehearsal that broke off while it made a deal asks again'],
  known: nobody('the API Reference'),
  deals: { deal: {} },
  async steps({ deal }, { makeAgain }) {
    const { Id: id } = await deal.read();
    const again = await makeAgain(deal);
    if (!again.ok) return untold(said(again));
    return again.json.Id === id ? holds('the same ID') : differs('another ID');
  },
});
