import { claim, untold } from '../claim.ts';
import { day } from '../deal.ts';
import { refused, said } from '../judge.ts';
import { nobody } from '../known.ts';

export const submitClosingYesterday = claim({
  id: 'submit-closing-yesterday',
  claims: 'A deal whose close date has passed is refused.',
  reliedOn: ['src/opportunities/readiness-project.ts: the close date is after today'],
  known: nobody("AWS's guide"),
  deals: {},
  async steps(_deals, { clock, make }) {
    const { deal, answered } = await make({ 'LifeCycle.TargetCloseDate': day(clock.now(), -1) });
    if (!answered.ok) return untold(`it can't be made: ${said(answered)}`);
    return refused(await deal.submit(), 'LifeCycle.TargetCloseDate');
  },
});
