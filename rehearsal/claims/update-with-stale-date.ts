import { claim, differs, holds } from '../claim.ts';
import { said } from '../judge.ts';
import { twoReports } from '../known.ts';
import { must } from '../stage.ts';

export const updateWithStaleDate = claim({
  id: 'update-with-stale-date',
  claims: 'An update made from an older read is refused as a conflict.',
  reliedOn: ["src/edits/fix.ts: nobody's change is overwritten"],
  known: twoReports(),
  deals: { deal: {} },
  async steps({ deal }) {
    const { LastModifiedDate: before } = await deal.read();
    must(await deal.edit({ 'LifeCycle.NextSteps': 'None yet: a rehearsal' }), 'an update');
    const answered = await deal.edit({ 'LifeCycle.NextSteps': 'None: a rehearsal' }, (request) => ({
      ...request,
      LastModifiedDate: before,
    }));
    if (answered.ok) return differs('taken');
    return answered.refusal.code === 'ConflictException' ? holds(said(answered)) : differs(said(answered));
  },
});
