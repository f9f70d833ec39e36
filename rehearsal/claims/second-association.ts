import { claim, differs, holds } from '../claim.ts';
import { said } from '../judge.ts';
import { govwin } from '../known.ts';
import { must } from '../stage.ts';

export const secondAssociation = claim({
  id: 'second-association',
  claims: 'Associating the same again is a ConflictException.',
  reliedOn: ['src/edits/fix.ts: a conflict leads to a new read'],
  known: govwin('which takes it for success'),
  deals: { deal: {} },
  async steps({ deal }) {
    await deal.read();
    must(await deal.associate('AwsProducts', 'AmazonRedshift'), 'a product to be associated');
    const again = await deal.associate('AwsProducts', 'AmazonRedshift');
    if (again.ok) return differs('taken');
    return again.refusal.code === 'ConflictException' ? holds(said(again)) : differs(said(again));
  },
});
