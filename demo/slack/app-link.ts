import { request } from 'undici';
import type { Clock } from '../../src/clock.ts';
import { fromJson, isObject, type JsonObject } from '../json.ts';
import { createHttpDelivery, type Delivery, signature } from './http-delivery.ts';
import { newSecret } from './ids.ts';
import type { SocketMode } from './socket-mode.ts';
import type { Acknowledgement } from './stand-in.ts';

/** An event that failed is sent again at once, then after 1 and 5 minutes. https://docs.slack.dev/apis/events-api/#retries */
const EVENT_RETRIES_AFTER_MS = [0, 60_000, 300_000];

export type AppLink = ReturnType<typeof createAppLink>;

/** How the app is reached: Socket Mode until an address is given. */
export function createAppLink(
  clock: Clock,
  socketMode: SocketMode,
  signingSecret: string,
  verificationToken: string,
) {
  let http: { readonly url: string; readonly delivery: Delivery } | undefined;
  let closed = false;
  const planned = new Set<() => void>();
  const deliver: Delivery['deliver'] = (kind, payload, retry) =>
    (http?.delivery ?? socketMode).deliver(kind, payload, retry);

  const retryLater = (payload: JsonObject, attempt: number, failed: Acknowledgement): void => {
    const delay = EVENT_RETRIES_AFTER_MS[attempt - 1];
    if (closed || failed.acknowledged || delay === undefined) return;
    const reason =
      failed.error !== 'operation_timeout' ? 'http_error' : http === undefined ? 'timeout' : 'http_timeout';
    const send = async (): Promise<void> => {
      retryLater(payload, attempt + 1, await deliver('events_api', payload, { attempt, reason }));
    };
    if (delay === 0) {
      void send();
      return;
    }
    const cancel = clock.after(delay, () => {
      planned.delete(cancel);
      void send();
    });
    planned.add(cancel);
  };

  return {
    deliverTo: (url: string | undefined): void => {
      http?.delivery.close();
      http = url === undefined ? undefined : { url, delivery: createHttpDelivery(clock, url, signingSecret) };
    },
    isHttp: (): boolean => http !== undefined,
    deliver,
    /** Delivers an event, again where that fails; the answer is to the first delivery. */
    sendEvent: async (payload: JsonObject): Promise<Acknowledgement> => {
      const first = await deliver('events_api', payload);
      retryLater(payload, 1, first);
      return first;
    },
    verifyUrl: async (): Promise<boolean> => {
      if (http === undefined) return false;
      const challenge = newSecret(40);
      const body = JSON.stringify({ token: verificationToken, challenge, type: 'url_verification' });
      const timestamp = String(Math.floor(clock.now().getTime() / 1000));
      const response = await request(http.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-slack-request-timestamp': timestamp,
          'x-slack-signature': signature(signingSecret, timestamp, body),
        },
        body,
      });
      const text = await response.body.text();
      if (response.statusCode !== 200) return false;
      if (text === challenge) return true;
      const answer = fromJson(text);
      return isObject(answer) && answer.challenge === challenge;
    },
    close: (): void => {
      closed = true;
      for (const cancel of planned) cancel();
      http?.delivery.close();
      socketMode.close();
    },
  };
}
