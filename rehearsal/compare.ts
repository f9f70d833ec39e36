import { isJsonObject, valueAt } from '../src/aws/values.ts';
import type { Report, ReportedClaim } from './report.ts';

/** What AWS changed between two reports, a line each; none: nothing that the claims show. */
export function differences(before: Report, after: Report): readonly string[] {
  const lines = after.claims.flatMap((claim) => {
    const old = before.claims.find(({ id }) => id === claim.id);
    if (old === undefined) return [`${claim.id}: not looked at before; now ${claim.outcome} (${claim.seen})`];
    if (old.outcome !== claim.outcome) {
      return [`${claim.id}: ${old.outcome} (${old.seen}) → ${claim.outcome} (${claim.seen})`];
    }
    return claim.outcome === "can't be told" ? [] : answersChanged(old, claim);
  });
  const gone = before.claims.filter(({ id }) => !after.claims.some((claim) => claim.id === id));
  const [old, fresh] = [membersOf(before), membersOf(after)];
  return [
    ...lines,
    ...gone.map(({ id }) => `${id}: not looked at any more`),
    ...[...fresh].filter((member) => !old.has(member)).map((member) => `${member}: new in AWS's answers`),
    ...[...old].filter((member) => !fresh.has(member)).map((member) => `${member}: no more in AWS's answers`),
  ];
}

/** The last answer counts: how often was read before, and how long it took, are nothing that AWS changed. */
function answersChanged(old: ReportedClaim, fresh: ReportedClaim): readonly string[] {
  const [was, is] = [old, fresh].map(({ exchanges }) => shapesOf(exchanges));
  if (was === undefined || is === undefined) return [];
  return [...is].flatMap(([operation, shape]) => {
    const before = was.get(operation);
    return before === undefined || before === shape ? [] : [`${fresh.id}: ${operation} ${before} → ${shape}`];
  });
}

const shapesOf = (exchanges: ReportedClaim['exchanges']): ReadonlyMap<string, string> =>
  new Map(
    exchanges
      .filter(({ answer }) => answer !== null)
      .map(({ operation, answer }) => [operation, shapeOf(answer)] as const),
  );

function shapeOf(answer: ReportedClaim['exchanges'][number]['answer']): string {
  if (answer === null) return 'no answer';
  const { status, body } = answer;
  const entries = isJsonObject(body) ? valueAt(body, 'ErrorList') : undefined;
  if (!Array.isArray(entries)) return String(status);
  const words = entries.map((entry: unknown) =>
    isJsonObject(entry)
      ? [entry.Code, entry.FieldName].filter((part) => part !== undefined).join(' at ')
      : '?',
  );
  return [status, ...words].join(' ');
}

/** Members of answers that AWS gave with a 200, by operation: `GetOpportunity: LifeCycle.Stage`. */
function membersOf({ claims }: Report): ReadonlySet<string> {
  return new Set(
    claims
      .flatMap(({ exchanges }) => exchanges)
      .flatMap(({ operation, answer }) =>
        answer?.status === 200 ? pathsIn(answer.body).map((path) => `${operation}: ${path}`) : [],
      ),
  );
}

function pathsIn(value: unknown, prefix = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => pathsIn(item, prefix));
  if (!isJsonObject(value)) return prefix === '' ? [] : [prefix];
  return Object.entries(value).flatMap(([name, member]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    return [path, ...(isJsonObject(member) || Array.isArray(member) ? pathsIn(member, path) : [])];
  });
}
