import { claim, differs, holds } from '../claim.ts';
import { twoReports } from '../known.ts';
import { textAt } from '../stage.ts';
import { seenWord } from '../vocabulary.ts';

export const stageAtCreation = claim({
  id: 'stage-at-creation',
  claims: 'A new deal is at Prospect, whatever stage it is asked for with.',
  reliedOn: ['src/opportunities/readiness-project.ts: an early stage holds nobody back'],
  known: twoReports(),
  deals: { deal: { 'LifeCycle.Stage': 'Qualified' } },
  async steps({ deal }) {
    const stage = textAt(await deal.read(), 'LifeCycle.Stage');
    return stage === 'Prospect' ? holds(stage) : differs(seenWord(stage));
  },
});
