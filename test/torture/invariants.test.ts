import { describe, expect, test } from 'vitest';
import { type Evidence, EXPIRED } from '../../torture/evidence.ts';
import { problemsAtTheEnd, problemsIn } from '../../torture/invariants.ts';

const START = Date.parse('2026-11-20T08:00:00.000Z');
const ID = 'O1001';
const DAY = 24 * 60 * 60_000;
/** More than a clock is ever off. */
const HALF_AN_HOUR = 30 * 60_000;
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
  then_submit: null,
  requested_at: time(12),
  due_at: null,
  lease_until: null,
  submitted_at: null,
};

const recordedEdit = { id: edit.id, opportunityId: ID, at: START + 12 };

const fence = (id: string, ms: number): Evidence['fences'][number] => ({
  id,
  opportunityId: ID,
  at: START + ms,
});

/** Executed and answered, but for what is said otherwise. */
const request = (
  ms: number,
  more: Partial<Evidence['requests'][number]> = {},
): Evidence['requests'][number] => ({
  body: { Identifier: ID },
  headers: { 'x-amzn-user-agent': 'submit-opportunity-bot|test|77' },
  at: START + ms,
  executed: true,
  answered: { at: START + ms + 1, status: 200, error: undefined, whole: true },
  ...more,
});
const lost = { answered: undefined } as const;
const unexecuted = { executed: false, answered: undefined } as const;

const said = (text: string, ms = 30, headline = 'Something'): Evidence['claims'][number] => ({
  submissionId: 'one',
  headline,
  text,
  at: START + ms,
});
const ACCEPTED = 'AWS accepted it. The opportunity is locked until AWS has reviewed it.';

/** One record, sent once, executed once, and said so. */
const evidence = (parts: Partial<Evidence> = {}): Evidence => ({
  records: [record()],
  events: [],
  fences: [fence('one', 10)],
  editsRecorded: [],
  refusals: new Map(),
  losses: [],
  troubles: [],
  killed: new Map(),
  machineAt: (clock) => clock,
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
  claims: [said('Recorded. It goes to AWS next.', 5), said(ACCEPTED)],
  promised: new Map([['form-one', START + 3]]),
  ...parts,
});

test('where all is well nothing is found', () => {
  expect(problemsAtTheEnd(evidence())).toEqual([]);
});

test('what is reminded of after a day, and the digest at its time, are as they should be', () => {
  const claims = [{ ...said('', DAY + 15, 'Still waiting for AWS'), postedIn: 'C1' }];
  const outbox = [
    { ...queued('reminder', 'waiting 3'), opportunity: 'O1001' },
    queued('digest', '2026-11-20'),
    { ...queued('batch', 'batch'), channel_id: 'C1', message_ts: '1.1' },
  ];
  const records = [
    record({ batch_id: 'batch' }),
    record({ id: 'two', opportunity_id: 'O1002', batch_id: 'batch', state: 'cancelled' }),
  ];
  const standing = new Map([['C1 1.1', '1 with AWS, 1 cancelled']]);
  expect(problemsAtTheEnd(evidence({ claims, records, outbox, standing, digests: [START] }))).toEqual([]);
});

test('a request whose credentials had expired may be followed by another with new ones', () => {
  const refused = { ...request(14, unexecuted), refusedAs: EXPIRED };
  expect(problemsAtTheEnd(evidence({ requests: [refused, request(15)] }))).toEqual([]);
});

test('what a failover forgot was promised while the standby lagged', () => {
  const losses = [{ from: START, to: START + 100 }];
  const promised = new Map([['form-lost', START + 50]]);
  expect(problemsIn(evidence({ losses, promised }))).toEqual([]);
  expect(problemsIn(evidence({ promised }))).toHaveLength(1);
});

describe('what was said is held against what was known then', () => {
  const late = request(15, { ...lost, executedAt: START + 50 });
  const refused = request(15, {
    executed: false,
    answered: { at: START + 20, status: 400, error: 'ValidationException', whole: true },
  });
  const elsewhere = [{ id: ID, at: START + 20 }];
  const LONG_AGO = { fences: [fence('one', -90_000)], requests: [request(-80_000)] };
  test.each<readonly [string, string, Partial<Evidence>, RegExp | undefined]>([
    ['accepted, and AWS answered so', ACCEPTED, {}, undefined],
    ['accepted, and the answer was lost', ACCEPTED, { requests: [request(15, lost)] }, /had not answered so/],
    ['accepted, and it was somebody else', ACCEPTED, { requests: [], elsewhere }, /had not answered so/],
    [
      'refused, and AWS answered so',
      'AWS did not accept it; nothing was submitted.',
      { requests: [refused], refusals: new Map([[ID, [START + 20]]]) },
      undefined,
    ],
    ['refused, and AWS said nothing', 'AWS did not accept it.', {}, /had refused nothing/],
    ['nothing yet, and it goes out at that moment', 'Nothing has been submitted yet.', {}, undefined],
    ['nothing yet, and it went out before', 'Nothing has been submitted yet.', LONG_AGO, /long before/],
    [
      'nothing submitted, and it takes effect later',
      'Nothing was submitted.',
      { requests: [late] },
      /executed/,
    ],
    ['AWS has it, and it has', 'AWS has the opportunity.', { requests: [], elsewhere }, undefined],
    ['AWS has it, and it gets it later', 'AWS has the opportunity.', { requests: [late] }, /had not got it/],
    [
      'not known, whatever it is',
      'It may take effect late: we look once a day.',
      { requests: [late] },
      undefined,
    ],
    ['what nobody can know', 'Our request can no longer take effect.', {}, /nobody can know/],
    ['words that nobody expected', 'All is well.', {}, /knows no such words/],
  ])('%s', (_, text, parts, found) => {
    const problems = problemsIn(evidence({ claims: [said(text)], ...parts })).join('\n');
    if (found === undefined) expect(problems).toBe('');
    else expect(problems).toMatch(found);
  });
});

describe('an answer that got through is what the record says', () => {
  const inDoubt = (more: Partial<Evidence> = {}) =>
    problemsAtTheEnd(evidence({ records: [record({ state: 'not_seen' })], claims: [], ...more })).filter(
      (problem) => problem.includes('ended as'),
    );
  test('else that is found', () => {
    expect(inDoubt()).toEqual([`${ID} (one) ended as not_seen, and AWS had answered: accepted`]);
  });
  test('but for a bot that was killed with it in its hand, and a database that was away', () => {
    expect(inDoubt({ killed: new Map([['77', START + 20]]) })).toEqual([]);
    expect(inDoubt({ killed: new Map([['78', START + 20]]) })).toHaveLength(1);
    const late = { killed: new Map([['77', START + DAY]]) };
    expect(inDoubt(late)).toHaveLength(1);
    // A day was let pass between the two.
    expect(inDoubt({ ...late, machineAt: (clock) => clock % DAY })).toEqual([]);
    expect(inDoubt({ troubles: [{ from: START, to: START + 20 }] })).toEqual([]);
    expect(inDoubt({ requests: [request(15, lost)] })).toEqual([]);
  });
});

describe('what must not be is found', () => {
  test.each<readonly [string, Partial<Evidence>, RegExp]>([
    [
      'two requests for one pass of the fence',
      { requests: [request(15, unexecuted), request(16)] },
      /sent 2 times/,
    ],
    [
      'sent again after it was executed',
      { fences: [fence('one', 10), fence('one', 40)], requests: [request(15), request(45, unexecuted)] },
      /sent again/,
    ],
    [
      'executed twice',
      { fences: [fence('one', 10), fence('one', 40)], requests: [request(15), request(45)] },
      /executed 2 times/,
    ],
    ['a request that no record accounts for', { requests: [request(5), request(15)] }, /belong to no record/],
    [
      '"Approved by AWS", which it is not',
      { claims: [said('AWS has approved it.', 30, 'Approved by AWS')] },
      /had not decided/,
    ],
    [
      'the same of what others submitted',
      { followed: [{ id: ID, headline: 'Approved by AWS', at: START }] },
      /had not decided/,
    ],
    ['"Recorded" without a record', { promised: new Map([['form-three', START]]) }, /there is no record/],
    [
      'a reminder the same day',
      { claims: [said('', DAY - HALF_AN_HOUR, 'Still waiting for AWS')] },
      /less than a day/,
    ],
    [
      'a reminder of what AWS sent back the same day',
      {
        claims: [said('', DAY - HALF_AN_HOUR, 'Action is still required')],
        reviewed: [{ id: ID, status: 'Action Required', at: START + 20 }],
      },
      /less than a day/,
    ],
    [
      'a reminder posted twice in one attempt',
      {
        claims: [DAY + 15, DAY + 16].map((ms) => ({
          ...said('', ms, 'Still waiting for AWS'),
          postedIn: 'C1',
        })),
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
      { digests: [START - HALF_AN_HOUR], outbox: [queued('digest', '2026-11-20')] },
      /digest 1 was posted, after 0 attempts/,
    ],
    ['a digest on another day', { outbox: [queued('digest', '2026-11-19')] }, /no day for one/],
    [
      'saved twice',
      { edits: [edit], editsRecorded: [recordedEdit], updates: [request(15), request(16)] },
      /updated 2 times/,
    ],
    [
      'saved before anybody wanted it',
      { edits: [edit], editsRecorded: [recordedEdit], updates: [request(11)] },
      /of no edit was updated/,
    ],
    [
      'a submission after an edit that was in doubt',
      {
        edits: [{ ...edit, submitted_at: time(20), then_submit: '{"type":"dropped","why":"doubt"}' }],
        editsRecorded: [recordedEdit],
      },
      /is submitted, though doubt/,
    ],
    [
      'no submission after an edit that says there is one',
      {
        edits: [{ ...edit, then_submit: '{"type":"recorded","submissionId":"one"}' }],
        editsRecorded: [recordedEdit],
      },
      /has no submission/,
    ],
    [
      'choices that outlive their edit',
      {
        edits: [
          {
            ...edit,
            state: 'refused',
            then_submit: '{"type":"wanted","involvementType":"Co-Sell","visibility":"Full"}',
          },
        ],
        editsRecorded: [recordedEdit],
      },
      /still to be submitted/,
    ],
    [
      'a submission that was asked for more than 15 minutes ago',
      {
        edits: [
          {
            ...edit,
            submitted_at: time(16 * 60_000),
            then_submit: '{"type":"recorded","submissionId":"one"}',
          },
        ],
        editsRecorded: [recordedEdit],
      },
      /after more than 15 minutes/,
    ],
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
        standing: new Map([['C1 1.1', '1 cancelled']]),
      },
      /says "1 cancelled".*they are submitted/,
    ],
    [
      'a edit that was called refused, and AWS saved it',
      { edits: [{ ...edit, state: 'refused' }], editsRecorded: [recordedEdit], updates: [request(15)] },
      /is refused, and AWS saved it/,
    ],
    ['still open', { records: [record({ state: 'requested', due_at: time(60) })] }, /still requested/],
    ['submitted, and AWS has nothing', { requests: [], claims: [] }, /executed it 0 times/],
    ['refused, and AWS has it', { records: [record({ state: 'refused' })] }, /executed it 1 times/],
  ])('at the end: %s', (_, parts, found) => {
    expect(problemsAtTheEnd(evidence(parts)).join('\n')).toMatch(found);
  });
});
