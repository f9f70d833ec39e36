import { describe, expect, test } from 'vitest';
import { type Evidence, EXPIRED } from '../../torture/evidence.ts';
import { problemsAtTheEnd, problemsIn } from '../../torture/invariants.ts';

const START = Date.parse('2026-11-20T08:00:00.000Z');
const ID = 'O1001';
const DAY = 24 * 60 * 60_000;
const time = (ms: number) => new Date(START + ms).toISOString();

const record = (fields: Partial<Evidence['records'][number]> = {}): Evidence['records'][number] => ({
  id: 'one',
  form_id: 'form-one',
  batch_id: null,
  opportunity_id: ID,
  state: 'submitted',
  problem: null,
  requested_at: time(0),
  sending_at: time(10),
  due_at: null,
  lease_until: null,
  ...fields,
});

const queued = (kind: string, subject: string): Evidence['outbox'][number] => ({
  id: 'a-message',
  kind,
  submission_id: null,
  opportunity: null,
  subject,
  attempt: 1,
  revision: 1,
  told_revision: 1,
  last_error: null,
  channel_id: null,
  message_ts: null,
});

const edit: Evidence['edits'][number] = {
  id: 'a-edit',
  form_id: 'form-two',
  opportunity_id: ID,
  state: 'saved',
  problem: null,
  updated: 0,
  requested_at: time(12),
  due_at: null,
  lease_until: null,
};

const fence = (submissionId: string, ms: number): Evidence['events'][number] => ({
  record_id: submissionId,
  at: time(ms),
  from_state: 'requested',
  to_state: 'sending',
});

const request = (ms: number, executed = true): Evidence['requests'][number] => ({
  body: { Identifier: ID },
  at: START + ms,
  executed,
});

const said = (headline: string, ms = 30): Evidence['claims'][number] => ({
  submissionId: 'one',
  headline,
  at: START + ms,
});

/** One record, sent once, executed once, and said so. */
const evidence = (parts: Partial<Evidence> = {}): Evidence => ({
  records: [record()],
  events: [fence('one', 10)],
  outbox: [],
  requests: [request(15)],
  edits: [],
  updates: [],
  elsewhere: [],
  movedBack: [],
  reviewed: [],
  followed: [],
  digests: [],
  digestTime: 'Fri 08:00 UTC',
  standing: new Map(),
  claims: [said('On its way to AWS', 5), said('Approval pending')],
  promised: new Set(['form-one']),
  ...parts,
});

test('where all is well nothing is found', () => {
  expect(problemsAtTheEnd(evidence())).toEqual([]);
});

test('what is reminded of after a day, and the digest at its time, are as they should be', () => {
  const claims = [{ ...said('Still waiting for AWS', DAY + 15), postedIn: 'C1' }];
  const outbox = [
    { ...queued('reminder', 'waiting 3'), opportunity: 'O1001' },
    queued('digest', '2026-11-20'),
    { ...queued('batch', 'batch'), channel_id: 'C1', message_ts: '1.1' },
  ];
  const records = [
    record({ batch_id: 'batch' }),
    record({ id: 'two', opportunity_id: 'O1002', batch_id: 'batch', state: 'cancelled' }),
  ];
  const standing = new Map([['C1 1.1', '1 of 2 opportunities sent to AWS']]);
  expect(problemsAtTheEnd(evidence({ claims, records, outbox, standing, digests: [START] }))).toEqual([]);
});

test('a request whose credentials had expired may be followed by another with new ones', () => {
  const refused = { ...request(14, false), refusedAs: EXPIRED };
  expect(problemsAtTheEnd(evidence({ requests: [refused, request(15)] }))).toEqual([]);
});

test('what AWS moved back before anybody looked is as if it had never been submitted', () => {
  const movedBack = [{ id: ID, at: START + 20 }];
  const claims = [said('Probably not submitted', 30)];
  expect(problemsIn(evidence({ movedBack, claims }))).toEqual([]);
  expect(problemsIn(evidence({ claims }))).toHaveLength(1);
});

describe('what must not be is found', () => {
  test.each<readonly [string, Partial<Evidence>, RegExp]>([
    [
      'two requests for one pass of the fence',
      { requests: [request(15, false), request(16)] },
      /sent 2 times/,
    ],
    [
      'sent again after it was executed',
      { events: [fence('one', 10), fence('one', 40)], requests: [request(15), request(45, false)] },
      /sent again/,
    ],
    [
      'executed twice',
      { events: [fence('one', 10), fence('one', 40)], requests: [request(15), request(45)] },
      /executed 2 times/,
    ],
    ['a request that no record accounts for', { requests: [request(5), request(15)] }, /belong to no record/],
    ['"Approval pending" before AWS had it', { claims: [said('Approval pending', 12)] }, /had not got it/],
    [
      '"Probably not submitted", though it was',
      { claims: [said('Probably not submitted')] },
      /AWS executed it/,
    ],
    ['"Cancelled", though it was submitted', { claims: [said('Cancelled')] }, /AWS executed it/],
    ['"Approved by AWS", which it is not', { claims: [said('Approved by AWS')] }, /had not decided/],
    [
      'the same of what others submitted',
      { followed: [{ id: ID, headline: 'Approved by AWS', at: START }] },
      /had not decided/,
    ],
    ['"Recorded" without a record', { promised: new Set(['form-three']) }, /there is no record/],
    ['a reminder the same day', { claims: [said('Still waiting for AWS', DAY - 1)] }, /less than a day/],
    [
      'a reminder of what AWS sent back the same day',
      {
        claims: [said('Action is still required', DAY)],
        reviewed: [{ id: ID, status: 'Action Required', at: START + 20 }],
      },
      /less than a day/,
    ],
    [
      'a reminder posted twice in one attempt',
      {
        claims: [DAY + 15, DAY + 16].map((ms) => ({ ...said('Still waiting for AWS', ms), postedIn: 'C1' })),
        outbox: [{ ...queued('reminder', 'waiting 3'), opportunity: 'O1001' }],
      },
      /posted 2 times/,
    ],
    [
      'a digest posted twice in one attempt',
      { digests: [START, START + 1], outbox: [queued('digest', '2026-11-20')] },
      /digest 2 was posted, after 1 attempts/,
    ],
    [
      'a digest before its time',
      { digests: [START - 1], outbox: [queued('digest', '2026-11-20')] },
      /digest 1 was posted, after 0 attempts/,
    ],
    ['a digest on another day', { outbox: [queued('digest', '2026-11-19')] }, /no day for one/],
    ['saved twice', { edits: [edit], updates: [request(15), request(16)] }, /updated 2 times/],
    ['saved before anybody wanted it', { edits: [edit], updates: [request(11)] }, /of no edit was updated/],
    ['an open edit that nobody looks at', { edits: [{ ...edit, state: 'sending' }] }, /nobody will look/],
    [
      'an open record that nobody looks at',
      { records: [record({ state: 'uncertain' })] },
      /nobody will look/,
    ],
  ])('%s', (_, parts, found) => {
    expect(problemsIn(evidence(parts)).join('\n')).toMatch(found);
  });

  test.each<readonly [string, Partial<Evidence>, RegExp]>([
    [
      'the message of several counts wrong',
      {
        records: [record({ batch_id: 'batch' })],
        outbox: [{ ...queued('batch', 'batch'), channel_id: 'C1', message_ts: '1.1' }],
        standing: new Map([['C1 1.1', '0 of 1 opportunity sent to AWS']]),
      },
      /says "0 of 1.*it is "1 of 1/,
    ],
    [
      'a edit that was called refused, and AWS saved it',
      { edits: [{ ...edit, state: 'refused' }], updates: [request(15)] },
      /is refused, and AWS saved it/,
    ],
    ['still open', { records: [record({ state: 'requested', due_at: time(60) })] }, /still requested/],
    ['submitted, and AWS has nothing', { requests: [], claims: [] }, /executed it 0 times/],
    ['refused, and AWS has it', { records: [record({ state: 'refused' })] }, /executed it 1 times/],
  ])('at the end: %s', (_, parts, found) => {
    expect(problemsAtTheEnd(evidence(parts)).join('\n')).toMatch(found);
  });
});
