import { z } from 'zod';
import { listOf, text } from './opportunity.ts';
import { type Answer, type ConnectionCode, describe, jsonOf, requestIdOf } from './transport.ts';

/**
 * What can go wrong in a call to Partner Central, sorted by what the caller may do about it. The HTTP
 * status can't sort it (most of AWS's errors here are 400), and for SubmitOpportunity the one question
 * that matters is whether AWS may have executed the call.
 *
 * - `retryable`: not executed; the same call may be made again, after `retryAfterMs` if AWS gave a hint.
 * - `refused`: not executed; AWS said no, and will again until something is changed.
 * - `operator`: not executed; credentials, signature, clock or account: nothing a seller can mend.
 * - `unknown`: perhaps executed. A read may be repeated; a write must be settled by reading.
 */
export type PartnerCentralError = RetryableError | RefusedError | OperatorError | UnknownError;

interface ErrorDetail {
  /**
   * AWS's exception name as it came (`ThrottlingException`; the services in front also write `Throttling`),
   * or ours where AWS said nothing (see `ConnectionCode`).
   */
  readonly code: string;
  /** AWS's own text. May quote a customer's data: never logged, never in a channel. */
  readonly message: string;
  /** AWS's request ID, where an answer carried one. */
  readonly requestId: string | undefined;
}

export interface RetryableError extends ErrorDetail {
  readonly kind: 'retryable';
  /** True for throttling: everything that shares the quota should slow down. */
  readonly throttled: boolean;
  /** Milliseconds, from `x-amz-retry-after` or `retry-after`. */
  readonly retryAfterMs: number | undefined;
}

export interface RefusedError extends ErrorDetail {
  readonly kind: 'refused';
  /** One name for each refusal: `AccessDenied`, for one, is `AccessDeniedException`. */
  readonly code:
    | 'ValidationException'
    | 'ResourceNotFoundException'
    | 'AccessDeniedException'
    | 'ConflictException';
  /** `REQUEST_VALIDATION_FAILED`, `BUSINESS_VALIDATION_FAILED`, `INCOMPATIBLE_BENEFIT_AWS_PARTNER_STATE`, … */
  readonly reason: string | undefined;
  /** ValidationException's `ErrorList`, in AWS's order. */
  readonly fieldErrors: readonly FieldError[];
}

export interface OperatorError extends ErrorDetail {
  readonly kind: 'operator';
  readonly cause: 'credentials' | 'signature' | 'clock' | 'opt-in';
}

export interface UnknownError extends ErrorDetail {
  readonly kind: 'unknown';
}

/** One entry of ValidationException's `ErrorList`. */
export interface FieldError {
  /** AWS's path, e.g. `LifeCycle.TargetCloseDate`. */
  readonly fieldName: string | undefined;
  /** An open set: `REQUIRED_FIELD_MISSING`, `INVALID_VALUE`, … Empty where AWS gave none. */
  readonly code: string;
  /** AWS's own text; may quote the rejected value. */
  readonly message: string;
}

/** A call's outcome: errors are data, so the compiler finds a case that was forgotten. */
export type Result<T> =
  | { readonly ok: true; readonly value: T; readonly requestId: string | undefined }
  | { readonly ok: false; readonly error: PartnerCentralError };

const CODE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/;
const FIELD = /^[A-Za-z][\w.[\]*]*$/;

/**
 * The fields that a text of AWS's lists: entries `CODE field:text` joined with `;`, as the message of a failed task has
 * them (one report, Sandbox 2026-05); a field may be missing. Empty where a text is none of these. A semicolon that
 * begins no entry belongs to the text before it.
 */
export function listedErrors(text: string): readonly FieldError[] {
  const found: FieldError[] = [];
  for (const part of text.split(';')) {
    const entry = entryOf(part);
    const before = found.at(-1);
    if (entry !== undefined) found.push(entry);
    else if (before === undefined) return [];
    else if (part.trim() !== '') found.splice(-1, 1, { ...before, message: `${before.message};${part}` });
  }
  return found;
}

function entryOf(part: string): FieldError | undefined {
  const [head = '', ...rest] = part.split(':');
  const [code = '', fieldName, ...more] = head.trim().split(/\s+/);
  const isEntry = CODE.test(code) && more.length === 0 && (fieldName === undefined || FIELD.test(fieldName));
  return isEntry ? { code, fieldName, message: rest.join(':').trim() } : undefined;
}

/**
 * AWS's exceptions by what they mean. Names are compared without a closing `Exception`: the services in
 * front write some with and some without.
 *
 * Sources: "Common Error Types", https://docs.aws.amazon.com/partner-central/latest/APIReference/CommonErrors.html;
 * "Troubleshoot Signature Version 4 signed requests",
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html; and for throttling the
 * names that the AWS SDKs treat as such.
 */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['Validation', { kind: 'refused', code: 'ValidationException' }],
  ['ValidationError', { kind: 'refused', code: 'ValidationException' }],
  ['ResourceNotFound', { kind: 'refused', code: 'ResourceNotFoundException' }],
  ['AccessDenied', { kind: 'refused', code: 'AccessDeniedException' }],
  ['NotAuthorized', { kind: 'refused', code: 'AccessDeniedException' }],
  ['Conflict', { kind: 'refused', code: 'ConflictException' }],
  ['UnrecognizedClient', { kind: 'operator', cause: 'credentials' }],
  ['InvalidClientTokenId', { kind: 'operator', cause: 'credentials' }],
  ['MissingAuthenticationToken', { kind: 'operator', cause: 'credentials' }],
  ['ExpiredToken', { kind: 'operator', cause: 'credentials' }],
  ['InvalidSignature', { kind: 'operator', cause: 'signature' }],
  ['SignatureDoesNotMatch', { kind: 'operator', cause: 'signature' }],
  ['IncompleteSignature', { kind: 'operator', cause: 'signature' }],
  ['RequestExpired', { kind: 'operator', cause: 'clock' }],
  ['RequestTimeTooSkewed', { kind: 'operator', cause: 'clock' }],
  ['OptInRequired', { kind: 'operator', cause: 'opt-in' }],
  ['Throttling', { kind: 'retryable' }],
  ['Throttled', { kind: 'retryable' }],
  ['RequestThrottled', { kind: 'retryable' }],
  ['RequestLimitExceeded', { kind: 'retryable' }],
  ['TooManyRequests', { kind: 'retryable' }],
  ['SlowDown', { kind: 'retryable' }],
]);
type Meaning =
  | Pick<RefusedError, 'kind' | 'code'>
  | Pick<OperatorError, 'kind' | 'cause'>
  | Pick<RetryableError, 'kind'>;

/**
 * Sorts an answer that is no success. Never throws, whatever came.
 *
 * The type decides, not the status, with one exception: a status of 500 or more is `unknown` whatever its
 * type says, because something broke on AWS's side and a write may have been executed before it did. So is
 * a type that isn't in the table above: calling it "not executed" would be a guess, and a write that is
 * called unknown is settled by reading, which costs minutes, not a second submission. A bare 429 is taken
 * at its word: it has one meaning, and that is that nobody looked at the request.
 *
 * @param now for a `retry-after` that is a date
 */
export function parseError(answer: Answer, now: Date): PartnerCentralError {
  if (answer.status < 400) return unreadable(answer);
  const body = errorBody.parse(jsonOf(answer));
  const type = errorType(body, answer) ?? (answer.status === 429 ? 'TooManyRequestsException' : undefined);
  const detail = {
    code: type ?? 'UnreadableAnswer',
    message: body.message || body.Message || describe(answer),
    requestId: requestIdOf(answer),
  };
  if (answer.status >= 500 || type === undefined) return { kind: 'unknown', ...detail };

  const meaning = MEANINGS.get(type.replace(/Exception$/, ''));
  switch (meaning?.kind) {
    case 'retryable':
      return { ...detail, ...meaning, throttled: true, retryAfterMs: retryHint(answer, now) };
    case 'refused':
      return { ...detail, ...refusedBody(body), ...meaning, reason: body.Reason };
    case 'operator': {
      const isLate =
        meaning.cause === 'signature' && /^Signature (expired|not yet current)/i.test(detail.message);
      return { ...detail, ...meaning, cause: isLate ? 'clock' : meaning.cause };
    }
    case undefined:
      return { ...detail, kind: 'unknown' };
  }
}

/** For an answer that AWS never gives to the call it came back for. */
export function unreadable(answer: Answer): UnknownError {
  return {
    kind: 'unknown',
    code: 'UnreadableAnswer' satisfies ConnectionCode,
    message: describe(answer),
    requestId: requestIdOf(answer),
  };
}

/** True for an answer that credentials which are fetched anew may mend; it was not executed. */
export function isExpiredToken(error: PartnerCentralError): boolean {
  return error.kind === 'operator' && /^ExpiredToken(Exception)?$/.test(error.code);
}

const fieldError = z.object({ FieldName: text, Code: text, Message: text }).transform(
  ({ FieldName, Code, Message }): FieldError => ({
    fieldName: FieldName || undefined,
    code: Code ?? '',
    message: Message ?? '',
  }),
);

const errorBody = z
  .object({
    __type: text,
    code: text,
    message: text,
    Message: text,
    Reason: text,
    ErrorList: listOf(fieldError),
  })
  .catch({});

/**
 * What AWS says of a refusal. The text on top is empty as a rule (two reports, Sandbox, 2026-05) and stays so: the
 * fields say it. Where there is no list, the text may be one.
 */
function refusedBody(body: z.infer<typeof errorBody>): Pick<RefusedError, 'message' | 'fieldErrors'> {
  const message = body.message || body.Message || '';
  if (body.ErrorList?.length) return { message, fieldErrors: body.ErrorList };
  const fieldErrors = listedErrors(message);
  return { message: fieldErrors.length > 0 ? '' : message, fieldErrors };
}

/** `com.amazonaws.partnercentralselling#ValidationException:http://…` is `ValidationException`. */
function errorType(body: z.infer<typeof errorBody>, answer: Answer): string | undefined {
  const written = body.__type || body.code || answer.headers['x-amzn-errortype'];
  const name = written?.split(',')[0]?.split(':')[0]?.split('#').at(-1)?.trim();
  // What is no name is nobody's exception; codes are logged and shown.
  return name !== undefined && /^[A-Za-z][A-Za-z0-9_.]{0,99}$/.test(name) ? name : undefined;
}

/** Milliseconds; undefined without a hint that can be read. */
function retryHint({ headers }: Answer, now: Date): number | undefined {
  const milliseconds = nonNegative(headers['x-amz-retry-after']);
  if (milliseconds !== undefined) return milliseconds;
  const seconds = nonNegative(headers['retry-after']);
  if (seconds !== undefined) return seconds * 1000;
  const date = Date.parse(headers['retry-after'] ?? '');
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}

function nonNegative(written: string | undefined): number | undefined {
  return written !== undefined && /^\s*\d{1,12}(\.\d{1,9})?\s*$/.test(written) ? Number(written) : undefined;
}

/** What is wrong, and what whoever runs the bot can do about it. No secret in it, and no text of AWS's or Slack's. */
export interface Trouble {
  readonly says: string;
  /** Undefined where `says` says that too. */
  readonly fix?: string;
}

/** In one line, for a log or a terminal. */
export const inWords = ({ says, fix }: Trouble): string => (fix === undefined ? says : `${says} ${fix}`);

/** Why the bot may not read at AWS, or can't. */
export function accessTrouble(error: PartnerCentralError): Trouble {
  switch (error.kind) {
    case 'operator':
      return operatorTrouble(error);
    case 'refused':
      return {
        says: `AWS does not let the bot list opportunities (${error.code}).`,
        fix: 'Check its IAM policy against those in deploy/iam, and that the account is linked to Partner Central.',
      };
    case 'retryable':
    case 'unknown':
      return {
        says: `AWS Partner Central could not be reached (${error.code}).`,
        fix: 'The bot goes on trying; check the network if this stays.',
      };
  }
}

function operatorTrouble({ cause, code, message }: OperatorError): Trouble {
  switch (cause) {
    case 'credentials':
      // Our own text says where credentials come from; AWS's adds nothing to its code.
      return code === 'CredentialsUnavailable'
        ? { says: message }
        : {
            says: `AWS does not accept the bot's credentials (${code}).`,
            fix: 'Check AWS_PROFILE, the keys or the role it runs with.',
          };
    case 'signature':
      return {
        says: `AWS does not accept the bot's signature (${code}).`,
        fix: 'Check the secret access key, and PARTNER_CENTRAL_REGION.',
      };
    case 'clock':
      return { says: `AWS rejects the bot's clock (${code}).`, fix: "Set this machine's time by NTP." };
    case 'opt-in':
      return {
        says: `The AWS account is not signed up for Partner Central (${code}).`,
        fix: 'Link it, and wait until AWS has confirmed that.',
      };
  }
}
