import { randomUUID } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { memory } from '../../bench/memory.ts';
import { startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config/config.ts';
import { createLog } from '../../src/observability/log.ts';
import { type BotOrders, type BotReport, botOrders, botSettings } from './bot-messages.ts';
import { observePoints, observeTraffic } from './points.ts';
import { sharedClock } from './shared-clock.ts';

/**
 * The bot in a process of its own, to be killed or stopped: settings come in as JSON, time from a file that all
 * processes share, and from a word of the parent on its effects are counted.
 */
const settings = botSettings.parse(JSON.parse(process.env.BOT ?? '{}'));
const report = (message: BotReport): void => {
  process.send?.(message);
};

let orders: BotOrders | undefined;
let struck = false;
const passed: string[] = [];
const onPoint = (name: string): void => {
  if (orders === undefined) return;
  passed.push(name);
  const isTheOne =
    orders.at === passed.length ||
    (orders.at === name && passed.filter((each) => each === name).length === (orders.nth ?? 1)) ||
    (orders.like !== undefined && new RegExp(orders.like).test(name));
  if (!isTheOne || orders.signal === undefined || struck) return;
  struck = true;
  // All of this happens at once: nothing else of this process runs before the signal.
  writeFileSync(`${settings.journal}.new`, JSON.stringify(passed));
  renameSync(`${settings.journal}.new`, settings.journal);
  process.kill(process.pid, orders.signal);
};

const underWay = observeTraffic();
observePoints(onPoint, () => orders !== undefined);

process.on('message', (message) => {
  if (message === 'points') {
    report({ type: 'points', passed });
    return;
  }
  if (message === 'traffic') {
    report({ type: 'traffic', underWay: underWay() });
    return;
  }
  if (message === 'holdings') {
    const handles = process.getActiveResourcesInfo();
    const kinds = Object.fromEntries(
      [...Map.groupBy(handles, (kind) => kind)].map(([kind, all]) => [kind, all.length]),
    );
    report({ type: 'holdings', holdings: { ...memory(), handles: handles.length, kinds } });
    return;
  }
  orders = botOrders.parse(message);
  passed.length = 0;
  report({ type: 'counting' });
});
// As in the bot's own main: what nobody expected ends the process.
process.on('unhandledRejection', (error) => {
  console.error(error);
  process.exit(1);
});
process.on('disconnect', () => process.exit(0));

const read = readConfig(settings.environment);
if (!read.ok) throw new Error(read.problems.join(' '));
const app = await startApp({
  config: { ...read.config, submitsPerSecond: settings.submitsPerSecond },
  clock: sharedClock(settings.clock, 'bots'),
  newId: randomUUID,
  log: createLog(read.config.logLevel, { write: (line) => process.stderr.write(line) }),
  credentials: async () => settings.credentials,
  random: Math.random,
  onFatal: (message) => {
    console.error(message);
    process.exit(1);
  },
  userAgent: `submit-opportunity-bot|test|${process.pid}`,
  timeouts: settings.timeouts,
});
process.once('SIGTERM', async () => {
  await app.stop();
  process.exit(0);
});
report({ type: 'running' });
