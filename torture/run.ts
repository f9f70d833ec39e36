import { setTimeout as delay } from 'node:timers/promises';
import { openWorld, type World } from '../test/crash/world.ts';
import { seededRandom } from '../test/replicas/random.ts';
import { type Replicas, startReplicas } from '../test/replicas/trouble.ts';
import type { Action } from './action.ts';
import { type Around, type DatabaseKind, openTortureDatabase, type TortureDatabase } from './database.ts';
import { createDeals } from './deals.ts';
import { decide } from './decisions.ts';
import { accountOf, createGather, type Evidence, type Span } from './evidence.ts';
import { growthIn, type Held, heldLongest, weigh } from './holdings.ts';
import { problemsAtTheEnd, problemsIn } from './invariants.ts';
import { createLogBook } from './logs.ts';
import { makePeace } from './peace.ts';
import { FOLLOW_CHANNEL, places } from './places.ts';
import { remindersFrom } from './reminders.ts';
import { leaks } from './secrecy.ts';
import { createTrace, type Trace } from './trace.ts';

export interface RunOptions {
  readonly seed: number;
  readonly actions: readonly Action[];
  /** PostgreSQL with three replicas, or SQLite and one bot. */
  readonly database: DatabaseKind;
  /** A PostgreSQL server that is there, for a run that starts none of its own. */
  readonly server: string | undefined;
  /** Whether there is to be a step of this number, from 1. */
  readonly goesOn: (step: number) => boolean;
  /** Told of every line as it happens. */
  readonly onProgress?: (step: number) => void;
  /** Ends the run, which fails then. */
  readonly signal?: AbortSignal;
}

export interface RunResult {
  readonly steps: number;
  readonly problems: readonly string[];
  /** All that is known of the opportunities that the problems name. */
  readonly accounts: readonly string[];
  readonly trace: Trace;
  /** Records, and edits of deals, by their state at the end; and how much of what is told once was told. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Bots that ran, one after the other or beside each other. */
  readonly bots: number;
  /** What the bot held that lived longest, line by line. */
  readonly held: readonly string[];
  /** The last lines of each bot's log, for whoever looks into a problem. */
  readonly logs: readonly string[];
}

const REPLICAS = 3;
/** Longer than a bot is ever frozen: what AWS answers meanwhile is read when it wakes. */
const TIMEOUTS = { connectMs: 4000, firstByteMs: 5000, totalMs: 6000 };
const DEALS_AT_FIRST = 8;
/** Of the machine, milliseconds, between two steps. */
const MOST_BETWEEN_STEPS = 60;
/** More than that would only stand in line for the same actors. */
const MOST_AT_ONCE = 16;
const STEPS_BETWEEN_CHECKS = 50;

/**
 * One run: disturbs and uses the bot step by step, looks now and then whether all is well, and at the end for good.
 *
 * @throws Error with the last steps in its message, where the run itself fails or doesn't come to an end
 */
export async function run(options: RunOptions): Promise<RunResult> {
  const { actions, server } = options;
  const around = new Set(
    actions.flatMap((action): readonly Around[] => (action.around === undefined ? [] : [action.around])),
  );
  const database = await openTortureDatabase(options.database, around, server);
  try {
    return await runOn(database, options);
  } finally {
    await database.close();
  }
}

async function runOn(database: TortureDatabase, options: RunOptions): Promise<RunResult> {
  const reminders = remindersFrom(new Date());
  const world = await openWorld({
    postgres: database.url,
    botsWay: database.botsWay,
    data: database.data,
    submitsPerSecond: 50,
    logLevel: 'info',
    timeouts: TIMEOUTS,
    settings: { FOLLOW_CHANNEL, ...reminders },
    events: true,
  });
  const trace = createTrace(world.clock.now);
  const { signal } = options;
  signal?.throwIfAborted();
  const isOverdue = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason));
  });
  try {
    return await Promise.race([stepByStep({ database, world, trace, reminders }, options), isOverdue]);
  } catch (error) {
    const lines = trace.lines().join('\n');
    throw new Error(`The run did not come to its end: ${error}\nThe last steps:\n${lines}`, { cause: error });
  } finally {
    await world.close();
  }
}

async function stepByStep(
  {
    database,
    world,
    trace,
    reminders,
  }: {
    readonly database: TortureDatabase;
    readonly world: World;
    readonly trace: Trace;
    readonly reminders: ReturnType<typeof remindersFrom>;
  },
  { seed, actions, goesOn, onProgress }: RunOptions,
): Promise<RunResult> {
  const replicas = // Of several one lives through it all, so that it can be seen what it holds.
    await (database.kind === 'sqlite' ? startReplicas(world, 1) : startReplicas(world, REPLICAS, 1));
  const deals = createDeals(world);
  const first = seededRandom(seed);
  for (let count = 0; count < DEALS_AT_FIRST; count += 1) deals.add(first);
  const place = places(world);
  const promised = new Map<string, number>();
  const losses: Span[] = [];
  const troubles: Span[] = [];
  const logs = createLogBook(() => replicas.all, world.clockAt);
  /** The last that each actor has to do, and all that isn't done yet. */
  const busy = new Map<string, Promise<void>>();
  const underWay = new Set<Promise<void>>();

  const evidence = createGather(world, () => {
    newLines.push(...logs.read());
    const { elsewhere, movedBack, reviewed } = deals;
    return {
      elsewhere: [...elsewhere],
      movedBack: [...movedBack],
      reviewed: [...reviewed],
      promised,
      digestTime: reminders.DIGEST_TIME,
      losses: [...losses],
      troubles: [...troubles],
      killed: killedIn(replicas, world),
      machineAt: world.machineAt,
      fences: logs.fences,
      editsRecorded: logs.editsRecorded,
    };
  });
  const newLines: string[] = [];
  const held: Held = new Map();
  const look = async (judge: typeof problemsIn) => [
    ...growthIn(held),
    ...judge(await evidence()),
    ...leaks(world, newLines.splice(0)),
    ...endedByThemselves(replicas),
  ];

  let steps = 0;
  let problems: readonly string[] = [];
  for (const { step, action, random } of decide(seed, actions)) {
    if (problems.length > 0 || !goesOn(step)) break;
    steps = step;
    onProgress?.(step);
    const at = place.pick(random);
    const actor = action.actor === 'person' ? at.user : action.actor;
    const scene = { world, replicas, deals, random, promised, database, losses, troubles, ...at };
    const done = (busy.get(actor) ?? Promise.resolve())
      .then(() => action.act(scene))
      .then(
        (what) => trace.did(step, action, at.user, what),
        (error: unknown) =>
          trace.couldNot(step, action, at.user, error instanceof Error ? error.message : String(error)),
      )
      .finally(() => underWay.delete(done));
    busy.set(actor, done);
    underWay.add(done);
    while (underWay.size > MOST_AT_ONCE) await Promise.race(underWay);
    await delay(random.between(0, MOST_BETWEEN_STEPS));
    if (step % STEPS_BETWEEN_CHECKS === 0) {
      // None of them is stopped, and none on its way up or down.
      await busy.get('bots');
      await weigh(replicas.running, held);
      // While the database is away nobody can look.
      problems = await look(problemsIn).catch(() => []);
    }
  }
  await Promise.all(underWay);
  if (problems.length === 0) {
    problems = [...(await makePeace(world, replicas)), ...(await look(problemsAtTheEnd))];
  }
  return {
    steps,
    problems,
    accounts: problems.length === 0 ? [] : accountsOf(problems, await evidence()),
    trace,
    outcomes: await outcomesOf(world),
    bots: replicas.all.length,
    held: heldLongest(held),
    logs: logsOf(replicas),
  };
}

const logsOf = ({ all }: Replicas): readonly string[] => all.map((bot) => bot.output());

/** Bots that were killed, by their process, and when. */
const killedIn = ({ all }: Replicas, world: World): ReadonlyMap<string, number> =>
  new Map(
    all.flatMap((bot) => {
      const endedAt = bot.endedAt();
      return bot.ended()?.signal === 'SIGKILL' && endedAt !== undefined
        ? [[String(bot.pid), world.clockAt(endedAt)] as const]
        : [];
    }),
  );

function accountsOf(problems: readonly string[], evidence: Evidence): readonly string[] {
  const named = new Set(problems.join(' ').match(/\bO\d+\b/g) ?? []);
  return [...named].flatMap((id) => accountOf(id, evidence));
}

/** A bot ends when it is ended, and never for another reason. */
const endedByThemselves = ({ all }: Replicas): readonly string[] =>
  all.flatMap((bot) => {
    const ended = bot.ended();
    return ended === undefined || ended.signal === 'SIGKILL' || ended.code === 0
      ? []
      : [`a bot ended by itself: ${JSON.stringify(ended)} ${bot.output().slice(-2000)}`];
  });

const COUNTED: ReadonlySet<string> = new Set(['reminder', 'digest', 'batch', 'decision']);

async function outcomesOf(world: World): Promise<Readonly<Record<string, number>>> {
  const outcomes: Record<string, number> = {};
  for (const { state } of await world.records()) outcomes[state] = (outcomes[state] ?? 0) + 1;
  for (const { state } of await world.edits()) {
    outcomes[`edit ${state}`] = (outcomes[`edit ${state}`] ?? 0) + 1;
  }
  for (const { kind } of await world.outbox()) {
    if (COUNTED.has(kind)) outcomes[`${kind} told`] = (outcomes[`${kind} told`] ?? 0) + 1;
  }
  return outcomes;
}
