import { withValueAt } from '../../src/aws/values.ts';
import { claim, differs, holds } from '../claim.ts';
import { said } from '../judge.ts';
import { nobody } from '../known.ts';
import { seenWord } from '../vocabulary.ts';

export const statusNull = claim({
  id: 'status-null',
  claims: 'An update with the review status null empties it, as one that leaves it out does.',
  reliedOn: ['src/aws/update-request.ts: what goes into every update'],
  known: nobody("null and absent are one in AWS's protocol"),
  deals: { deal: {} },
  async steps({ deal }) {
    const answered = await deal.edit({}, (request) => withValueAt(request, 'LifeCycle.ReviewStatus', null));
    if (!answered.ok) return differs(said(answered));
    const status = await deal.status();
    return status === '' ? holds('no status') : differs(`still ${seenWord(status)}`);
  },
});
