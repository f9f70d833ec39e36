import { claim, differs, holds, untold } from '../claim.ts';
import { said } from '../judge.ts';
import { recorded } from '../known.ts';
import { must, textAt } from '../stage.ts';
import { seenWord } from '../vocabulary.ts';

export const summaryLifeCycle = claim({
  id: 'summary-life-cycle',
  claims: "Right after a submission the summary has no life cycle of AWS's.",
  reliedOn: ["src/aws/opportunity.ts: AWS's own stage may be missing"],
  known: recorded('2026-02', 'two of three; without a stage in the third'),
  deals: { deal: 'a submitted deal' },
  async steps({ deal }) {
    must((await deal.submission()).answered, 'a submission');
    const answered = await deal.summary();
    if (!answered.ok) return untold(said(answered));
    if ((answered.json.LifeCycle ?? null) === null) return holds('null');
    const stage = textAt(answered.json, 'LifeCycle.Stage');
    return differs(stage === '' ? 'one without a stage' : `with the stage ${seenWord(stage)}`);
  },
});
