import { claim, differs, holds } from '../claim.ts';
import { recorded } from '../known.ts';
import { must } from '../stage.ts';

export const submissionTime = claim({
  id: 'submission-time',
  claims: 'AWS answers a submission within 20 seconds.',
  reliedOn: ['src/aws/client.ts: how long a write waits for an answer before it is a doubt'],
  known: recorded('2025-12', '4 to 9 s, of the task that calls this operation'),
  deals: { deal: 'a submitted deal' },
  async steps({ deal }) {
    const { answered } = await deal.submission();
    must(answered, 'a submission');
    const seconds = (answered.exchange.ms / 1_000).toFixed(1);
    return answered.exchange.ms < 20_000 ? holds(`${seconds} s`) : differs(`${seconds} s`);
  },
});
