import { accessTrouble, type Result } from '../../aws/errors.ts';
import type { PartnerCentral } from '../../aws/operations.ts';
import type { Catalog } from '../../aws/terms.ts';
import type { ConfigParts } from '../../config/config.ts';
import {
  type Aws,
  askPartnerCentral,
  type Calling,
  element,
  getCallerIdentity,
  query,
  signingOf,
} from './aws.ts';
import { type Checks, type Finding, failed, notChecked, ok } from './finding.ts';

/** Operations that only read, which `permissionFindings` tries. */
type Reading =
  | 'listOpportunities'
  | 'getOpportunity'
  | 'getWholeOpportunity'
  | 'getAwsOpportunitySummary'
  | 'listSolutions';

/** The others, which nobody can try without doing them. The compiler finds one that is forgotten. */
const CHANGING = Object.values({
  submitOpportunity: 'SubmitOpportunity',
  updateOpportunity: 'UpdateOpportunity',
  associateOpportunity: 'AssociateOpportunity',
} satisfies Readonly<Record<Exclude<keyof PartnerCentral, Reading | 'close'>, string>>);

/**
 * What the bot may read, tried; and what it may change, which is never tried. `deep`: IAM's simulator is asked that, and
 * which solutions there are: it takes more calls, and a right that the bot itself doesn't need.
 */
export function permissionChecks(
  { aws, catalog }: Pick<ConfigParts, 'aws' | 'catalog'>,
  calling: Calling,
  deep: boolean,
): Checks {
  if (aws === undefined) return {};
  if (catalog === undefined) {
    const why = 'PARTNER_CENTRAL_CATALOG is missing or wrong';
    return { permissions: async () => [notChecked('permissions', why)] };
  }
  const reading = () => permissionFindings(aws, catalog, calling);
  if (!deep) return { permissions: async () => [...(await reading()), ...UNTRIED] };
  return {
    permissions: reading,
    writing: () => writingFindings(aws, catalog, calling),
    solutions: () =>
      askPartnerCentral(aws, calling, async (partnerCentral) => [
        await solutionsFinding(partnerCentral, catalog),
      ]),
  };
}

const UNTRIED = CHANGING.map((operation) =>
  notChecked(
    operation,
    'nobody can try it without doing it: compare the IAM policy with those in deploy/iam, or ask IAM by --deep',
  ),
);

/** Lists one opportunity and reads it, and lists a solution; what is read is shown to nobody. */
export const permissionFindings = (
  aws: Aws,
  catalog: Catalog,
  calling: Calling,
): Promise<readonly Finding[]> =>
  askPartnerCentral(aws, calling, (partnerCentral) => tryReading(partnerCentral, catalog));

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

/** Whether the role may write, as IAM's policy simulator sees it. */
async function writingFindings(aws: Aws, catalog: Catalog, calling: Calling): Promise<readonly Finding[]> {
  const notKnown = (why: string) => CHANGING.map((operation) => notChecked(operation, `not known: ${why}`));
  const signing = await signingOf(aws, calling);
  if (signing === undefined) return notKnown('there are no credentials');
  const identity = await getCallerIdentity(signing);
  if (identity.type !== 'known') return notKnown(`who the bot is isn't known (${identity.code})`);
  const principal = principalOf(identity.arn);
  if (principal === undefined) return notKnown('IAM simulates roles and users only');
  return Promise.all(
    CHANGING.map(async (operation) => {
      // "SimulatePrincipalPolicy", https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html:
      // calls nothing but the simulator. It knows the role's policies and the organisation's, not those of a session.
      const answer = await query(
        signing,
        { service: 'iam', region: 'us-east-1' },
        {
          Action: 'SimulatePrincipalPolicy',
          Version: '2010-05-08',
          PolicySourceArn: principal,
          'ActionNames.member.1': `partnercentral:${operation}`,
          'ResourceArns.member.1': `arn:aws:partnercentral:us-east-1:${identity.account}:catalog/${catalog}/opportunity/O1`,
          'ContextEntries.member.1.ContextKeyName': 'partnercentral:Catalog',
          'ContextEntries.member.1.ContextKeyType': 'string',
          'ContextEntries.member.1.ContextKeyValues.member.1': catalog,
        },
      );
      switch (answer.type) {
        case 'answered':
          return decisionFinding(operation, element(answer.xml, 'EvalDecision'));
        case 'refused':
          return notChecked(operation, `not known: ${whyNotSimulated(answer.code)}`);
        case 'no-answer':
          return notChecked(operation, `not known: IAM can't be reached (${answer.code})`);
      }
    }),
  );
}

function decisionFinding(operation: string, decision: string | undefined): Finding {
  switch (decision) {
    case 'allowed':
      return ok(operation, "allowed, by IAM's policy simulator; nothing was sent to Partner Central");
    case 'implicitDeny':
    case 'explicitDeny':
      return failed(operation, {
        says: `IAM's policy simulator says that the bot may not use it (${decision}).`,
        fix: "Compare the role's policy with those in deploy/iam; explicitDeny may come from a boundary or the organisation.",
      });
    default:
      return notChecked(operation, "not known: IAM's policy simulator gave no decision");
  }
}

const whyNotSimulated = (code: string): string =>
  code === 'NoSuchEntity'
    ? 'IAM finds no such role; one with a path, as of IAM Identity Center, is not found by what STS says of it'
    : `the role may not ask IAM's policy simulator (${code}); the bot doesn't need that. To have it looked at, allow iam:SimulatePrincipalPolicy`;

/** What policies are attached to: of a role's session, the role. Undefined: the account itself, or something else. */
function principalOf(arn: string): string | undefined {
  const [, partition, account, role] = /^arn:([a-z-]+):sts::(\d+):assumed-role\/([^/]+)\//.exec(arn) ?? [];
  if (role !== undefined) return `arn:${partition}:iam::${account}:role/${role}`;
  return /^arn:[a-z-]+:iam::\d+:user\//.test(arn) ? arn : undefined;
}

async function solutionsFinding(partnerCentral: PartnerCentral, catalog: Catalog): Promise<Finding> {
  const answer = await partnerCentral.listSolutions({
    Catalog: catalog,
    Status: ['Active'],
    MaxResults: 100,
  });
  // Why not is said of ListSolutions.
  if (!answer.ok) return notChecked('solutions', `ListSolutions was not answered (${answer.error.code})`);
  const ids = answer.value.SolutionSummaries.map(({ Id }) => Id);
  if (ids.length === 0) {
    return ok('solutions', `none is active in ${catalog}: in its deals the solution has to be described`);
  }
  const shown = ids.slice(0, 5).join(', ');
  return ok('solutions', `${ids.length} active in ${catalog}: ${shown}${ids.length > 5 ? ', …' : ''}`);
}
