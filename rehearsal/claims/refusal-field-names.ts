import { withValueAt } from '../../src/aws/values.ts';
import { claim, differs, holds, untold } from '../claim.ts';
import { said } from '../judge.ts';
import { twoReports } from '../known.ts';

export const refusalFieldNames = claim({
  id: 'refusal-field-names',
  claims: 'A refusal names fields in lower camel case: marketing.source.',
  reliedOn: ['src/opportunities/field-names.ts: which field of ours a refusal is about'],
  known: twoReports('sometimes without the root, sometimes none'),
  deals: { deal: 'a draft' },
  async steps({ deal }) {
    const answered = await deal.edit({}, (request) => withValueAt(request, 'Marketing', undefined));
    if (answered.ok || answered.refusal.fieldErrors.length === 0) return untold('no refusal with a list');
    const names = answered.refusal.fieldErrors.flatMap(({ fieldName }) => fieldName ?? []);
    if (names.length === 0) return differs('none is named');
    return names.every((name) => /^[a-z]/.test(name)) ? holds(said(answered)) : differs(said(answered));
  },
});
