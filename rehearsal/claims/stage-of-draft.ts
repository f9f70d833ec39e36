import { LOCKS } from '../../src/aws/evidence.ts';
import { claim } from '../claim.ts';
import { refused } from '../judge.ts';

export const stageOfDraft = claim({
  id: 'stage-of-draft',
  claims: "The stage of a draft can't be changed.",
  reliedOn: ['src/edits/field-kinds.ts: which fields Slack offers to edit'],
  known: LOCKS['Pending Submission']['LifeCycle.Stage'],
  tells: { evidence: 'lock Pending Submission: LifeCycle.Stage', holdsWith: 'the claim' },
  deals: { deal: {} },
  async steps({ deal }) {
    return refused(await deal.edit({ 'LifeCycle.Stage': 'Qualified' }), 'LifeCycle.Stage');
  },
});
