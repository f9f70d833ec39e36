import type { Clock } from '../../src/clock.ts';
import type { PartnerCentralStandIn } from '../partner-central/stand-in.ts';
import type { QueueStandIn } from './stand-in.ts';

/** Between the two events of one submission: two to three seconds (recorded 2025-02 and 2025-12). */
const againAfterMs = 2000;

/**
 * Plays EventBridge and its rule: whatever is modified at Partner Central from now on sends *Opportunity Updated* into
 * the queue, a submission twice, an association once (recorded 2025-02 and 2025-12). The answer ends it.
 */
export function sendUpdates(
  partnerCentral: PartnerCentralStandIn,
  queue: QueueStandIn,
  clock: Clock,
): () => void {
  const seen = () =>
    new Map(
      partnerCentral.opportunities().map(({ catalog, opportunity }) => [
        `${catalog} ${opportunity.Id}`,
        {
          modified: opportunity.LastModifiedDate,
          submissions: partnerCentral.submissionsExecuted(opportunity.Id),
        },
      ]),
    );
  const planned = new Set<() => void>();
  let known = seen();
  const unsubscribe = partnerCentral.onChange(() => {
    const now = seen();
    for (const { catalog, opportunity } of partnerCentral.opportunities()) {
      const key = `${catalog} ${opportunity.Id}`;
      const [before, after] = [known.get(key), now.get(key)];
      if (before?.modified === after?.modified) continue;
      queue.sendOpportunityUpdated(catalog, opportunity.Id);
      if (before === undefined || before.submissions === after?.submissions) continue;
      const cancel = clock.after(againAfterMs, () => {
        planned.delete(cancel);
        queue.sendOpportunityUpdated(catalog, opportunity.Id);
      });
      planned.add(cancel);
    }
    known = now;
  });
  return () => {
    unsubscribe();
    for (const cancel of planned) cancel();
  };
}
