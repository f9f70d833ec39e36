import { type JsonObject, valueAt, withValueAt } from '../aws/exact-json.ts';
import type { WholeOpportunity } from '../aws/operations.ts';
import type { Opportunity } from '../aws/opportunity.ts';
import { isNationalSecurity } from '../aws/readable.ts';
import { relatedEntityTypeOf } from '../aws/terms.ts';
import type { WholeJson } from '../aws/update-request.ts';
import { differences } from '../aws/update-request.ts';
import type { Bot } from '../bot.ts';
import { sleep } from '../clock.ts';
import type { Edit } from './edit.ts';
import type { Dropped, Seen } from './then-submit.ts';

/** How often a deal is read until it shows what was written, and how many milliseconds apart. */
const READS = 4;
const READ_EVERY_MS = 1000;

/**
 * Whether AWS shows the deal as it was `read` before a step and as that step was to make it, and nothing else; asked for
 * where a submission is to follow. AWS's reads were seen to lag behind its writes: it is asked a few times.
 */
export async function seenSince(
  bot: Pick<Bot, 'aws' | 'clock'>,
  sent: Edit,
  read: WholeJson,
  expected: JsonObject,
): Promise<Seen | undefined> {
  if (sent.thenSubmit?.type !== 'wanted') return undefined;
  let why: Dropped = 'unread';
  for (let reads = 0; reads < READS; reads += 1) {
    if (reads > 0) await sleep(bot.clock, READ_EVERY_MS);
    const now = await bot.aws.getWholeOpportunity({ Catalog: sent.catalog, Identifier: sent.opportunityId });
    if (!now.ok) continue;
    const { json, opportunity } = now.value;
    const isOld = json.LastModifiedDate === read.LastModifiedDate;
    if (!isOld && differences(expected, json).length === 0) return asWanted(opportunity);
    why = isOld ? 'unread' : 'changed';
  }
  return { type: 'dropped', why };
}

/** What was read is what is wanted. */
const asWanted = (opportunity: Opportunity): Seen => ({
  type: 'as-wanted',
  deal: {
    lastModifiedDate: opportunity.LastModifiedDate,
    nationalSecurity: isNationalSecurity(opportunity),
  },
});

/** What a read before a step says where a submission is to follow: whether the deal is still as the person saw it. */
export const seenBefore = (edit: Edit, { opportunity }: WholeOpportunity): Seen =>
  opportunity.LastModifiedDate === edit.lastModifiedDate
    ? asWanted(opportunity)
    : { type: 'dropped', why: 'changed' };

export function withSolution(json: JsonObject, solution: string | undefined): JsonObject {
  const path = `RelatedEntityIdentifiers.${relatedEntityTypeOf(solution ?? '') ?? 'Solutions'}`;
  const associated = valueAt(json, path);
  return withValueAt(json, path, [...(Array.isArray(associated) ? associated : []), solution]);
}
