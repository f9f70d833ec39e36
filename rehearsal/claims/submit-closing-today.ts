import { RULES } from '../../src/aws/evidence.ts';
import { claim, untold } from '../claim.ts';
import { day } from '../deal.ts';
import { refused, said } from '../judge.ts';

export const submitClosingToday = claim({
  id: 'submit-closing-today',
  claims: 'A deal that closes today, as UTC counts days, is refused.',
  reliedOn: [
    'src/opportunities/readiness-project.ts: the close date is after today',
    'src/edits/save.ts: what a form takes as a close date',
  ],
  known: RULES['close-date'],
  tells: { evidence: 'rule close-date', holdsWith: 'the claim' },
  deals: {},
  async steps(_deals, { clock, make }) {
    const today = day(clock.now(), 0);
    const { deal, answered } = await make({ 'LifeCycle.TargetCloseDate': today });
    if (!answered.ok) return untold(`it can't be made: ${said(answered)}`);
    const verdict = refused(await deal.submit(), 'LifeCycle.TargetCloseDate');
    return today === day(clock.now(), 0) ? verdict : untold('the day ended meanwhile');
  },
});
