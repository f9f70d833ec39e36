import type { PartnerCentralError } from '../../aws/errors.ts';
import { accessTrouble } from '../../aws/errors.ts';
import { createQueue, type QueueAttributes } from '../../aws/queue.ts';
import type { Config, ConfigParts } from '../../config/config.ts';
import type { Calling } from './aws.ts';
import { type Check, check, type Finding, failed, notChecked, ok } from './finding.ts';

type EventsQueue = NonNullable<Config['events']>;

const NAME = 'events queue';
const LIMIT_MS = 8000;
/** Events that don't pile up where a bot runs: it takes ten at once, and the next ten as soon as it is done. */
const MANY = 100;
const COMPARE = "compare the role's policy with that in docs/events.md";

/** The queue of Partner Central's events, where one is set. Nothing is received: that would take events from the bot. */
export function eventsQueueCheck({ events, aws }: ConfigParts, calling: Calling): readonly Check[] {
  const at = events?.queue;
  if (events !== undefined && at === undefined) return [];
  const run = async (): Promise<readonly Finding[]> =>
    at === undefined
      ? [notChecked(NAME, 'EVENTS_QUEUE_URL or PARTNER_CENTRAL_REGION is wrong')]
      : [...(await queueFindings(at, calling)), ...wayFindings(at, aws?.region)];
  return [check('AWS', NAME, run)];
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
