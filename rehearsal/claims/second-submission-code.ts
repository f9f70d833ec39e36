import { claim, differs, holds, untold } from '../claim.ts';
import { hasCode, said } from '../judge.ts';
import { hubspot } from '../known.ts';

export const secondSubmissionCode = claim({
  id: 'second-submission-code',
  claims: 'That refusal names ACTION_NOT_PERMITTED, as others do too.',
  reliedOn: ['src/submissions/sending/submit.ts: the code alone proves nothing, so it reads'],
  known: hubspot('of a deal without a status'),
  deals: { deal: 'another submitted deal' },
  async steps({ deal }) {
    await deal.reach('Submitted');
    const answered = await deal.submit();
    if (answered.ok) return untold('taken');
    return hasCode(answered, 'ACTION_NOT_PERMITTED') ? holds(said(answered)) : differs(said(answered));
  },
});
