import { expect, onTestFinished, test } from 'vitest';
import { jumpClock } from '../../demo/jump-clock.ts';
import { startQueue } from '../../demo/sqs/server.ts';
import { createQueue, regionOfQueue } from '../../src/aws/queue.ts';

const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

const setUp = async (over: { readonly region?: string; readonly path?: string } = {}) => {
  const clock = jumpClock();
  const standIn = await startQueue({ clock });
  const url = new URL(over.path ?? '', standIn.url);
  const queue = createQueue({
    url,
    region: over.region ?? 'us-east-1',
    credentials: async () => credentials,
    clock,
    userAgent: 'submit-opportunity-bot|test',
  });
  onTestFinished(async () => {
    await standIn.close();
    await queue.close();
  });
  const stop = new AbortController();
  return { clock, standIn, queue, stop, receive: () => queue.receive(stop.signal) };
};

test('a message is received while it is waited for, and gone once it is deleted', async () => {
  const { clock, standIn, queue, receive } = await setUp();
  const waiting = receive();
  const id = standIn.send('hello');
  const received = await waiting;
  expect(received).toMatchObject({ ok: true, value: [{ MessageId: id, Body: 'hello' }] });
  if (received.ok) expect(await queue.delete(received.value)).toMatchObject({ ok: true });
  clock.jump(24 * 60 * 60 * 1000);
  expect(standIn.messages()).toEqual([]);
});

test('ten come at once; what is not deleted comes again, with a new handle', async () => {
  const { clock, standIn, receive } = await setUp();
  for (let count = 0; count < 11; count += 1) standIn.send(`message ${count}`);
  const first = await receive();
  expect(first.ok && first.value).toHaveLength(10);
  expect((await receive()).ok).toBe(true);
  clock.jump(10 * 60_000);
  const again = await receive();
  expect(again.ok && again.value[0]?.MessageId).toBe(first.ok && first.value[0]?.MessageId);
  expect(again.ok && again.value[0]?.ReceiptHandle).not.toBe(first.ok && first.value[0]?.ReceiptHandle);
});

test('an empty queue is waited for and is no failure; a stop ends the wait at once', async () => {
  const { clock, standIn, receive, stop } = await setUp();
  const waiting = receive();
  const asked = () => standIn.requests('ReceiveMessage').length;
  await expect.poll(asked).toBe(1);
  clock.jump(20_000);
  expect(await waiting).toMatchObject({ ok: true, value: [] });

  const broken = receive();
  await expect.poll(asked).toBe(2);
  stop.abort();
  expect(await broken).toMatchObject({ ok: false });
  expect(asked()).toBe(2);
});

test('how the queue stands: asking takes nothing from it', async () => {
  const { standIn, queue, stop, receive } = await setUp();
  const attributes = async () => {
    const answer = await queue.attributes(stop.signal);
    return answer.ok ? answer.value : answer.error;
  };
  expect(await attributes()).toEqual({ waiting: 0, hasDeadLetterQueue: true });
  standIn.send('one');
  standIn.send('two');
  expect(await attributes()).toEqual({ waiting: 2, hasDeadLetterQueue: true });
  await receive();
  expect(await attributes()).toEqual({ waiting: 0, hasDeadLetterQueue: true });
  expect(standIn.messages().map(({ receiveCount }) => receiveCount)).toEqual([1, 1]);
});

test('another region, another queue: what AWS says comes through as data', async () => {
  const elsewhere = await setUp({ region: 'eu-west-1' });
  expect(await elsewhere.receive()).toMatchObject({
    ok: false,
    error: { kind: 'operator', code: 'InvalidSignatureException' },
  });
  const other = await setUp({ path: '/111122223333/another' });
  expect(await other.receive()).toMatchObject({ ok: false, error: { code: 'QueueDoesNotExist' } });
});

test('an answer that is none of SQS’s is a failure, not an empty queue', async () => {
  const { standIn, queue, stop, receive } = await setUp();
  for (const type of ['truncated-body', 'empty-body'] as const) {
    const mend = standIn.injectFault({ kind: { type, execute: false } });
    expect(await receive()).toMatchObject({ ok: false, error: { kind: 'unknown' } });
    expect(await queue.attributes(stop.signal)).toMatchObject({ ok: false, error: { kind: 'unknown' } });
    mend();
  }
});

const regionOf = (url: string) => regionOfQueue(new URL(url));

test.each([
  ['https://sqs.us-east-1.amazonaws.com/123456789012/opportunity-events', 'us-east-1'],
  ['https://sqs.us-gov-west-1.amazonaws.com/123456789012/events.fifo', 'us-gov-west-1'],
  ['https://sqs-fips.us-east-2.amazonaws.com/123456789012/a_b-C', 'us-east-2'],
  ['https://sqs.eu-central-1.api.aws/123456789012/events', 'eu-central-1'],
  ['https://sqs.cn-north-1.amazonaws.com.cn/123456789012/events', 'cn-north-1'],
  ['https://vpce-0a1b2c-3d4e.sqs.us-east-1.vpce.amazonaws.com/123456789012/events', 'us-east-1'],
  ['https://us-west-2.queue.amazonaws.com/123456789012/events', 'us-west-2'],
])('%s is signed for %s', (url, region) => expect(regionOf(url)).toBe(region));

test.each([
  'https://sqs.us-east-1.amazonaws.com.example.com/123456789012/events',
  'https://example.com/123456789012/events',
  'https://notsqs.us-east-1.amazonaws.com/123456789012/events',
  'https://sqs.us-east-1.amazonaws.com/',
  'https://sqs.us-east-1.amazonaws.com/123456789012',
  'https://sqs.us-east-1.amazonaws.com/123456789012/events/more',
  'https://sqs.amazonaws.com/123456789012/events',
])('%s is no queue at AWS', (url) => expect(regionOf(url)).toBeUndefined());
