import { claim } from '../claim.ts';
import { refused } from '../judge.ts';
import { govwin } from '../known.ts';

export const associationWhileSubmitted = claim({
  id: 'association-while-submitted',
  claims: 'While AWS reviews a deal nothing can be associated with it.',
  reliedOn: ['src/edits/field-kinds.ts: when solutions are offered'],
  known: govwin(),
  deals: { deal: 'another submitted deal' },
  async steps({ deal }) {
    await deal.reach('Submitted');
    return refused(await deal.associate('AwsProducts', 'AmazonRedshift'));
  },
});
