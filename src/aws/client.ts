import type { Clock } from '../clock.ts';
import type { OperatorError, PartnerCentralError, Result } from './errors.ts';
import { isExpiredToken, parseError, unreadable } from './parse-error.ts';
import {
  type AwsCredentialIdentity,
  type CredentialProvider,
  type Service,
  type SignedRequest,
  sameCredentials,
  signCall,
} from './sign.ts';
import {
  type Answer,
  createTransport,
  type Delivery,
  patience,
  requestIdOf,
  type Timeouts,
} from './transport.ts';

export interface ClientOptions {
  readonly service: Service;
  /** Only its origin is used. */
  readonly endpoint: URL;
  /** The endpoint's region: what is signed for. */
  readonly region: string;
  readonly credentials: CredentialProvider;
  /** For the signature's date and for hints that are dates; time-outs run by the machine's own timers. */
  readonly clock: Clock;
  /** Of reads and writes alike, over what each has by itself. */
  readonly timeouts?: Partial<Timeouts>;
  /** For `X-Amzn-User-Agent`: `Integrator|Product`. */
  readonly userAgent: string;
  /** Given every answer whole, the refusals too. It may hold a deal's details: for what keeps no log. */
  readonly onAnswer?: ((answer: Answer) => void) | undefined;
  /** Told of every call when it is over. */
  readonly onCall?: ((call: Call) => void) | undefined;
}

/** A call that is over; `ok` is a whole answer with status 200. */
export interface Call {
  readonly operation: string;
  readonly outcome: 'ok' | PartnerCentralError['kind'];
  /** AWS's exception, or what was wrong with the connection; undefined: nothing. */
  readonly code: string | undefined;
  readonly requestId: string | undefined;
  readonly ms: number;
}

/** Signed awsJson1_0 calls. Success is a 200 that came whole; what is in it is the caller's to judge. */
export interface Client {
  /**
   * A call that may be made again. Over a kept connection; where that is reset without an answer, which
   * mostly means that it was stale, the call is repeated once over a new one. `stop` breaks it off.
   */
  read(operation: string, input: object, stop?: AbortSignal): Promise<Result<Answer>>;
  /**
   * A call that must not be made twice. Over a new connection of its own: connect, ask `maySend`, sign,
   * write. `retryable` means that it wasn't executed; whatever leaves that open is `unknown`.
   */
  write(operation: string, input: object, maySend: () => boolean): Promise<Result<Answer>>;
  close(): Promise<void>;
}

/** Milliseconds. A call takes at most `totalMs` and `connectMs` together. */
const READ_TIMEOUTS: Timeouts = { connectMs: 3_000, firstByteMs: 10_000, totalMs: 15_000 };
/**
 * AWS took up to 9 s for one write (*recorded*); what SubmitOpportunity takes isn't known, and giving up early makes a
 * doubt of it. With 28 s at most it still fits twice into the lease it is made under (`LEASE_MS`).
 */
const WRITE_TIMEOUTS: Timeouts = { connectMs: 3_000, firstByteMs: 20_000, totalMs: 25_000 };
/** No call takes longer (milliseconds). */
export const LONGEST_CALL_MS = WRITE_TIMEOUTS.connectMs + WRITE_TIMEOUTS.totalMs;

/**
 * Both kinds of call are made a second time after `ExpiredTokenException`, with credentials fetched anew:
 * the first one wasn't executed.
 */
export function createClient(options: ClientOptions): Client {
  const { service, endpoint, region, userAgent, clock } = options;
  const wayOf = (own: Timeouts) => {
    const timeouts = { ...own, ...options.timeouts };
    return { transport: createTransport(endpoint, timeouts), totalMs: timeouts.totalMs };
  };
  const reads = wayOf(READ_TIMEOUTS);
  const writes = wayOf(WRITE_TIMEOUTS);

  type Attempt = (signed: () => SignedRequest, deadline: AbortSignal) => Promise<Delivery>;

  async function call(
    operation: string,
    input: object,
    deadline: AbortSignal,
    attempt: Attempt,
  ): Promise<Result<Answer>> {
    const startedAt = clock.monotonic();
    const result = await callAndRenew(operation, input, deadline, attempt);
    const ms = clock.monotonic() - startedAt;
    options.onCall?.(
      result.ok
        ? { operation, outcome: 'ok', code: undefined, requestId: result.requestId, ms }
        : {
            operation,
            outcome: result.error.kind,
            code: result.error.code,
            requestId: result.error.requestId,
            ms,
          },
    );
    return result;
  }

  async function callAndRenew(
    operation: string,
    input: object,
    deadline: AbortSignal,
    attempt: Attempt,
  ): Promise<Result<Answer>> {
    const attemptWith = async (credentials: AwsCredentialIdentity): Promise<Result<Answer>> => {
      const signed = () =>
        signCall({ service, operation, input, endpoint, region, userAgent }, credentials, clock.now());
      const delivery = await attempt(signed, deadline);
      if (delivery.kind === 'answered') options.onAnswer?.(delivery.answer);
      return resultOf(delivery, clock.now());
    };

    const credentials = await fetchCredentials(() => options.credentials(), deadline);
    if (!credentials.ok) return credentials;
    const first = await attemptWith(credentials.value);
    if (first.ok || !isExpiredToken(first.error)) return first;

    const renewed = await fetchCredentials(() => renew(options.credentials, credentials.value), deadline);
    return renewed.ok ? attemptWith(renewed.value) : renewed;
  }

  return {
    read: (operation, input, stop) => {
      const late = patience(reads.totalMs);
      const until = stop === undefined ? late.signal : AbortSignal.any([late.signal, stop]);
      const answer = call(operation, input, until, async (signed, deadline) => {
        const delivery = await reads.transport.send(signed(), deadline);
        const stale = delivery.kind === 'lost' && delivery.code === 'ConnectionReset';
        return stale && !deadline.aborted ? reads.transport.sendAlone(signed, deadline) : delivery;
      });
      return answer.finally(late.end);
    },
    write: (operation, input, maySend) => {
      const late = patience(writes.totalMs);
      const answer = call(operation, input, late.signal, (signed, deadline) =>
        writes.transport.sendAlone(() => (maySend() ? signed() : undefined), deadline),
      );
      return answer.finally(late.end);
    },
    close: async () => {
      await Promise.all([reads.transport.close(), writes.transport.close()]);
    },
  };
}

function resultOf(delivery: Delivery, now: Date): Result<Answer> {
  if (delivery.kind !== 'answered') return { ok: false, error: connectionError(delivery) };
  const { answer } = delivery;
  if (answer.status !== 200) return { ok: false, error: parseError(answer, now) };
  if (!answer.complete) return { ok: false, error: unreadable(answer) };
  return { ok: true, value: answer, requestId: requestIdOf(answer) };
}

function connectionError({
  kind,
  code,
  message,
}: Exclude<Delivery, { kind: 'answered' }>): PartnerCentralError {
  const detail = { code, message, requestId: undefined };
  return kind === 'not-sent'
    ? { kind: 'retryable', ...detail, throttled: false, retryAfterMs: undefined }
    : { kind: 'unknown', ...detail };
}

/** Other credentials than `expired`: those that somebody else has fetched since, or else new ones. */
async function renew(
  provider: CredentialProvider,
  expired: AwsCredentialIdentity,
): Promise<AwsCredentialIdentity> {
  const current = await provider();
  return sameCredentials(current, expired) ? provider({ forceRefresh: true }) : current;
}

async function fetchCredentials(
  source: () => Promise<AwsCredentialIdentity>,
  deadline: AbortSignal,
): Promise<Result<AwsCredentialIdentity>> {
  const late = Promise.withResolvers<never>();
  const expire = () => late.reject(deadline.reason);
  deadline.addEventListener('abort', expire, { once: true });
  try {
    deadline.throwIfAborted();
    return { ok: true, value: await Promise.race([source(), late.promise]), requestId: undefined };
  } catch (error) {
    return { ok: false, error: credentialsUnavailable(error) };
  } finally {
    deadline.removeEventListener('abort', expire);
  }
}

/** Names the failure, not its text: a `credential_process` puts its command line in there. */
export function credentialsUnavailable(error: unknown): OperatorError {
  const [name, text] = error instanceof Error ? [error.name, error.message] : ['unknown error', ''];
  const remedy = /\bsso\b/i.test(text)
    ? 'The SSO session has to be renewed: run "aws sso login" with this profile.'
    : 'Give the bot a role (container, instance, web identity), a profile in AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.';
  return {
    kind: 'operator',
    cause: 'credentials',
    code: 'CredentialsUnavailable',
    message: `No AWS credentials to sign with (${name}). ${remedy}`,
    requestId: undefined,
  };
}
