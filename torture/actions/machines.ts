import { setTimeout as delay } from 'node:timers/promises';
import type { Action } from '../action.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Longer than a lease, or than AWS's quota asks for. */
const SHORT = [2 * SECOND, 10 * SECOND, 61 * SECOND] as const;
/** Longer than a signature lives, than two sweeps are apart, than a request is kept. */
const LONG = [16 * MINUTE, 7 * 60 * MINUTE, 25 * 60 * MINUTE] as const;

/** What happens to the processes, and to the time they share. */
export const machineActions: readonly Action[] = [
  {
    name: 'a bot is killed and started again',
    actor: 'bots',
    weight: 0.5,
    act: async ({ replicas, random }) => {
      await replicas.killOne(random);
      return 'another one runs';
    },
  },
  {
    name: 'a bot is restarted',
    actor: 'bots',
    weight: 0.3,
    act: async ({ replicas, random }) => {
      await replicas.restartOne(random);
      return 'another one runs';
    },
  },
  {
    name: 'a bot is frozen for a while',
    actor: 'bots',
    weight: 0.5,
    act: async ({ world, replicas, random }) => {
      const bot = replicas.running[random.between(0, replicas.running.length - 1)];
      bot?.signal('SIGSTOP');
      await delay(random.between(50, 1500));
      // Past its lease, and sometimes past a signature's life.
      const passed = random.pick([0, 61 * SECOND, 61 * SECOND, 16 * MINUTE]);
      await world.pass(passed);
      await delay(random.between(0, 1000));
      bot?.signal('SIGCONT');
      return `woken, ${passed / SECOND} s later`;
    },
  },
  {
    name: "the bots' wall clock is set wrong for a while",
    actor: 'time',
    weight: 0.5,
    act: async ({ world, random }) => {
      const offByMs = random.pick([-20 * MINUTE, -90 * SECOND, 90 * SECOND, 20 * MINUTE]);
      world.setWallClock(offByMs);
      await delay(random.between(100, 3000));
      world.setWallClock(0);
      return `${offByMs / SECOND} s off`;
    },
  },
  {
    name: 'time passes',
    actor: 'time',
    weight: 4,
    act: async ({ world, random }) => {
      const ms = random.pick(random.between(1, 8) === 1 ? LONG : SHORT);
      await world.pass(ms);
      return `${ms / SECOND} s`;
    },
  },
];
