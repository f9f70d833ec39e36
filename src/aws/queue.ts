import { z } from 'zod';
import { type ClientOptions, createClient, readAs } from './client.ts';
import type { Result } from './errors.ts';

/** How a queue stands. */
export interface QueueAttributes {
  /** Messages that could be received now; SQS counts them approximately. */
  readonly waiting: number;
  /** Whether what is received too often leaves the queue for another one. */
  readonly hasDeadLetterQueue: boolean;
}

/** SQS's longest wait and largest batch. "ReceiveMessage", Amazon SQS API Reference */
const WAIT_SECONDS = 20;
const MESSAGES_A_BATCH = 10;
/** How long a received message is kept from others: a whole batch is handled in that time, read by read. */
const VISIBILITY_SECONDS = 120;

const messageSchema = z.object({ MessageId: z.string(), ReceiptHandle: z.string(), Body: z.string() });
/** One message, as received this time: the handle is good for deleting it until it is received again. */
export type QueueMessage = Readonly<z.infer<typeof messageSchema>>;

/** An empty queue answers without `Messages`. */
const received = z
  .object({ Messages: z.array(messageSchema).optional() })
  .transform(({ Messages = [] }): readonly QueueMessage[] => Messages);

/** Every value is text; what isn't set is left out. "GetQueueAttributes", Amazon SQS API Reference */
const attributesAnswer = z
  .object({
    Attributes: z.object({
      ApproximateNumberOfMessages: z.string().regex(/^\d+$/).transform(Number),
      RedrivePolicy: z.string().optional(),
    }),
  })
  .transform(
    ({ Attributes }): QueueAttributes => ({
      waiting: Attributes.ApproximateNumberOfMessages,
      hasDeadLetterQueue: (Attributes.RedrivePolicy ?? '') !== '',
    }),
  );

export type Queue = ReturnType<typeof createQueue>;

/**
 * The queue of Amazon SQS at `url`, whose host is the endpoint. Errors are sorted as Partner Central's; every call may be
 * repeated. Nothing is sent before the first one.
 */
export function createQueue({
  url,
  ...options
}: Omit<ClientOptions, 'service' | 'endpoint' | 'timeouts'> & { readonly url: URL }) {
  const client = createClient({
    ...options,
    endpoint: url,
    service: { signingName: 'sqs', target: 'AmazonSQS' },
    // An empty queue answers only when the wait is over.
    timeouts: { firstByteMs: (WAIT_SECONDS + 5) * 1000, totalMs: (WAIT_SECONDS + 10) * 1000 },
  });
  const QueueUrl = url.href;

  return {
    /** Waits up to 20 s for messages and answers at most ten; none is no failure. `stop` ends the wait. */
    async receive(stop: AbortSignal): Promise<Result<readonly QueueMessage[]>> {
      const answer = await client.read(
        'ReceiveMessage',
        {
          QueueUrl,
          MaxNumberOfMessages: MESSAGES_A_BATCH,
          WaitTimeSeconds: WAIT_SECONDS,
          VisibilityTimeout: VISIBILITY_SECONDS,
        },
        stop,
      );
      return readAs(received, answer);
    },

    /** At most ten. What couldn't be deleted comes again by itself. */
    async delete(messages: readonly QueueMessage[]): Promise<Result<void>> {
      const answer = await client.read('DeleteMessageBatch', {
        QueueUrl,
        Entries: messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
      });
      return answer.ok ? { ...answer, value: undefined } : answer;
    },

    /**
     * Takes nothing from the queue. Only `npm run doctor` asks for it: the bot does without this right. `stop` ends the
     * wait for an answer.
     */
    async attributes(stop: AbortSignal): Promise<Result<QueueAttributes>> {
      const answer = await client.read(
        'GetQueueAttributes',
        { QueueUrl, AttributeNames: ['ApproximateNumberOfMessages', 'RedrivePolicy'] },
        stop,
      );
      return readAs(attributesAnswer, answer);
    },

    /** Closes idle connections. */
    close: client.close,
  };
}

/** SQS's hosts: standard, FIPS, dual-stack, behind a VPC endpoint, and the old form. "Amazon SQS endpoints and quotas" */
const HOSTS = [
  /^(?:[a-z0-9-]+\.)?sqs(?:-fips)?\.([a-z0-9-]+)\.(?:vpce\.)?amazonaws\.com(?:\.cn)?$/,
  /^sqs(?:-fips)?\.([a-z0-9-]+)\.api\.aws$/,
  /^([a-z0-9-]+)\.queue\.amazonaws\.com$/,
];

const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;

/** `/ACCOUNT/NAME` */
const PATH = /^\/\d{12}\/[\w-]{1,80}(\.fifo)?$/;

/** The region that a queue's URL names, for the signature; undefined where it is no URL of a queue at AWS. */
export function regionOfQueue({ hostname, pathname }: URL): string | undefined {
  if (!PATH.test(pathname)) return undefined;
  return HOSTS.map((host) => host.exec(hostname)?.[1]).find(
    (region) => region !== undefined && REGION.test(region),
  );
}
