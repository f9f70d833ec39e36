import type { Action, Scene } from '../action.ts';

/** What happens to the database, and to the way there. */
export const databaseActions: readonly Action[] = [
  {
    name: 'the database is away for a while',
    actor: 'database',
    weight: 0.3,
    act: (scene) => inTrouble(scene, 3000, (ms) => scene.world.takeDatabaseAway(ms)),
  },
  {
    name: 'the database is read-only for a while',
    actor: 'database',
    only: 'postgres',
    weight: 0.2,
    act: (scene) => inTrouble(scene, 3000, (ms) => scene.world.makeReadOnly(ms)),
  },
  {
    name: "the database's disk is full for a while",
    actor: 'database',
    around: 'small disk',
    weight: 0.2,
    act: (scene) => inTrouble(scene, 3000, (ms) => scene.database.fillDisk(ms)),
  },
  {
    name: 'PostgreSQL crashes and starts again',
    actor: 'database',
    around: 'servers',
    weight: 0.2,
    act: (scene) => inTrouble(scene, 1500, (ms) => scene.database.crash(ms)),
  },
  {
    name: 'PostgreSQL fails over to a standby that lags',
    actor: 'database',
    around: 'servers',
    weight: 0.2,
    act: async (scene) => {
      const { world, database, losses } = scene;
      // Noted before: whoever looks while the standby has just taken over finds what is lost already.
      const loss = { from: world.clock.now().getTime(), to: END_OF_TIME };
      losses.push(loss);
      const what = await inTrouble(scene, 3000, (ms) => database.failOver(ms));
      loss.to = world.clock.now().getTime();
      return what;
    },
  },
  {
    name: 'the pooler is restarted',
    actor: 'database',
    around: 'pooler',
    weight: 0.2,
    act: (scene) => inTrouble(scene, 1, () => scene.database.restartPooler()),
  },
];

/** The last moment that a date can be (milliseconds). */
const END_OF_TIME = 8.64e15;

/** Makes trouble for up to so many milliseconds of the machine, and notes when there was some. */
async function inTrouble(
  { world, random, troubles }: Scene,
  mostMs: number,
  trouble: (ms: number) => Promise<void>,
): Promise<string> {
  const ms = random.between(Math.min(100, mostMs), mostMs);
  const from = world.clock.now().getTime();
  try {
    await trouble(ms);
  } finally {
    troubles.push({ from, to: world.clock.now().getTime() });
  }
  return `${ms} ms`;
}
