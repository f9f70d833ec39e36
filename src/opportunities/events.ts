import { z } from 'zod';
import type { PartnerCentralError } from '../aws/errors.ts';
import type { Queue, QueueMessage } from '../aws/queue.ts';
import { parsedJson } from '../aws/values.ts';
import type { Bot } from '../bot.ts';
import { sleep } from '../clock.ts';
import { type CompareBot, compareReviews, tellsElsewhere } from './follow.ts';
import { reviewIn } from './opportunity.ts';

/** What a message in the queue of events says. */
type EventRead =
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
  const event = envelope.safeParse(parsedJson(body));
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

/** Between two reads in a row (milliseconds): of AWS's quota of 10 a second other tools have their share. */
const BETWEEN_READS_MS = 500;
/** A queue that answers at once that it is empty doesn't wait as it was asked to. */
const LEAST_WAIT_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Follows AWS's reviews by EventBridge's events, beside the polls: a decision is known within seconds. An event only says
 * that an opportunity changed, at least once and in any order: it is read, and compared like every other read. A message
 * is deleted once that has happened, or where nobody here waits for it. Whatever can't be handled comes again, and after
 * some times goes to the queue's dead-letter queue.
 */
export function createEvents(bot: CompareBot & Pick<Bot, 'aws' | 'log' | 'observe'>, queue: Queue) {
  const { store, aws, clock, log, catalog, observe } = bot;
  const stopping = new AbortController();
  let failures = 0;
  /** Of the failure that was logged last; the same one isn't logged again. */
  let said: string | undefined;

  const failed = ({ code, kind, requestId }: PartnerCentralError, what: string): false => {
    failures += 1;
    if (said !== code) log.error({ code, kind, requestId }, what);
    said = code;
    return false;
  };

  /** By opportunity, so that many events for one are one read; and what is done with at once. */
  const sort = (messages: readonly QueueMessage[]) => {
    const changed = new Map<string, QueueMessage[]>();
    const done: QueueMessage[] = [];
    for (const message of messages) {
      const event = readEvent(message.Body);
      if (event.type === 'malformed') {
        // By its ID it is found in the dead-letter queue; what is in it may be anything.
        log.warn(
          { message: message.MessageId },
          'an event could not be read; left for the dead-letter queue',
        );
        observe.events('malformed', 1);
      } else if (event.type === 'other' || event.catalog !== catalog) {
        observe.events('ignored', 1);
        done.push(message);
      } else {
        changed.set(event.opportunityId, [...(changed.get(event.opportunityId) ?? []), message]);
      }
    }
    return { changed, done };
  };

  const readAndCompare = async (opportunityId: string): Promise<'compared' | 'refused' | 'failed'> => {
    const at = clock.now();
    const read = await aws.getOpportunity({ Catalog: catalog, Identifier: opportunityId });
    if (read.ok) {
      await compareReviews(bot, [reviewIn(read.value)], { at, requestId: read.requestId, actor: 'aws' });
      return 'compared';
    }
    if (read.error.kind === 'refused') {
      const { code, requestId } = read.error;
      log.warn({ opportunity: opportunityId, code, requestId }, 'AWS refused to read what an event names');
      return 'refused';
    }
    failed(read.error, 'AWS could not be asked what an event is about; it comes again');
    return 'failed';
  };

  const handle = async (messages: readonly QueueMessage[]): Promise<boolean> => {
    const { changed, done } = sort(messages);
    const ids = [...changed.keys()];
    const concerned = (await tellsElsewhere(bot)) ? new Set(ids) : await store.knownAmong(catalog, ids);
    let reads = 0;
    let goingWell = true;
    for (const [opportunityId, about] of changed) {
      if (!concerned.has(opportunityId)) {
        observe.events('ignored', about.length);
        done.push(...about);
        continue;
      }
      if (stopping.signal.aborted || !goingWell) continue;
      if (reads > 0) await sleep(clock, BETWEEN_READS_MS);
      reads += 1;
      const came = await readAndCompare(opportunityId);
      observe.events(came, about.length);
      if (came === 'compared') done.push(...about);
      if (came === 'failed') goingWell = false;
    }
    if (done.length > 0) {
      const deleted = await queue.delete(done);
      if (!deleted.ok) return failed(deleted.error, 'events were handled and could not be deleted');
    }
    return goingWell;
  };

  return {
    /** Waits for events and handles those that come. True: wait for the next ones at once. */
    async receive(): Promise<boolean> {
      const askedAt = clock.monotonic();
      const received = await queue.receive(stopping.signal);
      if (stopping.signal.aborted) return false;
      if (!received.ok) {
        return failed(
          received.error,
          'no events can be received: check EVENTS_QUEUE_URL, and that the bot may sqs:ReceiveMessage and sqs:DeleteMessage there; polling goes on',
        );
      }
      try {
        if (received.value.length > 0 && !(await handle(received.value))) return false;
      } catch (error) {
        failures += 1;
        throw error;
      }
      if (failures > 0) log.info('events are received again');
      failures = 0;
      said = undefined;
      return received.value.length > 0 || clock.monotonic() - askedAt >= LEAST_WAIT_MS;
    },

    /** Milliseconds until the next wait after a round that answered false; grows with failures in a row. */
    pauseMs: (): number => Math.min(LONGEST_PAUSE_MS, 1000 * 2 ** failures),

    /** Breaks off the wait, for good. */
    stop: (): void => stopping.abort(),
  };
}
