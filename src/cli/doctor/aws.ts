import { z } from 'zod';
import {
  type AwsCredentialIdentity,
  type CredentialProvider,
  credentialsUnavailable,
  signPost,
  standardCredentials,
} from '../../aws/client.ts';
import { accessTrouble } from '../../aws/errors.ts';
import { createPartnerCentral, type PartnerCentral } from '../../aws/operations.ts';
import { createTransport, type SendOutcome, type Timeouts } from '../../aws/transport.ts';
import { type Clock, systemClock } from '../../clock.ts';
import type { ConfigParts } from '../../config/config.ts';
import { type Checks, type Finding, failed, notChecked, ok } from './finding.ts';

/** A call may take so long (milliseconds). */
const TIMEOUTS: Timeouts = { connectMs: 3000, firstByteMs: 5000, totalMs: 8000 };

/** AWS refuses signatures that are five minutes off; a clock this far off isn't kept by anything (milliseconds). */
const SKEW_LIMIT_MS = 60_000;

export type Aws = NonNullable<ConfigParts['aws']>;

/** As whom, and by which clock, AWS is called. */
export interface Calling {
  readonly credentials: CredentialProvider;
  readonly clock: Clock;
  readonly userAgent: string;
}

export const callingFrom = (command: 'doctor' | 'setup'): Calling => ({
  credentials: standardCredentials(),
  clock: systemClock,
  userAgent: `submit-opportunity-bot|${command}`,
});

/** The endpoint, the clock, and who the bot is. */
export function awsChecks({ aws }: Pick<ConfigParts, 'aws'>, calling: Calling): Checks {
  if (aws === undefined) {
    const why = 'an address or the region of AWS is wrong in the settings';
    return { AWS: async () => [notChecked('AWS', why)] };
  }
  return {
    endpoint: () => endpointFindings(aws.endpoint, calling.clock),
    credentials: async () => (await signingFindings(aws, calling)).findings,
  };
}

/** What there is to sign with, and who that is; `identity` undefined: there is nothing. */
export async function signingFindings(
  aws: Aws,
  { credentials, clock }: Calling,
): Promise<{ readonly findings: readonly Finding[]; readonly identity: CallerIdentity | undefined }> {
  const found = await credentials().catch(credentialsUnavailable);
  if ('kind' in found) {
    return { findings: [failed('credentials', accessTrouble(found))], identity: undefined };
  }
  const now = clock.now();
  const identity = await getCallerIdentity({ aws, credentials: found, now });
  return {
    findings: [credentialsFinding(found, now), identityFinding(identity, aws.stsEndpoint)],
    identity,
  };
}

/** A request without a signature: AWS refuses it, and so shows that it is there and what time it is. */
async function endpointFindings(endpoint: URL, clock: Clock): Promise<readonly Finding[]> {
  const transport = createTransport(endpoint, TIMEOUTS);
  try {
    const delivery = await transport.send(
      {
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': 'AWSPartnerCentralSelling.ListOpportunities',
        },
        body: Buffer.from('{}'),
      },
      AbortSignal.timeout(TIMEOUTS.totalMs),
    );
    return delivery.kind === 'answered'
      ? [ok('endpoint', `${endpoint.host} answers`), clockFinding(delivery.answer.headers.date, clock.now())]
      : [unreachable(endpoint, delivery)];
  } finally {
    await transport.close();
  }
}

function unreachable(endpoint: URL, { code }: Exclude<SendOutcome, { kind: 'answered' }>): Finding {
  return failed('endpoint', {
    says: `${endpoint.host} can't be reached (${code}).`,
    fix:
      code === 'TlsFailure'
        ? "Something between the bot and AWS shows another certificate. If that is your company's, give Node its CA by NODE_EXTRA_CA_CERTS; don't switch the check off."
        : 'Check name resolution and the way out from this machine: the bot needs HTTPS (port 443) to that host.',
  });
}

function clockFinding(date: string | undefined, now: Date): Finding {
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs)) return notChecked('clock', 'the answer carried no time');
  const skewMs = now.getTime() - theirs;
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  if (Math.abs(skewMs) <= SKEW_LIMIT_MS) return ok('clock', `within ${Math.max(seconds, 1)} s of AWS's`);
  return failed('clock', {
    says: `This machine's clock is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} AWS's.`,
    fix: 'Set it by NTP: from five minutes on AWS takes no signature of the bot any more.',
  });
}

function credentialsFinding(credentials: AwsCredentialIdentity, now: Date): Finding {
  const source = credentialSource(credentials);
  const { expiration, sessionToken } = credentials;
  if (expiration !== undefined) {
    const minutes = Math.round((expiration.getTime() - now.getTime()) / 60_000);
    return minutes < 0
      ? failed('credentials', {
          says: `Those of ${source} expired ${-minutes} min ago.`,
          fix: 'Renew them where they come from (for SSO: "aws sso login").',
        })
      : ok('credentials', `${source}; they expire in ${minutes} min`);
  }
  return ok(
    'credentials',
    sessionToken === undefined
      ? `${source}; they don't expire`
      : `${source}, temporary ones: nobody renews them when they expire`,
  );
}

function identityFinding(identity: CallerIdentity, stsEndpoint: URL): Finding {
  switch (identity.type) {
    case 'known':
      return ok('identity', identity.arn);
    case 'refused':
      return failed('identity', {
        says: `AWS does not accept these credentials (${identity.code}).`,
        fix: 'Check AWS_PROFILE, the keys or the role the bot runs with, and the clock.',
      });
    case 'no-answer':
      return notChecked(
        'identity',
        `${stsEndpoint.host} can't be reached (${identity.code}); the bot itself doesn't need it`,
      );
  }
}

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

function credentialSource(credentials: object): string {
  const read = marked.safeParse(credentials);
  const marks = read.success ? Object.keys(read.data.$source) : [];
  return SOURCES.find(([mark]) => marks.includes(mark))?.[1] ?? 'a source that does not name itself';
}

/** Asks Partner Central itself, over connections of its own. */
export async function askPartnerCentral<Answer>(
  { endpoint, region }: Aws,
  calling: Calling,
  ask: (partnerCentral: PartnerCentral) => Promise<Answer>,
): Promise<Answer> {
  const partnerCentral = createPartnerCentral({ ...calling, endpoint, region, timeouts: TIMEOUTS });
  try {
    return await ask(partnerCentral);
  } finally {
    await partnerCentral.close();
  }
}

/** What a call to another of AWS's services is signed with. */
interface Signing {
  readonly aws: Aws;
  readonly credentials: AwsCredentialIdentity;
  readonly now: Date;
}

/** Undefined: there are no credentials. */
export async function signingOf(aws: Aws, { credentials, clock }: Calling): Promise<Signing | undefined> {
  const found = await credentials().catch(() => undefined);
  return found && { aws, credentials: found, now: clock.now() };
}

/** Its XML, AWS's error code, or why there was no answer. */
type QueryAnswer =
  | { readonly type: 'answered'; readonly xml: string }
  | { readonly type: 'refused'; readonly code: string }
  | { readonly type: 'no-answer'; readonly code: string };

/**
 * One signed call to a service that has no JSON. "AWS Query protocol", https://smithy.io
 *
 * @param service the name that it signs by; where STS has an address that isn't AWS's, as in tests, every service is asked there
 * @param input with `Action` and `Version`
 */
export async function query(
  { aws: { stsEndpoint }, credentials, now }: Signing,
  { service, region }: { readonly service: 'sts' | 'iam' | 'monitoring'; readonly region: string },
  input: Readonly<Record<string, string>>,
): Promise<QueryAnswer> {
  // IAM is one for the whole partition.
  const host = service === 'iam' ? 'iam.amazonaws.com' : `${service}.${region}.amazonaws.com`;
  const isAws = service !== 'sts' && stsEndpoint.hostname.endsWith('.amazonaws.com');
  const endpoint = isAws ? new URL(`https://${host}`) : stsEndpoint;
  const request = signPost(
    {
      service,
      region,
      endpoint,
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: new URLSearchParams(input).toString(),
    },
    credentials,
    now,
  );
  const transport = createTransport(endpoint, TIMEOUTS);
  try {
    const delivery = await transport.send(request, AbortSignal.timeout(TIMEOUTS.totalMs));
    if (delivery.kind !== 'answered') return { type: 'no-answer', code: delivery.code };
    const { status, body, complete } = delivery.answer;
    if (status === 200 && complete) return { type: 'answered', xml: body };
    const code = element(body, 'Code');
    return status < 500 && code !== undefined
      ? { type: 'refused', code }
      : { type: 'no-answer', code: `HTTP ${status}` };
  } finally {
    await transport.close();
  }
}

/** The plain text of the first element of that name. */
export function element(xml: string, name: string): string | undefined {
  const text = xml.split(`<${name}>`)[1]?.split(`</${name}>`)[0];
  return text !== undefined && /^[A-Za-z0-9:/_+=,.@-]{1,2048}$/.test(text) ? text : undefined;
}

/** Who these credentials are, AWS's error code (`InvalidClientTokenId`, …), or why there was no answer. */
export type CallerIdentity =
  | { readonly type: 'known'; readonly arn: string; readonly account: string }
  | Exclude<QueryAnswer, { type: 'answered' }>;

/**
 * Asks the Security Token Service; needs no permission and changes nothing.
 *
 * "GetCallerIdentity", https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function getCallerIdentity(signing: Signing): Promise<CallerIdentity> {
  const answer = await query(
    signing,
    { service: 'sts', region: signing.aws.region },
    { Action: 'GetCallerIdentity', Version: '2011-06-15' },
  );
  if (answer.type !== 'answered') return answer;
  const arn = element(answer.xml, 'Arn');
  const account = element(answer.xml, 'Account');
  return arn === undefined || account === undefined
    ? { type: 'no-answer', code: 'HTTP 200' }
    : { type: 'known', arn, account };
}
