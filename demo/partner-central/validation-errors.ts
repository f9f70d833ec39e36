import { type JsonObject, textAt } from '../json.ts';
import type { Observed } from './observed.ts';
import type { ListedError, Outcome, ValidationCode } from './wire.ts';

/** An entry of a refusal; the field by the API's members. */
export function entry(FieldName: string, Code: ValidationCode, Message: string): ListedError {
  return { FieldName, Message, Code };
}

export function missing(path: string): ListedError {
  return entry(path, 'REQUIRED_FIELD_MISSING', `${path} is required`);
}

export function required(opportunity: JsonObject, path: string): readonly ListedError[] {
  return textAt(opportunity, path).trim() === '' ? [missing(path)] : [];
}

/**
 * A refusal as AWS writes it. The rules name fields as the API's members are called (`Project.SalesActivities`); the
 * service writes `project.salesActivities` (two reports, Sandbox 2026-04 and 2026-05), of the expected spend
 * `ExpectedCustomerSpend.CurrencyCode` (one report), and leaves the text on top empty (two reports).
 */
export function asWritten(outcome: Outcome, observed: Observed): Outcome {
  if (outcome.ok || outcome.error.errorList === undefined) return outcome;
  const { errorList, ...error } = outcome.error;
  const fields = {
    Message: observed.topLevelMessage === 'empty' ? '' : onTop(errorList),
    ...error.fields,
    ErrorList: errorList.map(({ FieldName, ...entry }) => ({
      ...(FieldName !== undefined &&
        observed.fieldNames !== 'absent' && { FieldName: spelled(FieldName, observed.fieldNames) }),
      ...entry,
    })),
  };
  return { ok: false, error: { ...error, fields } };
}

/** An index is in no report: `Project.ExpectedCustomerSpend[0].Amount` is written as of the whole list. */
function spelled(path: string, fieldNames: Exclude<Observed['fieldNames'], 'absent'>): string {
  if (fieldNames === 'as the members') return path;
  const [root = '', ...rest] = path.replaceAll(/\[\d+\]/g, '').split('.');
  if (root === 'Project' && rest[0] === 'ExpectedCustomerSpend') return rest.join('.');
  return [root, ...rest].map((name) => `${name.charAt(0).toLowerCase()}${name.slice(1)}`).join('.');
}

function onTop(errors: readonly ListedError[]): string {
  const count = errors.length === 1 ? '1 validation error' : `${errors.length} validation errors`;
  return `${count} detected: ${errors.map((error) => error.Message).join('; ')}`;
}
