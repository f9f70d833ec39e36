import { claim, differs, holds, untold } from '../claim.ts';
import { said } from '../judge.ts';
import { recorded } from '../known.ts';
import { seenWord } from '../vocabulary.ts';

export const statusEchoed = claim({
  id: 'status-echoed',
  claims: 'An update that sends the review status back as it was read keeps it.',
  reliedOn: ['src/aws/update-request.ts: what goes into every update'],
  known: recorded('2024-11'),
  deals: { deal: {} },
  async steps({ deal }) {
    const answered = await deal.edit({ 'LifeCycle.NextSteps': 'None yet: a rehearsal' });
    if (!answered.ok) return untold(said(answered));
    const status = await deal.status();
    return status === 'Pending Submission'
      ? holds('as it was')
      : differs(status === '' ? 'no status' : seenWord(status));
  },
});
