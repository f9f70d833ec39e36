import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../src/clock.ts';
import type { JsonObject } from '../json.ts';
import { createFaults } from '../partner-central/faults.ts';
import { failed, type Outcome, succeeded } from '../partner-central/wire.ts';
import { exampleCredentials, startWireServer } from '../partner-central/wire-server.ts';
import { createMessages, type Messages } from './messages.ts';
import type { QueueOptions, QueueStandIn } from './stand-in.ts';

const ACCOUNT = '111122223333';
const PATH = `/${ACCOUNT}/opportunity-events`;

/**
 * A queue of Amazon SQS to test the bot with: ReceiveMessage with long polling, DeleteMessageBatch, and
 * GetQueueAttributes, over the wire as AWS speaks it (awsJson1_0, Signature Version 4), on loopback and in memory.
 */
export async function startQueue(options: QueueOptions): Promise<QueueStandIn> {
  const { clock, credentials = exampleCredentials, maxReceiveCount = 5 } = options;
  const messages = createMessages({ clock, maxReceiveCount });
  const faults = createFaults(() => {});
  const operations: Readonly<Record<string, Operation>> = {
    ReceiveMessage: (body, gone) => receiveMessage(body, { messages, clock, gone }),
    DeleteMessageBatch: (body) => deleteMessageBatch(body, messages),
    GetQueueAttributes: (body) => getQueueAttributes(body, messages, maxReceiveCount),
  };
  const server = await startWireServer({
    clock,
    credentials,
    faults,
    port: 0,
    target: 'AmazonSQS',
    signingScope: { service: 'sqs', region: 'us-east-1' },
    operation: (name) => {
      const execute = operations[name];
      return execute && { admit: () => true, execute };
    },
  });

  return {
    url: `${server.url}${PATH}`,
    send: messages.put,
    sendOpportunityUpdated: (catalog, opportunityId) =>
      messages.put(opportunityUpdated(catalog, opportunityId, clock.now())),
    messages: messages.all,
    deadLetters: messages.dead,
    requests: server.requests,
    injectFault: faults.inject,
    close: server.close,
  };
}

type Operation = (body: JsonObject, gone: AbortSignal) => Outcome | Promise<Outcome>;

const queueUrl = z.string();
const receiveInput = z.strictObject({
  QueueUrl: queueUrl,
  MaxNumberOfMessages: z.int().min(1).max(10).default(1),
  WaitTimeSeconds: z.int().min(0).max(20).default(0),
  VisibilityTimeout: z.int().min(0).max(43_200).default(30),
});
const deleteInput = z.strictObject({
  QueueUrl: queueUrl,
  Entries: z
    .array(z.strictObject({ Id: z.string().regex(/^[\w-]{1,80}$/), ReceiptHandle: z.string() }))
    .min(1)
    .max(10)
    .refine((entries) => new Set(entries.map(({ Id }) => Id)).size === entries.length),
});
const attributesInput = z.strictObject({
  QueueUrl: queueUrl,
  AttributeNames: z.array(z.string()).default([]),
});

async function receiveMessage(
  body: JsonObject,
  { messages, clock, gone }: { messages: Messages; clock: Clock; gone: AbortSignal },
): Promise<Outcome> {
  const input = receiveInput.safeParse(body);
  if (!input.success) return invalid(input.error);
  if (!isThisQueue(input.data.QueueUrl)) return noSuchQueue();
  const { MaxNumberOfMessages, WaitTimeSeconds, VisibilityTimeout } = input.data;
  const until = clock.monotonic() + WaitTimeSeconds * 1000;
  for (;;) {
    const left = until - clock.monotonic();
    const Messages = gone.aborted ? [] : messages.take(MaxNumberOfMessages, VisibilityTimeout * 1000);
    if (Messages.length > 0) return succeeded({ Messages });
    if (left <= 0 || gone.aborted) return succeeded({});
    await messages.wait(left, gone);
  }
}

function deleteMessageBatch(body: JsonObject, messages: Messages): Outcome {
  const input = deleteInput.safeParse(body);
  if (!input.success) return invalid(input.error);
  if (!isThisQueue(input.data.QueueUrl)) return noSuchQueue();
  const Successful: JsonObject[] = [];
  const Failed: JsonObject[] = [];
  for (const { Id, ReceiptHandle } of input.data.Entries) {
    if (messages.remove(ReceiptHandle)) Successful.push({ Id });
    else Failed.push({ Id, SenderFault: true, Code: 'ReceiptHandleIsInvalid' });
  }
  return succeeded({ Successful, Failed });
}

/** "GetQueueAttributes", Amazon SQS API Reference: those of a standard queue. */
const ATTRIBUTES = [
  'All',
  'Policy',
  'VisibilityTimeout',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
  'QueueArn',
  'ApproximateNumberOfMessagesDelayed',
  'DelaySeconds',
  'ReceiveMessageWaitTimeSeconds',
  'RedrivePolicy',
  'RedriveAllowPolicy',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'SqsManagedSseEnabled',
];

/** Answers what is asked for and set, every value as text. */
function getQueueAttributes(body: JsonObject, messages: Messages, maxReceiveCount: number): Outcome {
  const input = attributesInput.safeParse(body);
  if (!input.success) return invalid(input.error);
  if (!isThisQueue(input.data.QueueUrl)) return noSuchQueue();
  const { AttributeNames } = input.data;
  const unknown = AttributeNames.find((name) => !ATTRIBUTES.includes(name));
  if (unknown !== undefined) return noSuchAttribute(unknown);
  const { visible, hidden } = messages.count();
  const arn = `arn:aws:sqs:us-east-1:${ACCOUNT}:opportunity-events`;
  const set: Readonly<Record<string, string>> = {
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(hidden),
    QueueArn: arn,
    ...(Number.isFinite(maxReceiveCount) && {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: `${arn}-dead`, maxReceiveCount }),
    }),
  };
  const asked = Object.entries(set).filter(
    ([name]) => AttributeNames.includes(name) || AttributeNames.includes('All'),
  );
  return succeeded(asked.length === 0 ? {} : { Attributes: Object.fromEntries(asked) });
}

const isThisQueue = (url: string): boolean => URL.parse(url)?.pathname === PATH;

const noSuchQueue = (): Outcome => sqsError('QueueDoesNotExist', 'The specified queue does not exist.');

const noSuchAttribute = (name: string): Outcome =>
  sqsError('InvalidAttributeName', `Unknown Attribute ${name}.`);

/** An exception of SQS's own, not of what stands in front of every service. */
const sqsError = (name: string, message: string): Outcome =>
  failed({ name, namespace: 'com.amazonaws.sqs', status: 400, fields: { message } });

function invalid(error: z.ZodError): Outcome {
  return failed({
    name: 'InvalidParameterValueException',
    status: 400,
    fields: { message: z.prettifyError(error) },
  });
}

/** EventBridge's envelope, as its target in SQS gets it. "Events in Amazon EventBridge" */
function opportunityUpdated(catalog: string, opportunityId: string, at: Date): string {
  const arn = `arn:aws:partnercentral:us-east-1:${ACCOUNT}:catalog/${catalog}/opportunity/${opportunityId}`;
  return JSON.stringify({
    version: '0',
    id: randomUUID(),
    'detail-type': 'Opportunity Updated',
    source: 'aws.partnercentral-selling',
    account: ACCOUNT,
    time: at.toISOString(),
    region: 'us-east-1',
    resources: [arn],
    detail: {
      schemaVersion: '1',
      catalog,
      opportunity: { identifier: opportunityId, arn },
    },
  });
}
