import { expect, test } from 'vitest';
import { regionOfQueue } from '../../src/aws/queue-url.ts';

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
