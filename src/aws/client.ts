import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import aws4 from 'aws4';
import type { z } from 'zod';
import type { Clock } from '../clock.ts';
import {
  isExpiredToken,
  type OperatorError,
  type PartnerCentralError,
  parseError,
  type Result,
  unreadable,
} from './errors.ts';
import {
  type Answer,
  createTransport,
  jsonOf,
  patience,
  requestIdOf,
  type SendOutcome,
  type SignedRequest,
  type Timeouts,
} from './transport.ts';

/** Key ID, secret and, where they are temporary, session token and expiry. */
export type AwsCredentialIdentity = Awaited<ReturnType<ReturnType<typeof fromNodeProviderChain>>>;

/**
 * Credentials to sign with. `forceRefresh` asks for new ones although those at hand still look valid.
 * Rejects with whatever the source says; the client turns that into `CredentialsUnavailable`.
 */
export type CredentialProvider = (options?: {
  readonly forceRefresh?: boolean;
}) => Promise<AwsCredentialIdentity>;

/**
 * AWS's standard chain: environment, profile (also SSO, role, process), web identity, container, instance.
 * It keeps what it found, refreshes it from 5 minutes before it expires and lets concurrent callers share
 * one refresh. `AWS_REGION` steers only how the chain reaches STS.
 *
 * "AWS SDKs and Tools standardized credential providers",
 * https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 */
export function standardCredentials(): CredentialProvider {
  // Without `ignoreCache` an edited credentials file would only be read after a restart.
  return fromNodeProviderChain({ ignoreCache: true });
}

/** Signs a `POST /` with Signature Version 4; AWS accepts the signature for some minutes around `now`. */
export function signPost(
  request: {
    /** The name that the service signs by: `sts`, … */
    readonly service: string;
    /** The endpoint's region, whatever `AWS_REGION` says. */
    readonly region: string;
    readonly endpoint: URL;
    /** Beyond `host`, `content-length` and what the signature adds. */
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  },
  credentials: AwsCredentialIdentity,
  now: Date,
): SignedRequest {
  const { service, region, endpoint } = request;
  const body = Buffer.from(request.body, 'utf8');
  const signed = aws4.sign(
    {
      service,
      region,
      host: endpoint.host,
      method: 'POST',
      path: '/',
      headers: {
        host: endpoint.host,
        'content-length': body.byteLength,
        'x-amz-date': now.toISOString().replaceAll(/[:-]|\.\d{3}/g, ''),
        ...request.headers,
      },
      body,
    },
    credentials,
  );
  const headers = Object.entries(signed.headers ?? {}).map(([name, value]) => [
    name.toLowerCase(),
    String(value),
  ]);
  return { headers: Object.fromEntries(headers), body };
}

export interface ClientOptions {
  /** A service that speaks awsJson1_0: how it is named in signatures, and in `X-Amz-Target`. */
  readonly service: { readonly signingName: string; readonly target: string };
  /** Only its origin is used. */
  readonly endpoint: URL;
  /** The endpoint's region: what is signed for. */
  readonly region: string;
  readonly credentials: CredentialProvider;
  /** For the signature's date and for hints that are dates; time-outs run by the machine's own timers. */
  readonly clock: Clock;
  /** For reads and writes alike, instead of their own. */
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

/** Milliseconds. A call takes at most `totalMs` and `connectMs` together. */
const READ_TIMEOUTS: Timeouts = { connectMs: 3_000, firstByteMs: 10_000, totalMs: 15_000 };
/**
 * AWS took up to 9 s for one write (*recorded*); what SubmitOpportunity takes isn't known, and giving up early makes a
 * doubt of it. With 28 s at most it still fits twice into the lease it is made under (`LEASE_MS`).
 */
const WRITE_TIMEOUTS: Timeouts = { connectMs: 3_000, firstByteMs: 20_000, totalMs: 25_000 };
/** No call takes longer (milliseconds). */
export const LONGEST_CALL_MS = WRITE_TIMEOUTS.connectMs + WRITE_TIMEOUTS.totalMs;

export type Client = ReturnType<typeof createClient>;

/**
 * Signed awsJson1_0 calls. Success is a 200 that came whole; what is in it is the caller's to judge. A call is made a
 * second time after `ExpiredTokenException`, with credentials fetched anew: the first one wasn't executed.
 */
export function createClient(options: ClientOptions) {
  const { service, endpoint, region, userAgent, clock, credentials, onAnswer, onCall } = options;
  const readTimeouts = { ...READ_TIMEOUTS, ...options.timeouts };
  const writeTimeouts = { ...WRITE_TIMEOUTS, ...options.timeouts };
  const reads = createTransport(endpoint, readTimeouts);
  const writes = createTransport(endpoint, writeTimeouts);

  type Send = (signed: () => SignedRequest, deadline: AbortSignal) => Promise<SendOutcome>;

  async function signedCall(
    operation: string,
    input: object,
    send: Send,
    deadline: AbortSignal,
  ): Promise<Result<Answer>> {
    const request = {
      service: service.signingName,
      region,
      endpoint,
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `${service.target}.${operation}`,
        'x-amzn-user-agent': userAgent,
      },
      body: JSON.stringify(input),
    };
    const sendAs = async (identity: AwsCredentialIdentity): Promise<Result<Answer>> => {
      const delivery = await send(() => signPost(request, identity, clock.now()), deadline);
      if (delivery.kind === 'answered') onAnswer?.(delivery.answer);
      return resultOf(delivery, clock.now());
    };
    const current = await fetchCredentials(() => credentials(), deadline);
    if (!current.ok) return current;
    const first = await sendAs(current.value);
    if (first.ok || !isExpiredToken(first.error)) return first;
    const renewed = await fetchCredentials(() => renew(credentials, current.value), deadline);
    return renewed.ok ? sendAs(renewed.value) : renewed;
  }

  /** Ends when its time is over, or with `stop`. */
  async function call(
    operation: string,
    input: object,
    send: Send,
    { totalMs, stop }: { readonly totalMs: number; readonly stop?: AbortSignal | undefined },
  ): Promise<Result<Answer>> {
    const startedAt = clock.monotonic();
    const late = patience(totalMs);
    const deadline = stop === undefined ? late.signal : AbortSignal.any([late.signal, stop]);
    const result = await signedCall(operation, input, send, deadline).finally(late.end);
    const ms = clock.monotonic() - startedAt;
    const { kind, code, requestId } = result.ok
      ? { kind: 'ok' as const, code: undefined, requestId: result.requestId }
      : result.error;
    onCall?.({ operation, outcome: kind, code, requestId, ms });
    return result;
  }

  return {
    /**
     * A call that may be made again. Over a kept connection; where that is reset without an answer, which
     * mostly means that it was stale, the call is repeated once over a new one. `stop` breaks it off.
     */
    read: (operation: string, input: object, stop?: AbortSignal): Promise<Result<Answer>> => {
      const send: Send = async (signed, deadline) => {
        const delivery = await reads.send(signed(), deadline);
        const stale = delivery.kind === 'lost' && delivery.code === 'ConnectionReset';
        return stale && !deadline.aborted ? reads.sendAlone(signed, deadline) : delivery;
      };
      return call(operation, input, send, { totalMs: readTimeouts.totalMs, stop });
    },

    /**
     * A call that must not be made twice. Over a new connection of its own: connect, ask `maySend`, sign,
     * write. `retryable` means that it wasn't executed; whatever leaves that open is `unknown`.
     */
    write: (operation: string, input: object, maySend: () => boolean): Promise<Result<Answer>> => {
      const send: Send = (signed, deadline) =>
        writes.sendAlone(() => (maySend() ? signed() : undefined), deadline);
      return call(operation, input, send, { totalMs: writeTimeouts.totalMs });
    },

    close: async (): Promise<void> => {
      await Promise.all([reads.close(), writes.close()]);
    },
  };
}

/** What an answer says, as the schema reads it; one that doesn't fit is unreadable. */
export function readAs<Schema extends z.ZodType>(
  schema: Schema,
  result: Result<Answer>,
): Result<z.output<Schema>> {
  if (!result.ok) return result;
  const parsed = schema.safeParse(jsonOf(result.value));
  return parsed.success
    ? { ok: true, value: parsed.data, requestId: result.requestId }
    : { ok: false, error: unreadable(result.value) };
}

function resultOf(delivery: SendOutcome, now: Date): Result<Answer> {
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
}: Exclude<SendOutcome, { kind: 'answered' }>): PartnerCentralError {
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
  const isSame =
    current.accessKeyId === expired.accessKeyId &&
    current.secretAccessKey === expired.secretAccessKey &&
    current.sessionToken === expired.sessionToken;
  return isSame ? provider({ forceRefresh: true }) : current;
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
