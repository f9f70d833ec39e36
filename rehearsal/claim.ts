import type { Evidence } from '../src/aws/evidence.ts';
import type { Variation } from './deal.ts';
import type { Deal, Stage } from './stage.ts';

/** Something about AWS that the bot relies on, and how it is found out. A file each, in `claims/`. */
export interface Claim<Name extends string = string> {
  /** The file's name. */
  readonly id: string;
  /** A sentence that is true or isn't. */
  readonly claims: string;
  /** What in the bot depends on it: a file, and what it does there. */
  readonly reliedOn: readonly string[];
  readonly known: Evidence;
  /** The evidence beside a rule of the bot that the answer is about. */
  readonly tells?: Told;
  /** It waits for more than a minute: only with `--long`. In words: for what. */
  readonly long?: string;
  /** The deals it needs, by what it calls them: one of its own with these fields, or one that claims share. */
  readonly deals: Readonly<Record<Name, Variation | Shared>>;
  steps(deals: Readonly<Record<Name, Deal>>, stage: Stage): Promise<Verdict>;
}

/** Deals that several claims look at: none of them moves its status or what another one looks at. */
export type Shared = 'a draft' | 'a submitted deal' | 'another submitted deal' | 'an approved deal';

/** Which evidence, by its name in `src/aws/evidence.ts`, and whether that holds where the claim does. */
export interface Told {
  readonly evidence: `rule ${string}` | `lock ${string}`;
  readonly holdsWith: 'the claim' | 'its opposite';
}

export type Outcome = 'holds' | 'differs' | "can't be told";

export interface Verdict {
  readonly outcome: Outcome;
  /** What was seen, in our words; of AWS's nothing but codes and statuses. */
  readonly seen: string;
}

export const holds = (seen: string): Verdict => ({ outcome: 'holds', seen });
export const differs = (seen: string): Verdict => ({ outcome: 'differs', seen });
export const untold = (seen: string): Verdict => ({ outcome: "can't be told", seen });

/** Keeps the names of a claim's deals for the compiler. */
export const claim = <Name extends string>(each: Claim<Name>): Claim<Name> => each;
