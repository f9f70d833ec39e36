import { RULES } from '../../src/aws/evidence.ts';
import { claim, differs, holds } from '../claim.ts';
import { said } from '../judge.ts';
import { textAt } from '../stage.ts';

export const updateWithOtherCompany = claim({
  id: 'update-with-other-company',
  claims: 'Another target company than AWS and Self silently becomes AWS.',
  reliedOn: ['src/opportunities/readiness-project.ts: the target company is one of two'],
  known: RULES['spend-company'],
  tells: { evidence: 'rule spend-company', holdsWith: 'the claim' },
  deals: { deal: {} },
  async steps({ deal }) {
    const path = 'Project.ExpectedCustomerSpend[0].TargetCompany';
    const answered = await deal.edit({ [path]: 'Acme' });
    if (!answered.ok) return differs(said(answered));
    const company = textAt(await deal.read(), path);
    return company === 'AWS' ? holds('AWS') : differs('it stays');
  },
});
