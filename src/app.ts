import { LONGEST_CALL_MS } from './aws/client.ts';
import { accessTrouble, inWords } from './aws/errors.ts';
import { createBot, type Dependencies } from './bot.ts';
import { registerListeners } from './slack/listeners/index.ts';
import { createWithdraw, withdrawAtStart } from './slack/withdraw.ts';
import { createWorker } from './worker/worker.ts';

export interface RunningApp {
  /** The port of `/healthz`, and in HTTP mode of Slack's requests. */
  readonly port: () => number;
  /** The port of `/readyz` and `/metrics`. */
  readonly opsPort: () => number;
  /** Whether AWS lets the bot read, asked once by the smallest list there is. What is wrong, for the operator; undefined: nothing. */
  readonly accessProblem: () => Promise<string | undefined>;
  /** Takes no new work, finishes what is in hand within `deadlineMs`, and closes everything. */
  stop(deadlineMs?: number): Promise<void>;
}

/**
 * Milliseconds, so that a call that is out is waited for and its answer written down. Whatever stops the bot must wait longer
 * before it kills it; a killed bot loses nothing either, but the next one has to find out what became of the call.
 */
export const STOP_WITHIN_MS = LONGEST_CALL_MS + 5000;

/**
 * Makes the bot, registers the listeners, starts the worker; reads no environment and keeps no globals.
 *
 * @throws Error in words for the operator, where a token, the database or the port is wrong.
 */
export async function startApp(dependencies: Dependencies): Promise<RunningApp> {
  const { config, clock } = dependencies;
  const withdraw = createWithdraw({ clock });
  const bot = await createBot(dependencies, {
    wake: () => worker.wake(),
    stuck: () => worker.stuck(),
    onRefused: (userId, why) => void withdraw(bot, userId, why),
  });
  const worker = createWorker(bot);
  registerListeners(bot);

  const { slack, ops, aws, database, hold, lineage, log, store, jobs, queue, catalog } = bot;
  try {
    await ops.start();
    await slack.start();
    hold.start();
  } catch (error) {
    await Promise.allSettled([ops.stop(), aws.close(), database.close()]);
    throw error;
  }
  const setBack = await lineage.start(clock.now());
  if (setBack !== undefined) {
    log.warn(setBack, 'the records were set back: until then AWS is only read, and nothing is sent');
  }
  await store.noteOperatorPause(config.paused, clock.now());
  // Switched on again later, it begins with how things stand then.
  if (bot.followChannel === undefined) await jobs.forget('baseline');
  await worker.start();
  void withdrawAtStart(bot);

  return {
    port: slack.port,
    opsPort: ops.port,
    async accessProblem() {
      const answer = await aws.listOpportunities({ Catalog: catalog, MaxResults: 1 });
      return answer.ok ? undefined : inWords(accessTrouble(answer.error));
    },
    async stop(deadlineMs = STOP_WITHIN_MS) {
      const late = Promise.withResolvers<void>();
      const cancel = clock.after(deadlineMs, late.resolve);
      await Promise.all([slack.stop(deadlineMs), worker.stop(deadlineMs)]);
      // It waits for requests under way: none is worth more than the deadline.
      await Promise.race([Promise.all([aws.close(), queue?.close()]), late.promise]);
      cancel();
      await ops.stop();
      hold.stop();
      await database.close();
    },
  };
}
