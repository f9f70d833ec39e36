import { isDeepStrictEqual } from 'node:util';

/** JSON objects as they come over the wire, read and changed by AWS's dotted paths (`LifeCycle.Stage`). */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a dotted path; undefined where any part of the way is missing. */
export function fieldAt(object: JsonObject, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), object);
}

/** The text at a path, '' where there is none. */
export function textAt(object: JsonObject, path: string): string {
  const value = fieldAt(object, path);
  return typeof value === 'string' ? value : '';
}

/** The list at a path, empty where there is none. */
export function listAt(object: JsonObject, path: string): readonly unknown[] {
  const value = fieldAt(object, path);
  return Array.isArray(value) ? value : [];
}

/** A copy with the field at a dotted path set, or removed where `value` is undefined. */
export function withField(object: JsonObject, path: string, value: unknown): JsonObject {
  const [name = '', ...rest] = path.split('.');
  const { [name]: old, ...others } = object;
  if (rest.length === 0) return value === undefined ? others : { ...object, [name]: value };
  return { ...object, [name]: withField(isObject(old) ? old : {}, rest.join('.'), value) };
}

/** A copy without nulls at any depth: in AWS's JSON protocols a null member is an absent one. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== null)
      .map(([name, field]) => [name, withoutNulls(field)]),
  );
}

/** Dotted paths of the leaves in which two objects differ; a list is one leaf. */
export function changedPaths(before: JsonObject, after: JsonObject, prefix = ''): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => {
    const [old, fresh] = [before[name], after[name]];
    const path = `${prefix}${name}`;
    if (isObject(old) || isObject(fresh)) {
      return changedPaths(isObject(old) ? old : {}, isObject(fresh) ? fresh : {}, `${path}.`);
    }
    return isDeepStrictEqual(old, fresh) ? [] : [path];
  });
}

/** The value, where it is a string that isn't empty. */
export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** True for `true` and `"true"`: form-encoded calls have no other way to say it. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === '1';
}

/** The JSON in a string; the value itself where it isn't a string; undefined where the JSON is broken. */
export function fromJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
