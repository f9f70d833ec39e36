import type { FieldError } from '../aws/errors.ts';
import { editedFieldName, fieldName, knownPath } from './field-names.ts';
import * as words from './refused-fields-words.ts';

/** An entry of AWS's `ErrorList`, as it is kept. */
type Refused = Pick<FieldError, 'code'> & { readonly fieldName?: string | undefined };

/** A field AWS objected to, by the name a seller knows, in our words: no value is repeated. */
export interface RefusedField {
  readonly name: string;
  /** Reads after the name and a colon. */
  readonly problem: string;
}

/** Codes that say nothing of the value: what AWS asks of it would mislead. */
const NOT_ABOUT_THE_VALUE: ReadonlySet<string> = new Set([
  'REQUIRED_FIELD_MISSING',
  'ACTION_NOT_PERMITTED',
  'INVALID_RESOURCE_STATE',
  'DUPLICATE_KEY_VALUE',
]);

/** The entries of a refusal, each once, in AWS's order. */
export function refusedFields(errors: readonly Refused[]): readonly RefusedField[] {
  const fields = errors.map(refusedField);
  return fields.filter(
    ({ name, problem }, at) =>
      fields.findIndex((other) => other.name === name && other.problem === problem) === at,
  );
}

function refusedField({ fieldName: path, code }: Refused): RefusedField {
  // Seen for a status that can't be submitted and for choices that don't go together: it says only that it can't be done.
  if (code === 'ACTION_NOT_PERMITTED' && fieldName(path) === undefined) return words.stepNotPermitted;
  const known = knownPath(path);
  const hint = known === undefined ? undefined : words.fieldHints.get(known);
  return {
    name: editedFieldName(path),
    problem:
      hint === undefined || NOT_ABOUT_THE_VALUE.has(code)
        ? (words.fieldProblems.get(code) ?? words.otherFieldProblem)
        : words.asksFor(hint),
  };
}
