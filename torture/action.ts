import type { World } from '../test/crash/world.ts';
import type { Random } from '../test/replicas/random.ts';
import type { Replicas } from '../test/replicas/trouble.ts';
import type { Around, DatabaseKind, TortureDatabase } from './database.ts';
import type { Deals } from './deals.ts';
import type { Span } from './evidence.ts';
import type { Place } from './places.ts';

/** Where an action happens. */
export interface Scene extends Place {
  readonly world: World;
  readonly replicas: Replicas;
  readonly deals: Deals;
  readonly random: Random;
  readonly database: TortureDatabase;
  /** Form IDs of forms of which the bot said that they are recorded, and when. */
  readonly promised: Map<string, number>;
  readonly losses: Span[];
  readonly troubles: Span[];
}

/** One thing that can happen. To add one: a row in a table of `actions/`. */
export interface Action {
  /** For the trace and `--without`. */
  readonly name: string;
  /** Who does it: the same actor does one thing after the other, different ones act at the same time. */
  readonly actor: 'person' | 'AWS' | 'Slack' | 'bots' | 'database' | 'time';
  /** What it takes around the database, where it takes that. */
  readonly around?: Around;
  /** Only on this one. */
  readonly only?: DatabaseKind;
  /** How often, compared with the others. */
  readonly weight: number;
  /** Does it, and says what came of it. Where it can't be done as things are, it throws. */
  act(scene: Scene): string | Promise<string>;
}
