import { expect, onTestFinished, test } from 'vitest';
import { exampleCredentials } from '../../../demo/partner-central/wire-server.ts';
import { startQueue } from '../../../demo/sqs/server.ts';
import { createClient } from '../../../src/aws/client.ts';
import { jsonOf } from '../../../src/aws/transport.ts';
import { systemClock } from '../../../src/clock.ts';

/** Asks the stand-in for attributes, as any client of SQS could. */
async function asking(AttributeNames?: readonly string[]): Promise<unknown> {
  const queue = await startQueue({ clock: systemClock, maxReceiveCount: 3 });
  const client = createClient({
    service: { signingName: 'sqs', target: 'AmazonSQS' },
    endpoint: new URL(queue.url),
    region: 'us-east-1',
    credentials: async () => exampleCredentials,
    clock: systemClock,
    userAgent: 'submit-opportunity-bot|test',
  });
  onTestFinished(async () => {
    await queue.close();
    await client.close();
  });
  const answer = await client.read('GetQueueAttributes', { QueueUrl: queue.url, AttributeNames });
  return answer.ok ? jsonOf(answer.value) : answer.error.code;
}

test('what is asked for comes, as text; nothing asked, nothing comes', async () => {
  expect(await asking(['ApproximateNumberOfMessages'])).toEqual({
    Attributes: { ApproximateNumberOfMessages: '0' },
  });
  expect(await asking()).toEqual({});
  expect(await asking(['All'])).toMatchObject({
    Attributes: {
      QueueArn: 'arn:aws:sqs:us-east-1:111122223333:opportunity-events',
      RedrivePolicy: expect.stringContaining('"maxReceiveCount":3'),
    },
  });
});

test('a name that SQS does not know is refused', async () => {
  expect(await asking(['NumberOfMessages'])).toBe('InvalidAttributeName');
});
