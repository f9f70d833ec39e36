import type { JsonObject } from './json.ts';
import type { Acknowledgement } from './stand-in.ts';

export type Kind = 'slash_commands' | 'interactive' | 'events_api';

/** The how-manieth repetition of an event, and why. */
export interface Retry {
  readonly attempt: number;
  readonly reason: 'http_timeout' | 'http_error' | 'timeout';
}

/** A way to reach the app: Socket Mode, or requests over HTTP. */
export interface Delivery {
  /** Sends a payload and waits for the app's answer, for 3 s of the clock. */
  deliver(kind: Kind, payload: JsonObject, retry?: Retry): Promise<Acknowledgement>;
  /** Ends everything that is open; whoever waits gets `dispatch_failed`. */
  close(): void;
}
