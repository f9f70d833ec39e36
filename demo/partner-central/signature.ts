import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { StandInCredentials } from './stand-in.ts';
import { frontError, type WireError } from './wire.ts';

/** What of an HTTP request a signature covers. Header names in lower case; `body` the very bytes that came. */
export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** What a request has to be signed for. */
export interface SigningScope {
  readonly service: string;
  readonly region: string;
}

const skewMs = 5 * 60_000;

/**
 * Checks a request's Signature Version 4 as AWS does: by signing it again ("Create a signed AWS API
 * request", IAM user guide). Answers the error that AWS would give, or undefined where all is well.
 */
export async function signatureError(
  request: SignedRequest,
  credentials: StandInCredentials,
  now: Date,
  expected: SigningScope,
): Promise<WireError | undefined> {
  const header = request.headers.authorization;
  if (header === undefined) {
    return frontError('MissingAuthenticationTokenException', 'Request is missing Authentication Token');
  }
  const authorization = parseAuthorization(header);
  if (authorization === undefined) {
    return incomplete(
      `Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' parameters. Authorization=${header}`,
    );
  }
  const amzDate = request.headers['x-amz-date'] ?? '';
  const signedAt = parseAmzDate(amzDate);
  if (signedAt === undefined) {
    return incomplete(`Date must be in ISO-8601 'basic format'. Got '${amzDate}'.`);
  }
  if (authorization.accessKeyId !== credentials.accessKeyId) return invalidToken();
  if (request.headers['x-amz-security-token'] !== credentials.sessionToken) return invalidToken();
  return (
    scopeError(authorization.scope, amzDate, expected) ??
    skewError(amzDate, signedAt, now) ??
    signedHeadersError(authorization.signedHeaders, request.headers) ??
    (await mismatch(request, authorization, credentials, signedAt, expected))
  );
}

interface Authorization {
  readonly accessKeyId: string;
  /** Date, region, service, `aws4_request`. */
  readonly scope: readonly string[];
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

function parseAuthorization(header: string): Authorization | undefined {
  const [, parameters] = /^AWS4-HMAC-SHA256\s+(.+)$/.exec(header) ?? [];
  const byName = new Map(
    parameters?.split(',').map((parameter): [string, string] => {
      const [name = '', value = ''] = parameter.trim().split('=');
      return [name, value];
    }),
  );
  const [accessKeyId, ...scope] = byName.get('Credential')?.split('/') ?? [];
  const signedHeaders = byName.get('SignedHeaders')?.split(';');
  const signature = byName.get('Signature');
  if (!accessKeyId || !signedHeaders || !signature || scope.length !== 4) return undefined;
  return { accessKeyId, scope, signedHeaders, signature };
}

/** `20261122T203000Z`, AWS's basic form of ISO 8601. */
function parseAmzDate(text: string): Date | undefined {
  const form = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;
  if (!form.test(text)) return undefined;
  const date = new Date(text.replace(form, '$1-$2-$3T$4:$5:$6Z'));
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function formatAmzDate(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d{3}/g, '');
}

function scopeError(
  scope: readonly string[],
  amzDate: string,
  { service, region }: SigningScope,
): WireError | undefined {
  const [date, scopeRegion, scopeService, terminator] = scope;
  if (date !== amzDate.slice(0, 8)) {
    return invalid(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${amzDate.slice(0, 8)}', from '${amzDate}'.`,
    );
  }
  if (scopeRegion !== region) return invalid(`Credential should be scoped to a valid region.`);
  if (scopeService !== service)
    return invalid(`Credential should be scoped to correct service: '${service}'.`);
  if (terminator !== 'aws4_request') {
    return invalid(`Credential should be scoped with a valid terminator: 'aws4_request'.`);
  }
  return undefined;
}

function skewError(amzDate: string, signedAt: Date, now: Date): WireError | undefined {
  const server = formatAmzDate(now);
  const earliest = new Date(now.getTime() - skewMs);
  const latest = new Date(now.getTime() + skewMs);
  if (signedAt < earliest) {
    return invalid(
      `Signature expired: ${amzDate} is now earlier than ${formatAmzDate(earliest)} (${server} - 5 min.)`,
    );
  }
  if (signedAt > latest) {
    return invalid(
      `Signature not yet current: ${amzDate} is still later than ${formatAmzDate(latest)} (${server} + 5 min.)`,
    );
  }
  return undefined;
}

function signedHeadersError(
  signed: readonly string[],
  headers: Readonly<Record<string, string>>,
): WireError | undefined {
  const needed = Object.keys(headers).filter((name) => name === 'host' || name.startsWith('x-amz-'));
  const unsigned = needed.find((name) => !signed.includes(name));
  return unsigned === undefined
    ? undefined
    : invalid(`'${unsigned}' must be a 'SignedHeader' in the AWS Authorization.`);
}

async function mismatch(
  request: SignedRequest,
  authorization: Authorization,
  credentials: StandInCredentials,
  signedAt: Date,
  { service, region }: SigningScope,
): Promise<WireError | undefined> {
  const hash = new Sha256();
  hash.update(request.body);
  const bodyHash = Buffer.from(await hash.digest()).toString('hex');
  const claimed = request.headers['x-amz-content-sha256'];
  if (claimed !== undefined && claimed !== bodyHash) return invalid(doesNotMatch);

  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256, applyChecksum: false });
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter(([name]) => authorization.signedHeaders.includes(name)),
  );
  const again = await signer.sign(
    {
      method: request.method,
      protocol: 'http:',
      hostname: '127.0.0.1',
      path: request.path,
      headers,
      body: request.body,
    },
    { signingDate: signedAt, signableHeaders: new Set(authorization.signedHeaders) },
  );
  const expected = parseAuthorization(again.headers.authorization ?? '');
  return expected?.signature === authorization.signature ? undefined : invalid(doesNotMatch);
}

const doesNotMatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

function invalid(message: string): WireError {
  return frontError('InvalidSignatureException', message);
}

function invalidToken(): WireError {
  return frontError('UnrecognizedClientException', 'The security token included in the request is invalid.');
}

function incomplete(message: string): WireError {
  return frontError('IncompleteSignatureException', message);
}
