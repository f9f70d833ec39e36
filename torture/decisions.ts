import { type Random, seededRandom } from '../test/replicas/random.ts';
import type { Action } from './action.ts';

/** What is done next, and every number it will need for that. */
export interface Decision {
  /** From 1. */
  readonly step: number;
  readonly action: Action;
  /** For everything that is still open: who, which deal, which of the buttons. */
  readonly random: Random;
}

/** Two steps whose numbers are near have numbers of their own that aren't. */
const APART = 0x9e3779b1;

/**
 * Decisions without end, the same for the same seed and the same actions: each step has random numbers of its own,
 * so that what happens meanwhile in other processes can't shift those of the next one.
 */
export function* decide(seed: number, actions: readonly Action[]): Generator<Decision, never> {
  for (let step = 1; ; step += 1) {
    const random = seededRandom(Math.imul(seed + step, APART) ^ seed);
    yield { step, action: weighed(actions, random), random };
  }
}

/** One of the actions, each as often as its weight says. */
function weighed(actions: readonly Action[], random: Random): Action {
  const [first, ...rest] = actions;
  if (first === undefined) throw new Error('There is nothing to do: every action is left out.');
  let left = random.next() * actions.reduce((sum, { weight }) => sum + weight, 0);
  for (const action of [first, ...rest]) {
    left -= action.weight;
    if (left < 0) return action;
  }
  return first;
}
