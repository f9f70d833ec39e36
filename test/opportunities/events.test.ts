import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readEvent } from '../../src/opportunities/events.ts';

const event = (over: object = {}) => ({
  version: '0',
  id: '6f6e1c1a-5f4b-4c35-9a57-0e8f2c7b1d11',
  source: 'aws.partnercentral-selling',
  'detail-type': 'Opportunity Updated',
  time: '2026-11-24T10:00:00Z',
  detail: { schemaVersion: '1', catalog: 'AWS', opportunity: { identifier: 'O1234567' } },
  ...over,
});

test('an event names the catalog and the opportunity', () => {
  expect(readEvent(JSON.stringify(event()))).toEqual({
    type: 'opportunity-updated',
    catalog: 'AWS',
    opportunityId: 'O1234567',
  });
});

test.each([
  ['another source', event({ source: 'aws.s3' })],
  ['another event of the same service', event({ 'detail-type': 'Engagement Invitation Created' })],
])('%s is not for us', (_, other) => expect(readEvent(JSON.stringify(other))).toEqual({ type: 'other' }));

test.each([
  ['no JSON', 'hello'],
  ['no envelope', '{"catalog":"AWS"}'],
  ['no detail', JSON.stringify(event({ detail: undefined }))],
  [
    'an ID that is none',
    JSON.stringify(event({ detail: { catalog: 'AWS', opportunity: { identifier: 'O1/../2' } } })),
  ],
])('%s is malformed', (_, body) => expect(readEvent(body)).toEqual({ type: 'malformed' }));

test('whatever a message holds, reading it never throws, and an ID that comes out is one', () => {
  const bodies = fc.oneof(
    fc.string(),
    fc.json(),
    fc.jsonValue().map((detail) => JSON.stringify(event({ detail }))),
    fc
      .string()
      .map((identifier) =>
        JSON.stringify(event({ detail: { catalog: 'AWS', opportunity: { identifier } } })),
      ),
  );
  fc.assert(
    fc.property(bodies, (body) => {
      const read = readEvent(body);
      if (read.type === 'opportunity-updated') expect(read.opportunityId).toMatch(/^O[0-9]{1,19}$/);
    }),
  );
});
