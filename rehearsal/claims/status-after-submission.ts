import { sleep } from '../../src/clock.ts';
import { claim, differs, holds } from '../claim.ts';
import { recorded } from '../known.ts';
import { must } from '../stage.ts';
import { seenWord } from '../vocabulary.ts';

export const statusAfterSubmission = claim({
  id: 'status-after-submission',
  claims: 'A submission that AWS takes puts the review status to Submitted.',
  reliedOn: [
    'src/aws/terms.ts: which statuses mean that AWS has it',
    'src/submissions/sending/steps.ts: a doubt is settled by reading',
  ],
  known: recorded('2025-12'),
  deals: { deal: 'a submitted deal' },
  async steps({ deal }, { clock }) {
    must((await deal.submission()).answered, 'a submission');
    // Later than any read was seen to lag.
    await sleep(clock, 10_000);
    const status = await deal.status();
    return status === 'Submitted' ? holds(status) : differs(status === '' ? 'no status' : seenWord(status));
  },
});
