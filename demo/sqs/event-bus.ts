import type { PartnerCentralStandIn } from '../partner-central/stand-in.ts';
import type { QueueStandIn } from './stand-in.ts';

/**
 * Plays EventBridge and its rule: whatever is modified at Partner Central from now on sends *Opportunity Updated* into
 * the queue. The answer ends it.
 */
export function sendUpdates(partnerCentral: PartnerCentralStandIn, queue: QueueStandIn): () => void {
  const modified = () =>
    new Map(
      partnerCentral
        .opportunities()
        .map(({ catalog, opportunity }) => [`${catalog} ${opportunity.Id}`, opportunity.LastModifiedDate]),
    );
  let known = modified();
  return partnerCentral.onChange(() => {
    const now = modified();
    for (const { catalog, opportunity } of partnerCentral.opportunities()) {
      const key = `${catalog} ${opportunity.Id}`;
      if (known.get(key) !== now.get(key)) queue.sendOpportunityUpdated(catalog, opportunity.Id);
    }
    known = now;
  });
}
