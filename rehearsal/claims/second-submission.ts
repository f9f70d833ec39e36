import { sleep } from '../../src/clock.ts';
import { claim, differs } from '../claim.ts';
import { refused } from '../judge.ts';
import { nobody } from '../known.ts';

export const secondSubmission = claim({
  id: 'second-submission',
  claims: 'A second submission of a submitted deal is refused, and changes nothing in it.',
  reliedOn: [
    'src/attempts/attempt.ts: nothing is sent twice',
    'src/submissions/sending/submit.ts: a refusal is no proof of a submission',
  ],
  known: nobody('AWS declares no token for it'),
  deals: { deal: 'another submitted deal' },
  async steps({ deal }, { clock }) {
    await deal.reach('Submitted');
    // AWS tells of a submission twice, within three seconds: what moves the date then isn't the second one.
    await sleep(clock, 10_000);
    const before = await deal.read();
    const second = refused(await deal.submit());
    const after = await deal.read();
    if (before.LastModifiedDate === after.LastModifiedDate) return second;
    return differs(`${second.seen}; and yet the deal was modified`);
  },
});
