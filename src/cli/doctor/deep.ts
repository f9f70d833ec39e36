import type { PartnerCentral } from '../../aws/operations.ts';
import type { Catalog } from '../../aws/terms.ts';
import { DAY_MS } from '../../clock.ts';
import type { ConfigParts } from '../../config/config.ts';
import { askPartnerCentral, type Calling, CHANGING } from './aws.ts';
import { type Check, check, type Finding, failed, notChecked, ok } from './finding.ts';
import { element, getCallerIdentity, query } from './query.ts';

type Aws = NonNullable<ConfigParts['aws']>;

/**
 * What takes more calls, and rights that the bot itself doesn't need: whether it may write, by IAM's simulator, since
 * nothing is ever written to find out; which solutions there are; whether events arrive.
 */
export function deepChecks({ aws, catalog, events }: ConfigParts, calling: Calling): readonly Check[] {
  // What is missing or wrong then is said by the other checks.
  if (aws === undefined || catalog === undefined) return [];
  return [
    check('AWS', 'writing', () => writingFindings(aws, catalog, calling)),
    check('AWS', 'solutions', () =>
      askPartnerCentral(aws, calling, async (partnerCentral) => [
        await solutionsFinding(partnerCentral, catalog),
      ]),
    ),
    check('AWS', 'events', async () => {
      const queue = events?.queue;
      if (queue === undefined) {
        return [notChecked('events', 'EVENTS_QUEUE_URL is not set: decisions are found by polling')];
      }
      return [await arrivalFinding(queue, aws, catalog, calling)];
    }),
  ];
}

/** Whether the role may write, as IAM's policy simulator sees it. */
async function writingFindings(aws: Aws, catalog: Catalog, calling: Calling): Promise<readonly Finding[]> {
  const operations = Object.values(CHANGING);
  const notKnown = (why: string) => operations.map((operation) => notChecked(operation, `not known: ${why}`));
  const credentials = await calling.credentials().catch(() => undefined);
  if (credentials === undefined) return notKnown('there are no credentials');
  const signing = { credentials, now: calling.clock.now() };
  const identity = await getCallerIdentity({ ...signing, endpoint: aws.stsEndpoint, region: aws.region });
  if (identity.type !== 'known') return notKnown(`who the bot is isn't known (${identity.code})`);
  const principal = principalOf(identity.arn);
  if (principal === undefined) return notKnown('IAM simulates roles and users only');
  // IAM is one for the whole partition.
  const iam = { ...signing, endpoint: serviceAt(aws, 'iam.amazonaws.com'), region: 'us-east-1' };
  return Promise.all(
    operations.map(async (operation) => {
      // "SimulatePrincipalPolicy", https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html:
      // calls nothing but the simulator. It knows the role's policies and the organisation's, not those of a session.
      const answer = await query(iam, 'iam', {
        Action: 'SimulatePrincipalPolicy',
        Version: '2010-05-08',
        PolicySourceArn: principal,
        'ActionNames.member.1': `partnercentral:${operation}`,
        'ResourceArns.member.1': `arn:aws:partnercentral:us-east-1:${identity.account}:catalog/${catalog}/opportunity/O1`,
        'ContextEntries.member.1.ContextKeyName': 'partnercentral:Catalog',
        'ContextEntries.member.1.ContextKeyType': 'string',
        'ContextEntries.member.1.ContextKeyValues.member.1': catalog,
      });
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

/** AWS's own address of another service; in tests, where STS has an address of theirs, that one. */
const serviceAt = ({ stsEndpoint }: Aws, host: string): URL =>
  stsEndpoint.hostname.endsWith('.amazonaws.com') ? new URL(`https://${host}`) : stsEndpoint;

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

/** How many days back events are counted: SQS itself keeps a message no longer. */
const DAYS = 14;

/** Whether events come into the queue, by CloudWatch: receiving them would take them from the bot. */
async function arrivalFinding(
  { url, region }: { readonly url: URL; readonly region: string },
  aws: Aws,
  catalog: Catalog,
  calling: Calling,
): Promise<Finding> {
  const credentials = await calling.credentials().catch(() => undefined);
  if (credentials === undefined) return notChecked('events', 'there are no credentials');
  const now = calling.clock.now();
  const since = new Date(now.getTime() - DAYS * DAY_MS);
  const endpoint = serviceAt(aws, `monitoring.${region}.amazonaws.com`);
  const answer = await query({ endpoint, region, credentials, now }, 'monitoring', {
    Action: 'GetMetricStatistics',
    Version: '2010-08-01',
    Namespace: 'AWS/SQS',
    MetricName: 'NumberOfMessagesSent',
    'Dimensions.member.1.Name': 'QueueName',
    'Dimensions.member.1.Value': url.pathname.split('/').at(-1) ?? '',
    'Statistics.member.1': 'Sum',
    Period: '86400',
    StartTime: since.toISOString(),
    EndTime: now.toISOString(),
  });
  switch (answer.type) {
    case 'no-answer':
      return notChecked('events', `CloudWatch can't be reached (${answer.code})`);
    case 'refused':
      return notChecked(
        'events',
        `the role may not ask CloudWatch (${answer.code}); the bot doesn't need that. To have it looked at, allow cloudwatch:GetMetricStatistics`,
      );
    case 'answered': {
      const came = sumIn(answer.xml);
      if (came > 0) return ok('events', `about ${came.toLocaleString('en')} came within ${DAYS} days`);
      return noneFinding(await lastChange(aws, catalog, calling), since);
    }
  }
}

const sumIn = (xml: string): number =>
  xml
    .split('<Sum>')
    .slice(1)
    .map((rest) => Number(rest.split('</Sum>')[0]))
    .filter(Number.isFinite)
    .reduce((sum, each) => sum + each, 0);

async function lastChange(aws: Aws, catalog: Catalog, calling: Calling): Promise<string | undefined> {
  const list = await askPartnerCentral(aws, calling, (partnerCentral) =>
    partnerCentral.listOpportunities({
      Catalog: catalog,
      MaxResults: 1,
      Sort: { SortBy: 'LastModifiedDate', SortOrder: 'DESCENDING' },
    }),
  );
  return list.ok ? list.value.OpportunitySummaries[0]?.LastModifiedDate : undefined;
}

function noneFinding(changedAt: string | undefined, since: Date): Finding {
  const changed = changedAt === undefined ? Number.NaN : Date.parse(changedAt);
  if (!(changed > since.getTime())) {
    return notChecked('events', `none came within ${DAYS} days, in which AWS lists no change either`);
  }
  return failed('events', {
    says: `None came within ${DAYS} days, though an opportunity changed on ${new Date(changed).toISOString().slice(0, 10)}.`,
    fix: "Compare the rule and the queue's policy with those in docs/events.md; some accounts get events only once notifications are switched on in Partner Central. Until then decisions are found by polling.",
  });
}
