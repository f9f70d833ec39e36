import { claim, differs, holds } from '../claim.ts';
import { recorded } from '../known.ts';
import { must } from '../stage.ts';

export const submissionAnswer = claim({
  id: 'submission-answer',
  claims: 'A submission that AWS takes is answered with status 200, a request ID and nothing else.',
  reliedOn: [
    'src/aws/operations.ts: anything else is no sure yes',
    'src/submissions/sending/steps.ts: a doubt is settled by reading',
  ],
  known: recorded('2025-02'),
  deals: { deal: 'a submitted deal' },
  async steps({ deal }) {
    const { answered } = await deal.submission();
    must(answered, 'a submission');
    const { answer, result } = answered.exchange;
    const empty = /^(\{\s*\})?$/.test(answer?.body.trim() ?? '');
    if (!empty) return differs('there is something in the answer');
    return result.ok && result.requestId !== undefined
      ? holds('empty, with a request ID')
      : differs('empty, without a request ID');
  },
});
