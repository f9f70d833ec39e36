/** What happened, newest last; the oldest are forgotten. */
export interface Trace {
  /** What came of each kind of action: done, or not possible as things were. */
  readonly counts: ReadonlyMap<string, { done: number; impossible: number }>;
  did(step: number, name: string, what: string): void;
  couldNot(step: number, name: string, why: string): void;
  lines(): readonly string[];
}

const KEPT = 150;
const LONGEST = 200;

export function createTrace(now: () => Date): Trace {
  const counts = new Map<string, { done: number; impossible: number }>();
  const kept: string[] = [];
  const add = (step: number, name: string, what: string, kind: 'done' | 'impossible') => {
    const count = counts.get(name) ?? { done: 0, impossible: 0 };
    count[kind] += 1;
    counts.set(name, count);
    kept.push(`${String(step).padStart(6)}  ${now().toISOString()}  ${name}: ${what.slice(0, LONGEST)}`);
    if (kept.length > KEPT) kept.shift();
  };
  return {
    counts,
    did: (step, name, what) => add(step, name, what, 'done'),
    couldNot: (step, name, why) => add(step, name, `not possible: ${why}`, 'impossible'),
    lines: () => [...kept],
  };
}
