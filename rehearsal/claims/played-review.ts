import { claim, differs, holds } from '../claim.ts';
import { said } from '../judge.ts';
import { recorded } from '../known.ts';
import { seenWord } from '../vocabulary.ts';

export const playedReview = claim({
  id: 'played-review',
  claims: 'Sandbox lets a review be played by an update: a submitted deal becomes approved.',
  reliedOn: ['docs/set-up.md: how a decision is tried in Sandbox'],
  known: recorded('2025-02'),
  deals: { deal: {} },
  async steps({ deal }) {
    await deal.reach('Submitted');
    const answered = await deal.edit({ 'LifeCycle.ReviewStatus': 'Approved' });
    const status = await deal.status();
    if (status === 'Approved') return holds(status);
    return differs(`${said(answered)}; it is ${seenWord(status)}`);
  },
});
