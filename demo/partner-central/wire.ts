import type { JsonObject } from '../json.ts';

/** One HTTP answer of the service, before a request ID is put on it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What an operation came to: an output (undefined: an empty body) or an error in AWS's shape. */
export type Outcome =
  | { readonly ok: true; readonly output: JsonObject | undefined }
  | { readonly ok: false; readonly error: WireError };

export interface WireError {
  readonly name: string;
  readonly status: number;
  /** Everything of the body but `__type`. */
  readonly fields: JsonObject;
  /** Of a ValidationException, fields named as the API's members: `validation-errors.ts` writes it into the body. */
  readonly errorList?: readonly ListedError[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Of another service; Partner Central's, or what is in front of every service, where it isn't given. */
  readonly namespace?: string;
}

/** One entry of ValidationException's `ErrorList`. */
export interface ListedError {
  readonly FieldName?: string;
  readonly Message: string;
  readonly Code: ValidationCode;
}

/**
 * The codes that the service's model lists ("ValidationExceptionError", API reference), and one more that only reports
 * have (one report, Sandbox 2026-05). Nobody has seen INVALID_RESOURCE_STATE, NOT_ENOUGH_VALUES or VALUE_OUT_OF_RANGE.
 */
export type ValidationCode =
  | 'REQUIRED_FIELD_MISSING'
  | 'INVALID_ENUM_VALUE'
  | 'INVALID_STRING_FORMAT'
  | 'INVALID_VALUE'
  | 'NOT_ENOUGH_VALUES'
  | 'TOO_MANY_VALUES'
  | 'INVALID_RESOURCE_STATE'
  | 'DUPLICATE_KEY_VALUE'
  | 'VALUE_OUT_OF_RANGE'
  | 'ACTION_NOT_PERMITTED'
  | 'BUSINESS_VALIDATION_EXCEPTION';

/** The exceptions that the service declares; every other comes from in front of it, in another namespace. */
const declared = new Set([
  'AccessDeniedException',
  'ConflictException',
  'InternalServerException',
  'ResourceNotFoundException',
  'ServiceQuotaExceededException',
  'ThrottlingException',
  'ValidationException',
]);

/**
 * How a caller speaks: `X-Amz-Target` and AWS JSON 1.0 as the official clients do, or `POST /{Operation}` with plain
 * JSON (recorded 2024-11 to 2026-02: answered in plain JSON, the error's name in a header).
 */
export type Style = 'AWS JSON 1.0' | 'REST';

/** The namespaces of the service's own exceptions (recorded in that header, 2024-11 and 2025-01) and of the rest. */
const ownNamespace = 'com.amazon.partnerintegrationapi.common';
const frontNamespace = 'com.amazon.coral.service';

/** An outcome as the service writes it: awsJson1_0 ("AWS JSON 1.0 protocol", smithy.io), or REST-style. */
export function answerFor(outcome: Outcome, style: Style = 'AWS JSON 1.0'): Answer {
  const contentType = style === 'REST' ? 'application/json' : 'application/x-amz-json-1.0';
  if (outcome.ok) {
    const body = outcome.output === undefined ? '' : JSON.stringify(outcome.output);
    return { status: 200, headers: { 'content-type': contentType }, body };
  }
  const { name, status, fields, headers } = outcome.error;
  const namespace = outcome.error.namespace ?? (declared.has(name) ? ownNamespace : frontNamespace);
  return {
    status,
    headers: {
      'content-type': contentType,
      'x-amzn-errortype': `${name}:http://internal.amazon.com/coral/${namespace}/`,
      ...headers,
    },
    body: JSON.stringify({ ...(style === 'AWS JSON 1.0' && { __type: `${namespace}#${name}` }), ...fields }),
  };
}

export function succeeded(output?: JsonObject): Outcome {
  return { ok: true, output };
}

export function failed(error: WireError): Outcome {
  return { ok: false, error };
}

/** The input breaks the service's model: a missing member, a wrong enum value, a wrong form. */
export function requestInvalid(errors: readonly ListedError[]): WireError {
  return validationException('REQUEST_VALIDATION_FAILED', errors);
}

/** The input is well-formed, and a rule of the business forbids it. */
export function businessInvalid(errors: readonly ListedError[]): WireError {
  return validationException('BUSINESS_VALIDATION_FAILED', errors);
}

function validationException(Reason: string, errorList: readonly ListedError[]): WireError {
  return { name: 'ValidationException', status: 400, fields: { Reason }, errorList };
}

/** The text fits the 32 bytes that the body had (recorded headers, 2025-01); the text itself wasn't kept. */
export function resourceNotFound(): WireError {
  return { name: 'ResourceNotFoundException', status: 400, fields: { Message: 'Resource not found' } };
}

export function accessDenied(operation: string, catalog: string, id: string): WireError {
  const resource = `arn:aws:partnercentral:us-east-1:111122223333:catalog/${catalog}/opportunity/${id}`;
  const Message = `User: arn:aws:sts::111122223333:assumed-role/partner-bot/demo is not authorized to perform: partnercentral:${operation} on resource: ${resource}`;
  return { name: 'AccessDeniedException', status: 400, fields: { Message } };
}

/** The text: one report, Sandbox 2026-04. */
export function conflict(Message = 'Conflicting error, last modified date is not the latest'): WireError {
  return { name: 'ConflictException', status: 400, fields: { Message } };
}

/** @param retryAfterMs sent as `x-amz-retry-after`, in milliseconds. */
export function throttled(retryAfterMs?: number): WireError {
  return {
    name: 'ThrottlingException',
    status: 400,
    fields: { Message: 'Rate exceeded' },
    ...(retryAfterMs !== undefined && { headers: { 'x-amz-retry-after': String(retryAfterMs) } }),
  };
}

/** Where an exception carries its text: the service's own in `Message`, all others in `message`. */
export function textMember(name: string): 'Message' | 'message' {
  return declared.has(name) ? 'Message' : 'message';
}

/** An error from in front of the service: its text is under `message`, or absent. */
export function frontError(name: string, message?: string, status = 400): WireError {
  return { name, status, fields: message === undefined ? {} : { message } };
}
