import { claim } from '../claim.ts';
import { taken } from '../judge.ts';
import { contradictory } from '../known.ts';

export const updateWithNamelessContact = claim({
  id: 'update-with-nameless-contact',
  claims: 'An update with a contact that has no names is taken.',
  reliedOn: ['src/aws/update-request.ts: which entries go back as they came'],
  known: contradictory('a recorded request of 2024-11 has one'),
  deals: { deal: {} },
  async steps({ deal }) {
    return taken(await deal.edit({ 'Customer.Contacts': [{ Email: 'rehearsal@example.com' }] }));
  },
});
