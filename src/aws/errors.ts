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

/**
 * Names for what happened before or instead of an answer from AWS. `UnreadableAnswer` is also the code of
 * an answer that names no exception, such as a gateway's 503; its message then gives the status.
 */
export type ConnectionCode =
  | 'DnsFailure'
  | 'ConnectionRefused'
  | 'ConnectTimeout'
  | 'ConnectionFailed'
  | 'TlsFailure'
  | 'DeadlinePassed'
  | 'CredentialsUnavailable'
  | 'ResponseTimeout'
  | 'ConnectionReset'
  | 'UnreadableAnswer';

/** A call's outcome: errors are data, so the compiler finds a case that was forgotten. */
export type Result<T> =
  | { readonly ok: true; readonly value: T; readonly requestId: string | undefined }
  | { readonly ok: false; readonly error: PartnerCentralError };
