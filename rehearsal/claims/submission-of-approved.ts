import { claim, differs } from '../claim.ts';
import { refused } from '../judge.ts';
import { nobody } from '../known.ts';
import { seenWord } from '../vocabulary.ts';

export const submissionOfApproved = claim({
  id: 'submission-of-approved',
  claims: 'An approved deal can be submitted no more.',
  reliedOn: ['src/aws/terms.ts: what stops a submission before it is sent'],
  known: nobody("AWS's guide"),
  deals: { deal: 'an approved deal' },
  async steps({ deal }) {
    await deal.reach('Approved');
    const answered = refused(await deal.submit());
    const status = await deal.status();
    return status === 'Approved' ? answered : differs(`${answered.seen}; it is ${seenWord(status)} now`);
  },
});
