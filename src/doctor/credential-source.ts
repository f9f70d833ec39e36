import { z } from 'zod';

/**
 * AWS's own marks for where credentials came from, the most telling one first; the chain leaves them on what it
 * finds. From the SDK's `AwsSdkCredentialsFeatures`.
 */
const SOURCES: readonly (readonly [string, string])[] = [
  ['CREDENTIALS_STS_ASSUME_ROLE_WEB_ID', 'a role, by web identity token'],
  ['CREDENTIALS_STS_ASSUME_ROLE', 'a role that the profile assumes'],
  ['CREDENTIALS_SSO', 'a profile, by SSO'],
  ['CREDENTIALS_SSO_LEGACY', 'a profile, by SSO'],
  ['CREDENTIALS_LOGIN', 'a profile, by "aws login"'],
  ['CREDENTIALS_PROCESS', 'a profile, by its credential_process'],
  ['CREDENTIALS_HTTP', "the container's role"],
  ['CREDENTIALS_IMDS', "the machine's (EC2) role"],
  ['CREDENTIALS_PROFILE', 'keys in a profile'],
  ['CREDENTIALS_ENV_VARS', 'keys in the environment'],
  ['CREDENTIALS_CODE', 'keys given by the program'],
];

const marked = z.object({ $source: z.record(z.string(), z.unknown()) });

/** Where these credentials came from, in words. */
export function credentialSource(credentials: object): string {
  const read = marked.safeParse(credentials);
  const marks = read.success ? Object.keys(read.data.$source) : [];
  return SOURCES.find(([mark]) => marks.includes(mark))?.[1] ?? 'a source that does not name itself';
}
