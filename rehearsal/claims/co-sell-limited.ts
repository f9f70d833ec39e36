import { RULES } from '../../src/aws/evidence.ts';
import { claim } from '../claim.ts';
import { refused } from '../judge.ts';

export const coSellLimited = claim({
  id: 'co-sell-limited',
  claims: 'Co-Sell with Limited visibility is refused.',
  reliedOn: ['src/opportunities/readiness-customer.ts: the form holds the two apart'],
  known: RULES['co-sell-limited'],
  tells: { evidence: 'rule co-sell-limited', holdsWith: 'the claim' },
  deals: { deal: {} },
  async steps({ deal }) {
    return refused(await deal.submit({ visibility: 'Limited' }));
  },
});
