import { withValueAt } from '../../src/aws/values.ts';
import { claim, differs, holds, untold } from '../claim.ts';
import { twoReports } from '../known.ts';

export const refusalMessage = claim({
  id: 'refusal-message',
  claims: 'The text on top of a refusal is empty; everything is in its list.',
  reliedOn: ['src/aws/errors.ts: an empty text with a list is whole'],
  known: twoReports(),
  deals: { deal: 'a draft' },
  async steps({ deal }) {
    const answered = await deal.edit({}, (request) => withValueAt(request, 'Marketing', undefined));
    if (answered.ok || answered.refusal.fieldErrors.length === 0) return untold('no refusal with a list');
    return answered.refusal.message === '' ? holds('empty') : differs('there is a text');
  },
});
