import { claim, differs, holds } from '../claim.ts';
import { recorded } from '../known.ts';
import { must } from '../stage.ts';
import { seenWord } from '../vocabulary.ts';

export const readAfterSubmission = claim({
  id: 'read-after-submission',
  claims: 'A read right after the answer shows that the deal is submitted.',
  reliedOn: [
    'src/submissions/sending/steps.ts: when a read may settle a doubt',
    'src/opportunities/follow.ts: when a review is first looked at',
  ],
  known: recorded('2025-12', '50 s after it'),
  deals: { deal: 'a submitted deal' },
  async steps({ deal }) {
    const { answered, statusAtOnce } = await deal.submission();
    must(answered, 'a submission');
    if (statusAtOnce === 'Submitted') return holds('shown at once');
    const status = await deal.status();
    return differs(`at once ${seenWord(statusAtOnce)}, later ${seenWord(status)}`);
  },
});
