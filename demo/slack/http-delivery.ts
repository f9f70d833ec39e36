import { createHmac } from 'node:crypto';
import { request } from 'undici';
import type { Clock } from '../../src/clock.ts';
import { isObject, type JsonObject } from '../json.ts';
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

const ANSWER_WITHIN_MS = 3000;

/** The signature Slack puts on a request. https://docs.slack.dev/authentication/verifying-requests-from-slack/ */
export function signature(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

function bodyOf(kind: Kind, payload: JsonObject): { readonly type: string; readonly body: string } {
  if (kind === 'events_api') return { type: 'application/json', body: JSON.stringify(payload) };
  const form =
    kind === 'interactive'
      ? new URLSearchParams({ payload: JSON.stringify(payload) })
      : new URLSearchParams(
          Object.entries(payload).map(([name, value]): [string, string] => [
            name,
            isObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value),
          ]),
        );
  return { type: 'application/x-www-form-urlencoded', body: form.toString() };
}

function payloadOf(body: string): unknown {
  if (body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

/** Requests over HTTP to `url`, signed. */
export function createHttpDelivery(clock: Clock, url: string, signingSecret: string): Delivery {
  const open = new Set<AbortController>();

  const deliver = async (kind: Kind, payload: JsonObject, retry?: Retry): Promise<Acknowledgement> => {
    const { type, body } = bodyOf(kind, payload);
    const timestamp = String(Math.floor(clock.now().getTime() / 1000));
    const abort = new AbortController();
    const sentAt = clock.monotonic();
    let timedOut = false;
    const stopTimer = clock.after(ANSWER_WITHIN_MS, () => {
      timedOut = true;
      abort.abort();
    });
    open.add(abort);
    try {
      const response = await request(url, {
        method: 'POST',
        headers: {
          'content-type': type,
          'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
          'x-slack-request-timestamp': timestamp,
          'x-slack-signature': signature(signingSecret, timestamp, body),
          ...(retry === undefined
            ? {}
            : {
                'x-slack-retry-num': String(retry.attempt),
                'x-slack-retry-reason': retry.reason,
              }),
        },
        body,
        signal: abort.signal,
      });
      const answer = await response.body.text();
      return response.statusCode === 200
        ? { acknowledged: true, afterMs: clock.monotonic() - sentAt, payload: payloadOf(answer) }
        : { acknowledged: false, error: 'dispatch_failed', status: response.statusCode };
    } catch (error) {
      return timedOut
        ? { acknowledged: false, error: 'operation_timeout' }
        : { acknowledged: false, error: 'dispatch_failed', reason: String(error) };
    } finally {
      stopTimer();
      open.delete(abort);
    }
  };

  return {
    deliver,
    close: () => {
      for (const abort of open) abort.abort();
    },
  };
}
