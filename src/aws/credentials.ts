import { fromNodeProviderChain } from '@aws-sdk/credential-providers';

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
