import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** What a process of its own is there for: the files beside this one. */
export type Role = 'answers.ts' | 'bare-bolt.mjs' | 'plain-bot.ts' | 'bot.ts' | 'caller.ts' | 'load.ts';

/** A process with a role. */
export interface Player<Ready> {
  /** What it said when it was ready. */
  readonly ready: Ready;
  /** Gives an order and waits for its answer. */
  ask<T>(order: string, input: unknown, answer: z.ZodType<T>): Promise<T>;
  end(): Promise<void>;
}

/** Many processes are started: with the compiler's cache that takes less of the time. */
const COMPILE_CACHE = join(tmpdir(), 'submit-opportunity-bot-compile-cache');

const reply = z.object({ number: z.number(), value: z.unknown().optional(), error: z.string().optional() });

/**
 * Starts a process with this role; nothing of this process's environment reaches it.
 *
 * @throws Error with what it wrote, where it ends before it is ready.
 */
export async function start<Ready>(
  role: Role,
  settings: unknown,
  readySchema: z.ZodType<Ready>,
  { compileCache = true }: { readonly compileCache?: boolean } = {},
): Promise<Player<Ready>> {
  const child = fork(fileURLToPath(new URL(role, import.meta.url)), {
    execArgv: ['--expose-gc'],
    env: {
      BENCH: JSON.stringify(settings),
      ...(compileCache ? { NODE_COMPILE_CACHE: COMPILE_CACHE } : {}),
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  child.on('message', (message) => {
    const { number, value, error } = reply.parse(message);
    const waiter = waiting.get(number);
    waiting.delete(number);
    if (error === undefined) waiter?.resolve(value);
    else waiter?.reject(new Error(`${role}: ${error}`));
  });
  child.once('exit', (code) => {
    for (const waiter of waiting.values()) waiter.reject(new Error(`The ${role} process ended (${code}).`));
  });

  let orders = 0;
  const answerTo = (number: number): Promise<unknown> => {
    const waiter = Promise.withResolvers<unknown>();
    waiting.set(number, waiter);
    return waiter.promise;
  };
  const ready = readySchema.parse(await answerTo(orders));
  return {
    ready,
    async ask(order, input, answer) {
      orders += 1;
      const answered = answerTo(orders);
      child.send({ number: orders, order, input });
      return answer.parse(await answered);
    },
    end: () => endOf(child),
  };
}

/** Lets it end by itself, so that what it has compiled is there for the next one. */
async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.disconnect();
  await ended;
}
