import { z } from 'zod';
import type { AwsCredentialIdentity, CredentialProvider } from '../../aws/client.ts';
import { credentialsUnavailable } from '../../aws/client.ts';
import type { Result } from '../../aws/errors.ts';
import { accessTrouble } from '../../aws/errors.ts';
import { createPartnerCentral, type PartnerCentral } from '../../aws/operations.ts';
import type { Catalog } from '../../aws/terms.ts';
import { createTransport, type SendOutcome } from '../../aws/transport.ts';
import type { Clock } from '../../clock.ts';
import type { ConfigParts } from '../../config/config.ts';
import { type Check, check, type Finding, failed, notChecked, ok } from './finding.ts';
import { type CallerIdentity, getCallerIdentity, TIMEOUTS } from './query.ts';

/** AWS refuses signatures that are five minutes off; a clock this far off isn't kept by anything (milliseconds). */
const SKEW_LIMIT_MS = 60_000;

/** Operations that only read, which `permissionFindings` tries. */
type Reading =
  | 'listOpportunities'
  | 'getOpportunity'
  | 'getWholeOpportunity'
  | 'getAwsOpportunitySummary'
  | 'listSolutions';

/** The others, which nobody can try without doing them. The compiler finds one that is forgotten. */
export const CHANGING: Readonly<Record<Exclude<keyof PartnerCentral, Reading | 'close'>, string>> = {
  submitOpportunity: 'SubmitOpportunity',
  updateOpportunity: 'UpdateOpportunity',
  associateOpportunity: 'AssociateOpportunity',
};

/** As whom, and by which clock, AWS is called. */
export interface Calling {
  readonly credentials: CredentialProvider;
  readonly clock: Clock;
  readonly userAgent: string;
}

/** The endpoint, the clock, who the bot is, and what it may read; `deep`: IAM is asked what it may change (`deep.ts`). */
export function awsChecks({ aws, catalog }: ConfigParts, calling: Calling, deep: boolean): readonly Check[] {
  if (aws === undefined) {
    const why = 'an address or the region of AWS is wrong in the settings';
    return [check('AWS', 'AWS', async () => [notChecked('AWS', why)])];
  }
  return [
    check('AWS', 'endpoint', () => endpointFindings(aws.endpoint, calling.clock)),
    check('AWS', 'credentials', async () => (await signingFindings(aws, calling)).findings),
    check('AWS', 'permissions', async () => {
      if (catalog === undefined) {
        return [notChecked('permissions', 'PARTNER_CENTRAL_CATALOG is missing or wrong')];
      }
      return [...(await permissionFindings(aws, catalog, calling)), ...(deep ? [] : UNTRIED)];
    }),
  ];
}

/** What there is to sign with, and who that is; `identity` undefined: there is nothing. */
export async function signingFindings(
  aws: NonNullable<ConfigParts['aws']>,
  { credentials, clock }: Calling,
): Promise<{ readonly findings: readonly Finding[]; readonly identity: CallerIdentity | undefined }> {
  const found = await credentials().catch(credentialsUnavailable);
  if ('kind' in found) {
    return { findings: [failed('credentials', accessTrouble(found))], identity: undefined };
  }
  const now = clock.now();
  const { stsEndpoint: endpoint, region } = aws;
  const identity = await getCallerIdentity({ endpoint, region, credentials: found, now });
  return { findings: [credentialsFinding(found, now), identityFinding(identity, endpoint)], identity };
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

const UNTRIED = Object.values(CHANGING).map((operation) =>
  notChecked(
    operation,
    'nobody can try it without doing it: compare the IAM policy with those in deploy/iam, or ask IAM by --deep',
  ),
);

/** Lists one opportunity and reads it, and lists a solution; what is read is shown to nobody. */
export const permissionFindings = (
  aws: NonNullable<ConfigParts['aws']>,
  catalog: Catalog,
  calling: Calling,
): Promise<readonly Finding[]> =>
  askPartnerCentral(aws, calling, (partnerCentral) => tryReading(partnerCentral, catalog));

export async function askPartnerCentral<Answer>(
  { endpoint, region }: NonNullable<ConfigParts['aws']>,
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

async function tryReading(partnerCentral: PartnerCentral, catalog: Catalog): Promise<readonly Finding[]> {
  const list = await partnerCentral.listOpportunities({ Catalog: catalog, MaxResults: 1 });
  if (!list.ok) {
    return [
      list.error.code === 'CredentialsUnavailable'
        ? notChecked('ListOpportunities', 'there are no credentials')
        : failed('ListOpportunities', accessTrouble(list.error)),
    ];
  }
  const [first] = list.value.OpportunitySummaries;
  const listed = [
    ok('ListOpportunities', `allowed in the catalog ${catalog}`),
    readFinding('ListSolutions', await partnerCentral.listSolutions({ Catalog: catalog, MaxResults: 1 })),
  ];
  if (first === undefined) {
    const why = `the catalog ${catalog} lists no opportunity to try it on`;
    return [...listed, notChecked('GetOpportunity', why), notChecked('GetAwsOpportunitySummary', why)];
  }
  const [opportunity, summary] = await Promise.all([
    partnerCentral.getOpportunity({ Catalog: catalog, Identifier: first.Id }),
    partnerCentral.getAwsOpportunitySummary({ Catalog: catalog, RelatedOpportunityIdentifier: first.Id }),
  ]);
  return [
    ...listed,
    readFinding('GetOpportunity', opportunity),
    readFinding('GetAwsOpportunitySummary', summary),
  ];
}

function readFinding(operation: string, result: Result<unknown>): Finding {
  if (result.ok) return ok(operation, 'allowed');
  const { error } = result;
  // A deal that was never submitted has no summary: AWS says so only to whoever may ask.
  if (error.kind === 'refused' && /^(ResourceNotFound|Validation)Exception$/.test(error.code)) {
    return ok(operation, 'allowed');
  }
  return failed(
    operation,
    error.kind === 'refused'
      ? {
          says: `AWS does not let the bot use ${operation} (${error.code}).`,
          fix: "Check the bot's IAM policy against those in deploy/iam.",
        }
      : accessTrouble(error),
  );
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
