import { valueAt } from '../../src/aws/values.ts';
import { sleep } from '../../src/clock.ts';
import { claim, differs, holds } from '../claim.ts';
import { nobody } from '../known.ts';
import { must } from '../stage.ts';

export const listAfterSubmission = claim({
  id: 'list-after-submission',
  claims: 'A list by status has a submitted deal within 30 seconds.',
  reliedOn: ['src/opportunities/follow.ts: reviews are followed by lists'],
  known: nobody('our reading'),
  deals: { deal: 'a submitted deal' },
  async steps({ deal }, { clock, listed }) {
    must((await deal.submission()).answered, 'a submission');
    const status = await deal.status();
    const { Id: id } = await deal.read();
    const startedAt = clock.monotonic();
    for (;;) {
      const list = await listed(status);
      must(list, 'a list');
      const seconds = Math.round((clock.monotonic() - startedAt) / 1_000);
      const deals = valueAt(list.ok ? list.json : {}, 'OpportunitySummaries');
      const there =
        Array.isArray(deals) && deals.some((_, at) => valueAt({ deals }, `deals[${at}].Id`) === id);
      if (there) return holds(`within ${Math.max(seconds, 1)} s`);
      if (seconds > 30) return differs('not within 30 s');
      await sleep(clock, 2_000);
    }
  },
});
