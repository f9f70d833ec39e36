import { withoutIndexes } from '../partner-central/field-path.ts';
import { numbered } from '../words/changes.ts';
import { fieldNames } from '../words/field-names.ts';
import { wholeOpportunity } from '../words/outcomes.ts';

/** AWS's top-level fields: a word that is none of them isn't a path, and may be anything. */
const ROOTS = new Set(
  [...fieldNames.keys()].map((path) => path.split('.')[0] ?? path).concat('SoftwareRevenue'),
);

/** Longest path AWS may sensibly send; what is longer isn't a path. */
const PATH_LENGTH = 120;

/**
 * The name a seller knows for a path of AWS's `ErrorList`. A path nobody knows is shown as AWS wrote it if it
 * looks like a path, so that nothing else (a rejected value, say) gets into a channel by this way.
 */
export function fieldName(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const plain = withoutIndexes(path);
  const known = fieldNames.get(plain) ?? fieldNames.get(plain.replace(/^Opportunity\./, ''));
  if (known !== undefined) return known;
  const [root = ''] = plain.split('.');
  if (!ROOTS.has(root)) return undefined;
  return plain.length <= PATH_LENGTH && /^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9]*)*$/.test(plain)
    ? plain
    : undefined;
}

/** The same for a field of a change; of several entries in a list, with its number. */
export function changedFieldName(path: string | undefined): string {
  const name = fieldName(path) ?? wholeOpportunity;
  const index = Number(/\[(\d+)\]/.exec(path ?? '')?.[1] ?? 0);
  return index === 0 ? name : numbered(name, index + 1);
}
