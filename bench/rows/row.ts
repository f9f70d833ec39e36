import type { Effort } from '../effort.ts';
import type { Measured } from '../figures.ts';

/** A row of the table: what `--only` calls it, and how its figures are measured. */
export interface Row {
  readonly name: string;
  measure(effort: Effort, surroundings: Surroundings): Promise<readonly Measured[]>;
}

export interface Surroundings {
  /** A server on which databases may be made; undefined: there is none. */
  readonly postgres: string | undefined;
}

/** Something that has to be ended: a process, a folder, a database. */
export interface Started {
  end(): Promise<void>;
}

/** Runs `use`, and ends what it kept, last first, whatever comes. */
export async function ending<T>(use: (keep: Keep) => Promise<T>): Promise<T> {
  const kept: Started[] = [];
  try {
    return await use(async (starting) => {
      const started = await starting;
      kept.unshift(started);
      return started;
    });
  } finally {
    for (const started of kept) await started.end();
  }
}

export type Keep = <One extends Started>(starting: Promise<One>) => Promise<One>;

/** A, B, A, B, …: the sides take turns, so that a busy minute of the machine meets both. Answers each side's rounds. */
export async function takingTurns<T>(
  rounds: number,
  sides: readonly ((round: number) => Promise<T>)[],
): Promise<readonly (readonly T[])[]> {
  const taken = sides.map((side) => ({ side, values: [] as T[] }));
  for (let round = 0; round < rounds; round += 1) {
    for (const { side, values } of taken) values.push(await side(round));
  }
  return taken.map(({ values }) => values);
}
