import type { Action } from './action.ts';

type Done = Pick<Action, 'name' | 'actor'>;

/** What happened, newest last; the oldest are forgotten. */
export interface Trace {
  /** What came of each kind of action: done, or not possible as things were. */
  readonly counts: ReadonlyMap<string, { done: number; impossible: number }>;
  did(step: number, action: Done, user: string, what: string): void;
  couldNot(step: number, action: Done, user: string, why: string): void;
  lines(): readonly string[];
}

const KEPT = 150;
const LONGEST = 200;

export function createTrace(now: () => Date): Trace {
  const counts = new Map<string, { done: number; impossible: number }>();
  const kept: string[] = [];
  const add = (
    step: number,
    { name, actor }: Done,
    user: string,
    what: string,
    kind: 'done' | 'impossible',
  ) => {
    const who = actor === 'person' ? `${user} ` : '';
    const count = counts.get(name) ?? { done: 0, impossible: 0 };
    count[kind] += 1;
    counts.set(name, count);
    kept.push(
      `${String(step).padStart(6)}  ${now().toISOString()}  ${who}${name}: ${what.replaceAll(/\s+/g, ' ').slice(0, LONGEST)}`,
    );
    if (kept.length > KEPT) kept.shift();
  };
  return {
    counts,
    did: (step, action, user, what) => add(step, action, user, what, 'done'),
    couldNot: (step, action, user, why) => add(step, action, user, `not possible: ${why}`, 'impossible'),
    lines: () => [...kept],
  };
}
