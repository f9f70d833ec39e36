import { expect, onTestFinished, test } from 'vitest';
import { exampleCredentials } from '../../../demo/partner-central/wire-server.ts';
import { startQueue } from '../../../demo/sqs/server.ts';
import type { QueueOptions } from '../../../demo/sqs/stand-in.ts';
import type { CredentialProvider } from '../../../src/aws/client.ts';
import { eventsChecks } from '../../../src/cli/doctor/events.ts';
import { systemClock } from '../../../src/clock.ts';
import { readParts } from '../../../src/config/config.ts';
import type { Environment } from '../../../src/config/settings.ts';
import { findingsOf } from './findings-of.ts';

const checksOf = (settings: Environment, credentials: CredentialProvider = async () => exampleCredentials) =>
  eventsChecks(
    readParts(settings),
    { credentials, clock: systemClock, userAgent: 'submit-opportunity-bot|test' },
    false,
  );

const noCredentials = () => Promise.reject(new Error('none'));

/** The findings with these settings. */
async function findings(settings: Environment, credentials?: CredentialProvider) {
  const { 'events queue': check } = checksOf(settings, credentials);
  if (check === undefined) throw new Error('Nothing is looked at.');
  return findingsOf(check);
}

async function aQueue(options: Omit<QueueOptions, 'clock'> = {}) {
  const queue = await startQueue({ clock: systemClock, ...options });
  onTestFinished(() => queue.close());
  return { queue, settings: { EVENTS_QUEUE_URL: queue.url } };
}

test('a queue with its dead-letter queue: how many wait, and nothing is taken out', async () => {
  const { queue, settings } = await aQueue();
  const empty = await findings(settings);
  expect(empty).toEqual({
    'events queue': 'ok: opportunity-events in us-east-1 answers; nothing waits',
    'dead-letter queue': 'ok: there is one, for what the bot cannot handle',
    ReceiveMessage:
      "not-checked: it would take events from the bot: compare the role's policy with that in docs/events.md",
  });
  queue.sendOpportunityUpdated('AWS', 'O1001');
  expect((await findings(settings))['events queue']).toContain('about one event waits');
  queue.sendOpportunityUpdated('AWS', 'O1002');
  expect((await findings(settings))['events queue']).toContain('about 2 events wait');
  expect(queue.messages().map(({ receiveCount }) => receiveCount)).toEqual([0, 0]);
  expect(new Set(queue.requests().map(({ operation }) => operation))).toEqual(
    new Set(['GetQueueAttributes']),
  );
});

test('many wait: nobody reads them, and where to look', async () => {
  const { queue, settings } = await aQueue();
  for (let sent = 0; sent < 100; sent += 1) queue.sendOpportunityUpdated('AWS', 'O1001');
  const { ReceiveMessage } = await findings(settings);
  expect(ReceiveMessage).toMatch(/leaves far fewer waiting: .*"no events can be received".*docs\/events\.md/);
});

test('without a dead-letter queue: how to give it one', async () => {
  const { settings } = await aQueue({ maxReceiveCount: Number.POSITIVE_INFINITY });
  expect(await findings(settings)).toMatchObject({
    'events queue': expect.stringContaining('ok: '),
    'dead-letter queue': expect.stringMatching(/^failed: The queue has none: .* → Make a second queue/),
  });
});

test('a policy of before that was asked for is no problem: the bot does not need it', async () => {
  const { queue, settings } = await aQueue();
  queue.injectFault({
    operation: 'GetQueueAttributes',
    kind: { type: 'error', name: 'AccessDeniedException' },
  });
  expect(await findings(settings)).toEqual({
    'events queue': expect.stringMatching(
      /^not-checked: AWS does not let the bot use GetQueueAttributes .*allow sqs:GetQueueAttributes there/,
    ),
  });
});

test('a queue that is not there, a queue of another region, and one that does not answer', async () => {
  const { queue, settings } = await aQueue();
  expect(await findings({ EVENTS_QUEUE_URL: `${queue.url}-of-old` })).toEqual({
    'events queue': expect.stringMatching(
      /^failed: AWS knows no queue opportunity-events-of-old in us-east-1 \(QueueDoesNotExist\)\. → Copy EVENTS_QUEUE_URL/,
    ),
  });
  // Where the URL names no region, Partner Central's is signed for.
  expect(await findings({ ...settings, PARTNER_CENTRAL_REGION: 'eu-west-1' })).toEqual({
    'events queue': expect.stringMatching(/^failed: .*InvalidSignatureException.*PARTNER_CENTRAL_REGION/),
  });
  expect(await findings({ EVENTS_QUEUE_URL: 'http://127.0.0.1:9/111122223333/events' })).toEqual({
    'events queue': expect.stringMatching(/^failed: 127\.0\.0\.1:9 .*\(ConnectionRefused\)\. → .*port 443/),
  });
});

test('without credentials nobody is asked', async () => {
  const { queue, settings } = await aQueue();
  expect(await findings(settings, noCredentials)).toEqual({
    'events queue': 'not-checked: there are no credentials',
  });
  expect(queue.requests()).toEqual([]);
});

test('a queue outside of Partner Central’s region: what it then takes is said', async () => {
  const url = 'https://sqs.eu-west-1.amazonaws.com/111122223333/opportunity-events';
  expect(await findings({ EVENTS_QUEUE_URL: url }, noCredentials)).toMatchObject({
    "the events' way": expect.stringMatching(
      /^not-checked: the queue is in eu-west-1, Partner Central's events are in us-east-1/,
    ),
  });
});

test('a wrong setting is said; without one nothing is looked at', async () => {
  expect(await findings({ EVENTS_QUEUE_URL: 'https://example.com/queue' })).toEqual({
    'events queue': 'not-checked: EVENTS_QUEUE_URL or PARTNER_CENTRAL_REGION is wrong',
  });
  expect(checksOf({})).toEqual({});
});
