import { RULES } from '../../src/aws/evidence.ts';
import { sleep } from '../../src/clock.ts';
import { claim, untold } from '../claim.ts';
import { day } from '../deal.ts';
import { said, taken } from '../judge.ts';

export const closingTomorrowAtTheBorder = claim({
  id: 'closing-tomorrow-at-the-border',
  claims: 'At 23:30 UTC a deal that closes on the next day of UTC is taken.',
  reliedOn: ['src/opportunities/readiness-project.ts: near the border of the day it is warned of'],
  known: RULES['close-date-near'],
  tells: { evidence: 'rule close-date-near', holdsWith: 'its opposite' },
  long: '23:30 UTC',
  deals: {},
  async steps(_deals, { clock, make }) {
    const now = clock.now();
    const at = Date.parse(`${day(now, 0)}T23:30:00Z`);
    await sleep(clock, Math.max(0, at - now.getTime()));
    const { deal, answered } = await make({ 'LifeCycle.TargetCloseDate': day(clock.now(), 1) });
    if (!answered.ok) return untold(`it can't be made: ${said(answered)}`);
    return taken(await deal.submit());
  },
});
