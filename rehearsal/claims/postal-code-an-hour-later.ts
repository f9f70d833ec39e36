import { sleep } from '../../src/clock.ts';
import { claim, differs, holds } from '../claim.ts';
import { nobody } from '../known.ts';
import { must } from '../stage.ts';
import { seenWord } from '../vocabulary.ts';

export const postalCodeAnHourLater = claim({
  id: 'postal-code-an-hour-later',
  claims: 'A deal that was submitted is still submitted an hour later.',
  reliedOn: ['src/opportunities/follow.ts: a review that goes back to a draft is noticed'],
  known: nobody("AWS's CRM connector 3.13: with a wrong postal code it looked submitted and stayed a draft"),
  long: 'an hour',
  deals: { deal: { 'Customer.Account.Address.PostalCode': '99999' } },
  async steps({ deal }, { clock }) {
    must(await deal.submit(), 'a submission with this postal code');
    for (const minutes of [1, 9, 50]) {
      await sleep(clock, minutes * 60_000);
      const status = await deal.status();
      if (status !== 'Submitted') return differs(`${seenWord(status)} within the hour`);
    }
    return holds('after 1, 10 and 60 minutes');
  },
});
