import { claim, differs, holds } from '../claim.ts';
import { govwin } from '../known.ts';
import { must } from '../stage.ts';

export const foundAfterCreation = claim({
  id: 'found-after-creation',
  claims: 'What was just made is found by no read at first, and then within 10 seconds.',
  reliedOn: ['src/opportunities/follow.ts: not found at once is not gone'],
  known: govwin('3 to 5 s'),
  deals: {},
  async steps(_deals, { clock, make }) {
    const { deal, answered } = await make({});
    must(answered, 'a deal to be made');
    const madeAt = clock.monotonic();
    const first = await deal.look();
    if (first.ok) return differs('found at once');
    await deal.read();
    const seconds = Math.ceil((clock.monotonic() - madeAt) / 1_000);
    return seconds <= 10 ? holds(`after ${seconds} s`) : differs(`after ${seconds} s`);
  },
});
