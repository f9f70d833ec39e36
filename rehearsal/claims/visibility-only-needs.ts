import { DO_NOT_NEED_SUPPORT } from '../../src/aws/lists.ts';
import { claim, differs, holds } from '../claim.ts';
import { recorded } from '../known.ts';
import { must } from '../stage.ts';

export const visibilityOnlyNeeds = claim({
  id: 'visibility-only-needs',
  claims: 'AWS writes the need that says there is none into a deal submitted for visibility only.',
  reliedOn: [
    "src/aws/lists.ts: the value stands in no enum of AWS's",
    'src/aws/update-request.ts: missing needs mean Co-Sell',
  ],
  known: recorded('2025-12'),
  deals: { deal: {} },
  async steps({ deal }) {
    must(await deal.submit({ involvement: 'For Visibility Only' }), 'a submission for visibility only');
    const { PrimaryNeedsFromAws: needs } = await deal.read();
    const written = Array.isArray(needs) && needs.length === 1 && needs[0] === DO_NOT_NEED_SUPPORT;
    return written ? holds('as it is known') : differs('other needs');
  },
});
