import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { z } from 'zod';
import {
  type BotOrders,
  type BotReport,
  type BotSettings,
  botReport,
  type Holdings,
} from './bot-messages.ts';

/** A bot in a process of its own. */
export interface BotProcess {
  /** Undefined while it runs. */
  readonly ended: () => Ended | undefined;
  /** When it ended (milliseconds of the machine). */
  readonly endedAt: () => number | undefined;
  readonly pid: number | undefined;
  /** Begins counting its effects; see `BotOrders`. */
  count(orders: BotOrders): Promise<void>;
  /** Whether it waits for an answer of AWS or Slack; not once it has ended. */
  isBusy(): Promise<boolean>;
  /** What it holds, after a collection of garbage. */
  holds(): Promise<Holdings>;
  /** What it passed since then, oldest first. */
  points(): Promise<readonly string[]>;
  /** What it had passed when the signal struck; undefined: it hasn't. */
  struck(): readonly string[] | undefined;
  isStopped(): boolean;
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** Ends it as a platform does: SIGTERM, and SIGKILL if that takes longer than such a platform waits. */
  stop(): Promise<void>;
  /** Ends it at once, if it still runs. */
  end(): Promise<void>;
  /** What it wrote to its standard error. */
  output(): string;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const ENTRY = fileURLToPath(new URL('bot.ts', import.meta.url));
/** Milliseconds; two cores, several bots starting at once. */
const START_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 10_000;

/**
 * Starts a bot. It gets nothing of this process's environment but the compile cache, which halves its start.
 *
 * @throws Error with what it wrote, where it ends before it runs.
 */
export async function startBotProcess(
  settings: BotSettings,
  compileCache: string,
  execArgv: readonly string[] = [],
): Promise<BotProcess> {
  const child = fork(ENTRY, {
    execArgv: [...execArgv],
    env: { BOT: JSON.stringify(settings), NODE_COMPILE_CACHE: compileCache },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let output = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  let ended: Ended | undefined;
  let endedAt: number | undefined;
  child.once('exit', (code, signal) => {
    ended = { code, signal };
    endedAt = Date.now();
  });

  const reported = async <T extends BotReport['type']>(type: T) => {
    const wanted = Promise.withResolvers<Extract<BotReport, { type: T }>>();
    const listen = (message: unknown) => {
      const report = botReport.parse(message);
      if (isOfType(report, type)) wanted.resolve(report);
    };
    const exit = () => wanted.reject(new Error(`The bot's process ended. ${output}`));
    const timer = setTimeout(
      () => wanted.reject(new Error(`The bot's process did not report "${type}". ${output}`)),
      START_WITHIN_MS,
    );
    child.on('message', listen).once('exit', exit);
    try {
      return await wanted.promise;
    } finally {
      clearTimeout(timer);
      child.off('message', listen).off('exit', exit);
    }
  };

  const bot: BotProcess = {
    ended: () => ended,
    endedAt: () => endedAt,
    pid: child.pid,
    async count(orders) {
      const counting = reported('counting');
      // To a process that has just died nothing can be sent; that it did is reported all the same.
      child.send(orders, () => {});
      await counting;
    },
    async isBusy() {
      if (ended !== undefined) return false;
      const traffic = reported('traffic');
      child.send('traffic', () => {});
      return traffic.then(
        ({ underWay }) => underWay > 0,
        () => false,
      );
    },
    async holds() {
      const holdings = reported('holdings');
      child.send('holdings', () => {});
      return (await holdings).holdings;
    },
    async points() {
      const points = reported('points');
      child.send('points', () => {});
      return (await points).passed;
    },
    struck: () =>
      existsSync(settings.journal)
        ? z.array(z.string()).parse(JSON.parse(readFileSync(settings.journal, 'utf8')))
        : undefined,
    isStopped: () => isStopped(child.pid),
    signal: (signal) => {
      child.kill(signal);
    },
    async stop() {
      if (ended !== undefined) return;
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      await exit;
      clearTimeout(late);
    },
    async end() {
      if (ended !== undefined) return;
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    },
    output: () => output,
  };
  try {
    await reported('running');
  } catch (error) {
    await bot.end();
    throw error;
  }
  return bot;
}

/** Resolves when the bot's SIGSTOP has struck and the process has really stopped: one that is woken before doesn't wake. */
export const whenStopped = (bot: BotProcess): Promise<boolean> =>
  vi.waitUntil(() => bot.struck() !== undefined && bot.isStopped(), { timeout: 10_000, interval: 10 });

/** The state in `/proc/PID/stat`, after the name in brackets. Elsewhere than on Linux: stopped, as far as is known. */
const isStopped = (pid: number | undefined): boolean =>
  process.platform !== 'linux' || /\) T /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));

function isOfType<T extends BotReport['type']>(
  report: BotReport,
  type: T,
): report is Extract<BotReport, { type: T }> {
  return report.type === type;
}
