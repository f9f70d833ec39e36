import { z } from 'zod';

/** What a message in the queue of events says. */
export type EventRead =
  | { readonly type: 'opportunity-updated'; readonly catalog: string; readonly opportunityId: string }
  /** Another event than the rule should let through: nobody here waits for it. */
  | { readonly type: 'other' }
  /** Not an event of EventBridge's, or not of the form AWS documents. */
  | { readonly type: 'malformed' };

const envelope = z.object({ source: z.string(), 'detail-type': z.string(), detail: z.unknown() });

const detail = z.object({
  catalog: z.string(),
  opportunity: z.object({ identifier: z.string().regex(/^O[0-9]{1,19}$/) }),
});

/**
 * Reads EventBridge's *Opportunity Updated* as SQS delivers it. It names no status: whoever wants to know reads the
 * opportunity. Never throws, whatever came.
 *
 * "Notifications for the AWS Partner Central Selling API",
 * https://docs.aws.amazon.com/partner-central/latest/developer-guide/selling-api-events.html
 */
export function readEvent(body: string): EventRead {
  const event = envelope.safeParse(parsed(body));
  if (!event.success) return { type: 'malformed' };
  const { source, 'detail-type': detailType } = event.data;
  if (source !== 'aws.partnercentral-selling' || detailType !== 'Opportunity Updated') {
    return { type: 'other' };
  }
  const updated = detail.safeParse(event.data.detail);
  if (!updated.success) return { type: 'malformed' };
  return {
    type: 'opportunity-updated',
    catalog: updated.data.catalog,
    opportunityId: updated.data.opportunity.identifier,
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
