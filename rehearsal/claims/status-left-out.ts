import { withValueAt } from '../../src/aws/values.ts';
import { claim, differs, holds } from '../claim.ts';
import { said } from '../judge.ts';
import { twoReports } from '../known.ts';
import { seenWord } from '../vocabulary.ts';

export const statusLeftOut = claim({
  id: 'status-left-out',
  claims: 'An update that leaves the review status out empties it.',
  reliedOn: ['src/aws/update-request.ts: what goes into every update'],
  known: twoReports("and AWS's CRM connector 3.6, in production"),
  deals: { deal: {} },
  async steps({ deal }) {
    const answered = await deal.edit({}, (request) =>
      withValueAt(request, 'LifeCycle.ReviewStatus', undefined),
    );
    if (!answered.ok) return differs(said(answered));
    const status = await deal.status();
    return status === '' ? holds('no status') : differs(`still ${seenWord(status)}`);
  },
});
