import { accessTrouble, type PartnerCentralError } from '../../aws/errors.ts';
import { createQueue, type QueueAttributes } from '../../aws/queue.ts';
import type { Catalog } from '../../aws/terms.ts';
import { DAY_MS } from '../../clock.ts';
import type { Config, ConfigParts } from '../../config/config.ts';
import { type Aws, askPartnerCentral, type Calling, query, signingOf } from './aws.ts';
import { type Checks, type Finding, failed, notChecked, ok } from './finding.ts';

type EventsQueue = NonNullable<Config['events']>;

const NAME = 'events queue';
const LIMIT_MS = 8000;
/** Events that don't pile up where a bot runs: it takes ten at once, and the next ten as soon as it is done. */
const MANY = 100;
const COMPARE = "compare the role's policy with that in docs/events.md";

/**
 * The queue of Partner Central's events, where one is set. Nothing is received: that would take events from the bot.
 * `deep`: whether events come into it, which takes a right that the bot itself doesn't need.
 */
export function eventsChecks(
  { events, aws, catalog }: Pick<ConfigParts, 'events' | 'aws' | 'catalog'>,
  calling: Calling,
  deep: boolean,
): Checks {
  const at = events?.queue;
  const isGiven = events === undefined || at !== undefined;
  const queue = async (): Promise<readonly Finding[]> =>
    at === undefined
      ? [notChecked(NAME, 'EVENTS_QUEUE_URL or PARTNER_CENTRAL_REGION is wrong')]
      : [...(await queueFindings(at, calling)), ...wayFindings(at, aws?.region)];
  return {
    ...(isGiven ? { [NAME]: queue } : {}),
    // What is missing or wrong then is said by the other checks.
    ...(deep && aws !== undefined && catalog !== undefined
      ? { events: async () => [await arrivalFinding(at, aws, catalog, calling)] }
      : {}),
  };
}

async function queueFindings(at: EventsQueue, calling: Calling): Promise<readonly Finding[]> {
  const queue = createQueue({ ...calling, ...at });
  try {
    const attributes = await queue.attributes(AbortSignal.timeout(LIMIT_MS));
    return attributes.ok ? standing(at, attributes.value) : [withoutAnswer(at, attributes.error)];
  } finally {
    await queue.close();
  }
}

function standing(at: EventsQueue, { waiting, hasDeadLetterQueue }: QueueAttributes): readonly Finding[] {
  const wait = ['nothing waits', 'about one event waits'][waiting];
  return [
    ok(
      NAME,
      `${nameOf(at)} in ${at.region} answers; ${wait ?? `about ${waiting.toLocaleString('en')} events wait`}`,
    ),
    hasDeadLetterQueue
      ? ok('dead-letter queue', 'there is one, for what the bot cannot handle')
      : failed('dead-letter queue', {
          says: 'The queue has none: what the bot cannot handle comes again until SQS drops it, after days.',
          fix: "Make a second queue, and name it in this one's redrive policy with a maxReceiveCount of 5 (docs/events.md).",
        }),
    notChecked(
      'ReceiveMessage',
      waiting < MANY
        ? `it would take events from the bot: ${COMPARE}`
        : `it would take events from the bot. But a bot that runs and may receive leaves far fewer waiting: if yours runs, look for "no events can be received" in its log, and ${COMPARE}`,
    ),
  ];
}

function withoutAnswer(at: EventsQueue, error: PartnerCentralError): Finding {
  if (error.code === 'CredentialsUnavailable') return notChecked(NAME, 'there are no credentials');
  if (error.code === 'QueueDoesNotExist') {
    return failed(NAME, {
      says: `AWS knows no queue ${nameOf(at)} in ${at.region} (${error.code}).`,
      fix: 'Copy EVENTS_QUEUE_URL again (SQS console → the queue → URL): its region, account and name all count.',
    });
  }
  switch (error.kind) {
    case 'refused':
      // The bot itself has no need of this right; policies of before it was asked for don't have it.
      return notChecked(
        NAME,
        `AWS does not let the bot use GetQueueAttributes (${error.code}). Receiving events doesn't need it; to have the queue looked at, allow sqs:GetQueueAttributes there (docs/events.md)`,
      );
    case 'operator':
      return failed(NAME, accessTrouble(error));
    case 'retryable':
    case 'unknown':
      return failed(NAME, {
        says: `${at.url.host} gave no answer that says anything (${error.code}).`,
        fix: 'Check EVENTS_QUEUE_URL, and the way out from this machine: the bot needs HTTPS (port 443) to that host. Until then decisions are found by polling.',
      });
  }
}

/** A rule of EventBridge sends to queues of its own region, and Partner Central's events are in Partner Central's. */
const wayFindings = (at: EventsQueue, region: string | undefined): readonly Finding[] =>
  region === undefined || region === at.region
    ? []
    : [
        notChecked(
          "the events' way",
          `the queue is in ${at.region}, Partner Central's events are in ${region}: a rule there reaches it only by another event bus in ${at.region}`,
        ),
      ];

/** Without the account. */
const nameOf = ({ url }: EventsQueue): string => url.pathname.split('/').at(-1) ?? '';

/** How many days back events are counted: SQS itself keeps a message no longer. */
const DAYS = 14;

/** Whether events come into the queue, by CloudWatch: receiving them would take them from the bot. */
async function arrivalFinding(
  queue: EventsQueue | undefined,
  aws: Aws,
  catalog: Catalog,
  calling: Calling,
): Promise<Finding> {
  if (queue === undefined) {
    return notChecked('events', 'EVENTS_QUEUE_URL is not set: decisions are found by polling');
  }
  const signing = await signingOf(aws, calling);
  if (signing === undefined) return notChecked('events', 'there are no credentials');
  const since = new Date(signing.now.getTime() - DAYS * DAY_MS);
  const answer = await query(
    signing,
    { service: 'monitoring', region: queue.region },
    {
      Action: 'GetMetricStatistics',
      Version: '2010-08-01',
      Namespace: 'AWS/SQS',
      MetricName: 'NumberOfMessagesSent',
      'Dimensions.member.1.Name': 'QueueName',
      'Dimensions.member.1.Value': nameOf(queue),
      'Statistics.member.1': 'Sum',
      Period: '86400',
      StartTime: since.toISOString(),
      EndTime: signing.now.toISOString(),
    },
  );
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
