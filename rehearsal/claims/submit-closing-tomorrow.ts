import { claim, untold } from '../claim.ts';
import { day } from '../deal.ts';
import { said, taken } from '../judge.ts';
import { nobody } from '../known.ts';

export const submitClosingTomorrow = claim({
  id: 'submit-closing-tomorrow',
  claims: 'A deal that closes tomorrow, as UTC counts days, is taken.',
  reliedOn: ['src/opportunities/readiness-project.ts: the close date is after today'],
  known: nobody('our reading'),
  deals: {},
  async steps(_deals, { clock, make }) {
    const { deal, answered } = await make({ 'LifeCycle.TargetCloseDate': day(clock.now(), 1) });
    if (!answered.ok) return untold(`it can't be made: ${said(answered)}`);
    return taken(await deal.submit());
  },
});
