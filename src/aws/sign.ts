import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import aws4 from 'aws4';

/** What goes over the wire: every header, and the very bytes that were signed. */
export interface SignedRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** An AWS service that speaks awsJson1_0: how it is named in signatures, and in `X-Amz-Target`. */
export interface Service {
  readonly signingName: string;
  readonly target: string;
}

export interface UnsignedCall {
  readonly service: Service;
  /** `SubmitOpportunity`, … */
  readonly operation: string;
  /** Sent as JSON. */
  readonly input: object;
  readonly endpoint: URL;
  /** The endpoint's region, whatever `AWS_REGION` says. */
  readonly region: string;
  /** Says who calls, in `X-Amzn-User-Agent`. */
  readonly userAgent: string;
}

/** Signs with Signature Version 4; AWS accepts the signature for some minutes around `now`. */
export function signCall(call: UnsignedCall, credentials: AwsCredentialIdentity, now: Date): SignedRequest {
  return signPost(
    {
      service: call.service.signingName,
      region: call.region,
      endpoint: call.endpoint,
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `${call.service.target}.${call.operation}`,
        'x-amzn-user-agent': call.userAgent,
      },
      body: JSON.stringify(call.input),
    },
    credentials,
    now,
  );
}

/** Signs a `POST /` to any of AWS's services, as `signCall` does for those that speak awsJson1_0. */
export function signPost(
  request: {
    /** The name that the service signs by: `sts`, … */
    readonly service: string;
    readonly region: string;
    readonly endpoint: URL;
    /** Beyond `host`, `content-length` and what the signature adds. */
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  },
  credentials: AwsCredentialIdentity,
  now: Date,
): SignedRequest {
  const body = Buffer.from(request.body, 'utf8');
  const signed = aws4.sign(
    {
      service: request.service,
      region: request.region,
      host: request.endpoint.host,
      method: 'POST',
      path: '/',
      headers: {
        host: request.endpoint.host,
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

/**
 * Credentials to sign with. `forceRefresh` asks for new ones although those at hand still look valid.
 * Rejects with whatever the source says; the client turns that into `CredentialsUnavailable`.
 */
export type CredentialProvider = (options?: {
  readonly forceRefresh?: boolean;
}) => Promise<AwsCredentialIdentity>;

/** Key ID, secret and, where they are temporary, session token and expiry. */
export type AwsCredentialIdentity = Awaited<ReturnType<ReturnType<typeof fromNodeProviderChain>>>;

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

/** True where both would sign alike. */
export function sameCredentials(one: AwsCredentialIdentity, other: AwsCredentialIdentity): boolean {
  return (
    one.accessKeyId === other.accessKeyId &&
    one.secretAccessKey === other.secretAccessKey &&
    one.sessionToken === other.sessionToken
  );
}
