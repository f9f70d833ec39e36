import type { FieldError } from '../partner-central/errors.ts';
import * as outcomes from '../words/outcomes.ts';
import { changedFieldName, fieldName, knownPath } from './field-names.ts';

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
export function refusedFields(
  errors: readonly Pick<FieldErrorKept, 'fieldName' | 'code'>[],
): readonly RefusedField[] {
  const fields = errors.map(refusedField);
  return fields.filter(
    ({ name, problem }, at) =>
      fields.findIndex((other) => other.name === name && other.problem === problem) === at,
  );
}

type FieldErrorKept = Omit<FieldError, 'fieldName'> & { readonly fieldName?: string | undefined };

function refusedField({ fieldName: path, code }: Pick<FieldErrorKept, 'fieldName' | 'code'>): RefusedField {
  // Seen for a status that can't be submitted and for choices that don't go together: it says only that it can't be done.
  if (code === 'ACTION_NOT_PERMITTED' && fieldName(path) === undefined) return outcomes.stepNotPermitted;
  const known = knownPath(path);
  const hint = known === undefined ? undefined : outcomes.fieldHints.get(known);
  return {
    name: changedFieldName(path),
    problem:
      hint === undefined || NOT_ABOUT_THE_VALUE.has(code)
        ? (outcomes.fieldProblems.get(code) ?? outcomes.otherFieldProblem)
        : outcomes.asksFor(hint),
  };
}
