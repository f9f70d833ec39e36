import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '../../src/clock.ts';
import type { JsonObject } from '../json.ts';
import type { QueuedMessage } from './stand-in.ts';

interface Message {
  readonly id: string;
  readonly body: string;
  readonly receiveCount: number;
  /** Milliseconds of the clock; received and not deleted, it isn't received again before. */
  readonly hiddenUntil: number;
  /** Of the latest receipt. */
  readonly receiptHandle: string | undefined;
}

export type Messages = ReturnType<typeof createMessages>;

/** A standard queue's messages, with visibility timeout, receive count and dead letters as SQS documents them. */
export function createMessages({ clock, maxReceiveCount }: { clock: Clock; maxReceiveCount: number }) {
  const messages = new Map<string, Message>();
  const dead: QueuedMessage[] = [];
  const waiting = new Set<() => void>();
  const now = () => clock.now().getTime();

  /** A message that can be received no more often is moved when it would be. */
  const moveDead = () => {
    for (const message of messages.values()) {
      if (message.receiveCount < maxReceiveCount || message.hiddenUntil > now()) continue;
      messages.delete(message.id);
      dead.push(message);
    }
  };

  return {
    all: (): readonly QueuedMessage[] => [...messages.values()],
    dead: (): readonly QueuedMessage[] => {
      moveDead();
      return dead;
    },

    /** Those that can be received now, and those that were and are still kept from others. */
    count: (): { readonly visible: number; readonly hidden: number } => {
      moveDead();
      const visible = [...messages.values()].filter(({ hiddenUntil }) => hiddenUntil <= now()).length;
      return { visible, hidden: messages.size - visible };
    },

    put(body: string): string {
      const id = randomUUID();
      messages.set(id, { id, body, receiveCount: 0, hiddenUntil: 0, receiptHandle: undefined });
      for (const wake of waiting) wake();
      return id;
    },

    /** At most `most` messages, as the service writes them; hidden from then on for `hideMs`. */
    take(most: number, hideMs: number): readonly JsonObject[] {
      moveDead();
      return [...messages.values()]
        .filter(({ hiddenUntil }) => hiddenUntil <= now())
        .slice(0, most)
        .map((message) => {
          const receiptHandle = `${randomUUID()}#${message.id}`;
          messages.set(message.id, {
            ...message,
            receiveCount: message.receiveCount + 1,
            hiddenUntil: now() + hideMs,
            receiptHandle,
          });
          return {
            MessageId: message.id,
            ReceiptHandle: receiptHandle,
            MD5OfBody: createHash('md5').update(message.body).digest('hex'),
            Body: message.body,
          };
        });
    },

    /** False: no handle of this queue's. An older receipt's handle is accepted and does nothing, as at SQS. */
    remove(receiptHandle: string): boolean {
      const [, id = ''] = receiptHandle.split('#');
      if (messages.get(id)?.receiptHandle === receiptHandle) messages.delete(id);
      return /^[0-9a-f-]{36}#[0-9a-f-]{36}$/.test(receiptHandle);
    },

    /** Resolves when there may be something to take, or after `ms`, or when nobody waits for it any more. */
    wait: (ms: number, gone: AbortSignal) =>
      new Promise<void>((resolve) => {
        const cancels: (() => void)[] = [];
        const end = () => {
          waiting.delete(end);
          gone.removeEventListener('abort', end);
          for (const cancel of cancels) cancel();
          resolve();
        };
        waiting.add(end);
        gone.addEventListener('abort', end);
        cancels.push(clock.after(ms, end));
        const next = Math.min(
          ...[...messages.values()].map(({ hiddenUntil }) => hiddenUntil).filter((at) => at > now()),
        );
        if (Number.isFinite(next)) cancels.push(clock.after(next - now(), end));
        if (gone.aborted) end();
      }),
  };
}
