import { isJsonObject } from '../../src/aws/values.ts';
import { claim, differs, holds, untold } from '../claim.ts';
import { said } from '../judge.ts';
import { recorded } from '../known.ts';
import { must } from '../stage.ts';
import { seenWord } from '../vocabulary.ts';

export const summaryInsights = claim({
  id: 'summary-insights',
  claims: 'Right after a submission the summary has no insights.',
  reliedOn: ["src/aws/opportunity.ts: which of AWS's insights are read"],
  known: recorded('2026-02'),
  deals: { deal: 'a submitted deal' },
  async steps({ deal }) {
    must((await deal.submission()).answered, 'a submission');
    const answered = await deal.summary();
    if (!answered.ok) return untold(said(answered));
    const insights = answered.json.Insights ?? null;
    if (insights === null) return holds('null');
    return differs(
      isJsonObject(insights) ? Object.keys(insights).map(seenWord).join(', ') : 'something else',
    );
  },
});
