import { isJsonObject } from '../../src/aws/values.ts';

/** How a value is written, as far as a reader of AWS's answers can depend on it. */
type Kind = string;

/** What has names of its own for members, such as those of programs. */
const MAPS = /\.TotalAmountByCategory$/;

/** The kinds of value at each path; `[]` stands for any entry of a list. */
export type Shape = ReadonlyMap<string, ReadonlySet<Kind>>;

/** The shape of one answer, or of all answers of one operation together. */
export function shapeOf(answers: readonly unknown[]): Shape {
  const shape = new Map<string, Set<Kind>>();
  const note = (value: unknown, path: string): void => {
    shape.set(path, (shape.get(path) ?? new Set()).add(kindOf(value)));
    if (Array.isArray(value)) for (const each of value) note(each, `${path}[]`);
    if (isJsonObject(value)) {
      for (const [name, each] of Object.entries(value))
        note(each, MAPS.test(path) ? `${path}.*` : `${path}.${name}`);
    }
  };
  for (const each of answers) note(each, '');
  return shape;
}

/**
 * Where an answer differs from a recorded one, a line each: members it lacks, members that no recording of the
 * operation has, and values that none writes so. What a recording has null, another may have filled.
 */
export function differences(actual: unknown, recorded: unknown, all: Shape): readonly string[] {
  const [ours, theirs] = [shapeOf([actual]), shapeOf([recorded])];
  // An empty list lacks nothing: what is in it is the deal's.
  const lacking = [...theirs.keys()].filter(
    (path) => !ours.has(path) && !path.endsWith('[]') && hasParent(path, ours),
  );
  const extra = [...ours.keys()].filter((path) => !all.has(path) && hasParent(path, all));
  const otherwise = [...ours].flatMap(([path, kinds]) => {
    const known = all.get(path);
    const unknown = [...kinds].filter(
      (kind) => known !== undefined && ![...known].some((other) => isAlike(kind, other)),
    );
    return unknown.map((kind) => `${path}: ${kind}, recorded ${[...(known ?? [])].join(' or ')}`);
  });
  return [
    ...lacking.map((path) => `${path}: missing`),
    ...extra.map((path) => `${path}: never recorded`),
    ...otherwise,
  ];
}

/** Of what is missing as a whole only the whole is told. */
const hasParent = (path: string, shape: Shape): boolean =>
  path === '' || [...shape.keys()].some((other) => other === path.replace(/(\.[^.[\]]+|\[\])$/, ''));

/** AWS writes nothing as `0` and as `0.00`, which says nothing of how it writes another amount there. */
const isAlike = (one: Kind, other: Kind): boolean =>
  one === other ||
  ([one, other].includes('zero') && [one, other].every((kind) => /^(zero|digits)/.test(kind)));

function kindOf(value: unknown): Kind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (typeof value !== 'string') return typeof value;
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return 'day';
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.test(value))
    return value.includes('.') ? 'instant with fraction' : 'instant';
  if (/^0(\.0+)?$/.test(value)) return 'zero';
  if (/^\d+$/.test(value)) return 'digits';
  return /^\d+\.\d+$/.test(value) ? `digits with ${value.split('.')[1]?.length} decimals` : 'text';
}
