import type { Clock } from '../../src/clock.ts';
import type {
  PartnerCentralFault,
  RecordedRequest,
  StandInCredentials,
} from '../partner-central/stand-in.ts';

/** Starts a stand-in queue on loopback: `startQueue` in `server.ts`. */
export interface QueueOptions {
  readonly clock: Clock;
  /** The only credentials it accepts; AWS's example ones where they aren't given. */
  readonly credentials?: StandInCredentials;
  /** A message that was received so often goes to the dead-letter queue instead of being received again; 5. Infinity: there is none. */
  readonly maxReceiveCount?: number;
}

export interface QueuedMessage {
  readonly id: string;
  readonly body: string;
  readonly receiveCount: number;
}

export interface QueueStandIn {
  /** For EVENTS_QUEUE_URL. */
  readonly url: string;
  /** Puts a message into the queue; answers its ID. */
  send(body: string): string;
  /** What EventBridge sends when an opportunity changed. */
  sendOpportunityUpdated(catalog: string, opportunityId: string): string;
  /** What isn't deleted: waiting, or received and still kept from others. */
  messages(): readonly QueuedMessage[];
  deadLetters(): readonly QueuedMessage[];
  /** Every request since the start, oldest first. */
  requests(operation?: string): readonly RecordedRequest[];
  /** Switches a fault on; the answer switches it off. */
  injectFault(fault: PartnerCentralFault): () => void;
  close(): Promise<void>;
}
