import { claim, differs, holds } from '../claim.ts';
import { taken } from '../judge.ts';
import { imports } from '../known.ts';
import { textAt } from '../stage.ts';

export const approvedCity = claim({
  id: 'approved-city',
  claims: 'The city of an approved deal can be edited.',
  reliedOn: ['src/edits/field-kinds.ts: which fields Slack offers to edit'],
  known: imports(),
  deals: { deal: 'an approved deal' },
  async steps({ deal }) {
    await deal.reach('Approved');
    const path = 'Customer.Account.Address.City';
    const answered = await deal.edit({ [path]: 'Buffalo' });
    if (!answered.ok) return taken(answered);
    return textAt(await deal.read(), path) === 'Buffalo'
      ? holds('changed')
      : differs('taken; the old one stays');
  },
});
