import { basisIn, type Evidence, LOCKS, type Rehearsed, RULES, weightIn } from '../src/aws/evidence.ts';
import { isRuleName, READINESS_RULES as READINESS, refusals } from '../src/opportunities/readiness.ts';
import type { Claim, Told } from './claim.ts';
import type { Report } from './report.ts';

/** What rehearsals showed of each rule and lock, as `src/aws/rehearsed.json` has it. */
export type Evidences = Readonly<Record<string, Rehearsed>>;

export interface Change {
  readonly evidence: Told['evidence'];
  readonly before: Rehearsed | undefined;
  readonly after: Rehearsed;
}

export interface Applied {
  readonly changes: readonly Change[];
  /** Why evidence that the report speaks of stays as it is, in words. */
  readonly unchanged: readonly string[];
}

/**
 * What a report changes in the evidence. A claim that can't be told changes nothing, nor do two that disagree about one
 * rule, nor what an older report says. `source`: where the report is kept.
 *
 * @throws Error in words where the report isn't one of AWS's Sandbox
 */
export function changesBy(
  report: Report,
  source: string,
  claims: readonly Claim[],
  current: Evidences,
): Applied {
  if (report.at !== 'AWS') {
    throw new Error('The report is of a stand-in: that shows nothing about AWS.');
  }
  const told = claims.flatMap(({ id, tells }) => {
    const outcome = report.claims.find((each) => each.id === id)?.outcome;
    if (tells === undefined || outcome === undefined || outcome === "can't be told") return [];
    return [{ evidence: tells.evidence, holds: (outcome === 'holds') === (tells.holdsWith === 'the claim') }];
  });
  const names = [...new Set(told.map(({ evidence }) => evidence))];
  const found = names.map((evidence) => {
    const answers = new Set(told.filter((each) => each.evidence === evidence).map(({ holds }) => holds));
    return { evidence, answers };
  });
  const changes = found.flatMap(({ evidence, answers }): readonly Change[] => {
    const [holds] = answers;
    const before = current[evidence];
    if (holds === undefined || answers.size > 1 || isNewer(before, report)) return [];
    const after = { holds, date: report.date, source };
    return before?.holds === holds && before.date === report.date ? [] : [{ evidence, before, after }];
  });
  const unchanged = found.flatMap(({ evidence, answers }) => {
    if (answers.size > 1) return [`${evidence}: two claims disagree about it.`];
    return isNewer(current[evidence], report) ? [`${evidence}: a newer report has been applied.`] : [];
  });
  return { changes, unchanged };
}

const isNewer = (known: Rehearsed | undefined, report: Report): boolean =>
  known !== undefined && known.date > report.date;

/** The evidence with the changes, its names in order. */
export const applied = (current: Evidences, changes: readonly Change[]): Evidences =>
  Object.fromEntries(
    Object.entries({
      ...current,
      ...Object.fromEntries(changes.map(({ evidence, after }) => [evidence, after])),
    }).sort(([one], [other]) => (one < other ? -1 : 1)),
  );

/** Each change with what it does to what people read, in Sandbox and in Production. */
export function asDifference({ changes, unchanged }: Applied): string {
  if (changes.length === 0 && unchanged.length === 0) return 'The report changes nothing.';
  return [
    ...changes.flatMap(({ evidence, before, after }) => [
      evidence,
      `  - ${before === undefined ? 'no rehearsal yet' : inWords(before)}`,
      `  + ${inWords(after)}`,
      ...effects(evidence, before, after).map((line) => `    ${line}`),
    ]),
    ...unchanged.map((line) => `Stays as it is: ${line}`),
  ].join('\n');
}

const inWords = ({ holds, date, source }: Rehearsed): string =>
  `${holds ? 'AWS asks for it' : 'AWS does without it'}, seen in Sandbox on ${date} (${source})`;

function effects(
  evidence: Told['evidence'],
  before: Rehearsed | undefined,
  after: Rehearsed,
): readonly string[] {
  const rule = evidence.replace(/^rule /, '');
  if (!evidence.startsWith('rule ') || !isRuleName(rule)) {
    return [`What a form offers stays as it is; so far: ${source(lockNamed(evidence))}`];
  }
  const said = (catalog: 'Sandbox' | 'AWS', rehearsed: Rehearsed | undefined): string => {
    const weight = weightIn(catalog, RULES[rule], READINESS[rule].most, rehearsed);
    if (weight === undefined) return 'nothing';
    return `${weight} (${refusals[basisIn(catalog, RULES[rule], rehearsed)].replaceAll('*', '')})`;
  };
  return (['Sandbox', 'AWS'] as const).map((catalog) => {
    const [was, is] = [said(catalog, before), said(catalog, after)];
    const name = catalog === 'AWS' ? 'Production' : 'Sandbox';
    return was === is ? `${name}: ${is}, as before` : `${name}: ${was} → ${is}`;
  });
}

const source = (known: Evidence | undefined): string => known?.source ?? 'nothing';

function lockNamed(evidence: string): Evidence | undefined {
  const [status = '', path = ''] = evidence.replace(/^lock /, '').split(': ');
  return Object.entries(LOCKS)
    .filter(([name]) => name === status)
    .flatMap(([, byPath]): [string, Evidence][] => Object.entries(byPath))
    .find(([name]) => name === path)?.[1];
}
