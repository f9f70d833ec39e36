import { type JsonObject, textAt } from './json.ts';
import type { ListedError, ValidationCode } from './wire.ts';

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
