import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listedErrors, parseError } from '../../src/aws/errors.ts';
import {
  AT_ANY_TIME,
  answer,
  clientOf,
  cutOff,
  type Play,
  scriptedServer,
  submission,
  testInstant,
} from './scripted-server.ts';

/** What submitting comes to when AWS plays this. */
async function submitted(play: Play) {
  const { endpoint, received } = await scriptedServer([play]);
  const result = await clientOf(endpoint).submitOpportunity(submission, AT_ANY_TIME);
  return { error: result.ok ? undefined : result.error, requests: received.length };
}

const awsError = (name: string, status = 400, more: object = {}) =>
  answer(status, {
    __type: `com.amazonaws.partnercentralselling#${name}`,
    message: 'In AWS’s words.',
    ...more,
  });

describe('AWS refuses a submission', () => {
  test('and every failed field is kept, in AWS’s order', async () => {
    const play = answer(400, {
      __type: 'com.amazonaws.partnercentralselling#ValidationException',
      Message: 'Not ready.',
      Reason: 'BUSINESS_VALIDATION_FAILED',
      ErrorList: [
        { FieldName: 'LifeCycle.TargetCloseDate', Message: 'It is in the past.', Code: 'INVALID_VALUE' },
        { Message: 'Associate a solution.', Code: 'A_NEW_CODE' },
      ],
    });
    expect(await submitted(play)).toEqual({
      requests: 1,
      error: {
        kind: 'refused',
        code: 'ValidationException',
        message: 'Not ready.',
        requestId: 'req-1',
        reason: 'BUSINESS_VALIDATION_FAILED',
        fieldErrors: [
          { fieldName: 'LifeCycle.TargetCloseDate', code: 'INVALID_VALUE', message: 'It is in the past.' },
          { fieldName: undefined, code: 'A_NEW_CODE', message: 'Associate a solution.' },
        ],
      },
    });
  });

  test.each([
    ['ResourceNotFoundException', 'ResourceNotFoundException'],
    ['AccessDeniedException', 'AccessDeniedException'],
    ['AccessDenied', 'AccessDeniedException'],
    ['NotAuthorized', 'AccessDeniedException'],
    ['ConflictException', 'ConflictException'],
    ['ValidationError', 'ValidationException'],
  ])('by %s', async (name, code) => {
    expect(await submitted(awsError(name))).toMatchObject({
      error: { kind: 'refused', code, fieldErrors: [] },
    });
  });

  test('with the reason that access is denied for', async () => {
    const Reason = 'INCOMPATIBLE_BENEFIT_AWS_PARTNER_STATE';
    expect(await submitted(awsError('AccessDeniedException', 400, { Reason }))).toMatchObject({
      error: { reason: Reason },
    });
  });

  test('as it was seen to: no text on top, fields in another spelling, or none at all', async () => {
    const ErrorList = [
      {
        FieldName: 'marketing.source',
        Message: 'Marketing source is required.',
        Code: 'REQUIRED_FIELD_MISSING',
      },
      { FieldName: '', Message: 'Submit cannot be performed.', Code: 'ACTION_NOT_PERMITTED' },
    ];
    const play = answer(
      400,
      { Message: '', Reason: 'REQUEST_VALIDATION_FAILED', ErrorList },
      {
        'x-amzn-errortype':
          'ValidationException:http://internal.amazon.com/coral/com.amazon.partnerintegrationapi.common/',
        'content-type': 'application/json',
      },
    );
    expect(await submitted(play)).toMatchObject({
      error: {
        kind: 'refused',
        code: 'ValidationException',
        message: '',
        fieldErrors: [
          { fieldName: 'marketing.source', code: 'REQUIRED_FIELD_MISSING' },
          { fieldName: undefined, code: 'ACTION_NOT_PERMITTED', message: 'Submit cannot be performed.' },
        ],
      },
    });
  });

  test('and fields that only the text on top lists are read from it', async () => {
    const Message =
      'OPPORTUNITY_VALIDATION_FAILED project.salesActivities:Required;ACTION_NOT_PERMITTED :Submit cannot be performed';
    expect(await submitted(answer(400, { __type: 'ValidationException', Message }))).toMatchObject({
      error: {
        message: '',
        fieldErrors: [
          {
            fieldName: 'project.salesActivities',
            code: 'OPPORTUNITY_VALIDATION_FAILED',
            message: 'Required',
          },
          { fieldName: undefined, code: 'ACTION_NOT_PERMITTED', message: 'Submit cannot be performed' },
        ],
      },
    });
  });

  test('and an ErrorList of another shape costs only what can’t be read', async () => {
    const ErrorList = [null, 'x', { FieldName: 7, Code: null }, { FieldName: 'Project.Title' }];
    expect(await submitted(awsError('ValidationException', 400, { ErrorList, Reason: {} }))).toMatchObject({
      error: {
        reason: undefined,
        fieldErrors: [
          { fieldName: undefined, code: '', message: '' },
          { fieldName: 'Project.Title', code: '', message: '' },
        ],
      },
    });
  });
});

describe('AWS wants to be asked later', () => {
  test.each([
    ['ThrottlingException', 400],
    ['Throttling', 403],
    ['TooManyRequestsException', 429],
    ['RequestLimitExceeded', 400],
  ])('by %s with %i', async (name, status) => {
    expect(await submitted(awsError(name, status))).toMatchObject({
      error: { kind: 'retryable', throttled: true, retryAfterMs: undefined, code: name },
    });
  });

  test('by a gateway’s bare 429', async () => {
    expect(await submitted(answer(429, '<html/>', { 'retry-after': '1' }))).toMatchObject({
      error: { kind: 'retryable', throttled: true, retryAfterMs: 1000, code: 'TooManyRequestsException' },
    });
  });

  test.each([
    ['milliseconds', { 'x-amz-retry-after': '1500', 'retry-after': '9' }, 1500],
    ['seconds', { 'retry-after': '2' }, 2000],
    ['seconds, where the milliseconds are none', { 'x-amz-retry-after': 'soon', 'retry-after': '2' }, 2000],
    ['a date', { 'retry-after': new Date(testInstant.getTime() + 5_655).toUTCString() }, 5_655],
    ['a date in the past', { 'retry-after': 'Sat, 21 Nov 2026 10:00:00 GMT' }, 0],
    ['nonsense', { 'retry-after': 'soon' }, undefined],
    ['a negative number', { 'x-amz-retry-after': '-5' }, undefined],
  ])('after %s', async (_what, headers, retryAfterMs) => {
    const play = answer(400, { __type: 'ThrottlingException' }, headers);
    const { error } = await submitted(play);
    expect(error).toMatchObject({ kind: 'retryable', retryAfterMs });
  });
});

describe('the operator has to act', () => {
  test.each([
    ['UnrecognizedClientException', 'credentials'],
    ['InvalidClientTokenId', 'credentials'],
    ['MissingAuthenticationTokenException', 'credentials'],
    ['MissingAuthenticationToken', 'credentials'],
    ['InvalidSignatureException', 'signature'],
    ['IncompleteSignatureException', 'signature'],
    ['IncompleteSignature', 'signature'],
    ['SignatureDoesNotMatch', 'signature'],
    ['RequestExpired', 'clock'],
    ['RequestTimeTooSkewed', 'clock'],
    ['OptInRequired', 'opt-in'],
  ])('after %s: %s', async (name, cause) => {
    expect(await submitted(awsError(name, 403))).toMatchObject({
      error: { kind: 'operator', cause, code: name },
    });
  });

  test.each(['Signature expired: 20261121T100000Z is now earlier than …', 'Signature not yet current: …'])(
    'about the clock, where the signature is refused with %j',
    async (message) => {
      expect(await submitted(awsError('InvalidSignatureException', 403, { message }))).toMatchObject({
        error: { kind: 'operator', cause: 'clock' },
      });
    },
  );
});

describe('nobody knows whether a submission was executed', () => {
  test.each([
    ['InternalServerException', 500],
    ['InternalFailure', 500],
    ['ServiceUnavailable', 503],
    ['ServiceUnavailableException', 503],
    ['ThrottlingException', 503],
    ['ValidationException', 500],
    ['RequestTimeoutException', 408],
    ['ANewException', 400],
    ['constructor', 400],
  ])('after %s with %i', async (name, status) => {
    expect(await submitted(awsError(name, status))).toEqual({
      requests: 1,
      error: { kind: 'unknown', code: name, message: 'In AWS’s words.', requestId: 'req-1' },
    });
  });

  test.each([
    ['an empty body', ''],
    ['HTML', '<html/>'],
    ['a number', '7'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a type that is no name', JSON.stringify({ __type: '<b>ValidationException</b>' })],
    ['a type that is no text', JSON.stringify({ __type: { code: 'ValidationException' } })],
  ])('after 400 with %s', async (_what, body) => {
    const { error } = await submitted(answer(400, body));
    expect(error).toMatchObject({ kind: 'unknown', code: 'UnreadableAnswer', requestId: 'req-1' });
  });
});

describe('the type of an error', () => {
  test.each([
    ['in __type', { __type: 'ValidationException' }, {}],
    ['with a namespace', { __type: 'com.amazonaws.partnercentralselling#ValidationException' }, {}],
    ['with an address', { __type: 'aws#ValidationException:http://internal.amazon.com/x#y' }, {}],
    ['with a comma', { __type: 'ValidationException,OtherException' }, {}],
    ['in code', { code: 'ValidationException' }, {}],
    ['in code, where __type is a number', { __type: 7, code: 'ValidationException' }, {}],
    ['in a header', {}, { 'x-amzn-errortype': 'ValidationException:http://internal.amazon.com/' }],
    ['in __type before the header', { __type: 'ValidationException' }, { 'x-amzn-errortype': 'Other' }],
  ])('is found %s', async (_where, body, headers) => {
    expect(await submitted(answer(400, body, headers))).toMatchObject({
      error: { kind: 'refused', code: 'ValidationException', requestId: undefined },
    });
  });

  test('is found in the header when the body breaks off, with what can be said of the rest', async () => {
    const play = cutOff(400, '{"__type":"Validat', { 'x-amzn-errortype': 'ValidationException' });
    expect(await submitted(play)).toMatchObject({
      error: {
        kind: 'refused',
        code: 'ValidationException',
        message: '',
        requestId: 'req-1',
      },
    });
  });
});

describe('whatever comes', () => {
  const names = [
    'ValidationException',
    'ThrottlingException',
    'AccessDenied',
    'ExpiredToken',
    'SlowDown',
    'x#y:z,',
  ];
  const body = fc.oneof(
    fc.string(),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('utf8')),
    fc.json(),
    fc
      .record(
        {
          __type: fc.oneof(fc.constantFrom(...names), fc.anything()),
          code: fc.oneof(fc.constantFrom(...names), fc.anything()),
          message: fc.oneof(fc.string(), fc.jsonValue()),
          Reason: fc.jsonValue(),
          ErrorList: fc.oneof(
            fc.jsonValue(),
            fc.array(fc.record({ FieldName: fc.jsonValue(), Code: fc.jsonValue(), Message: fc.jsonValue() })),
          ),
        },
        { requiredKeys: [] },
      )
      .map((value) => String(fc.stringify(value))),
    fc.constantFrom(...names).map((name) => JSON.stringify({ __type: name })),
  );
  const headers = fc.dictionary(
    fc.constantFrom(
      'x-amzn-errortype',
      'x-amzn-requestid',
      'retry-after',
      'x-amz-retry-after',
      'content-type',
    ),
    fc.oneof(fc.constantFrom(...names), fc.string(), fc.nat().map(String)),
  );
  const anyAnswer = (status: fc.Arbitrary<number>) =>
    fc.record({ status, headers, body, complete: fc.boolean() });

  test('an answer is understood without failing, and a hint is a number of milliseconds', () => {
    fc.assert(
      fc.property(anyAnswer(fc.integer({ min: 100, max: 599 })), (given) => {
        const error = parseError(given, testInstant);
        expect(error.code).toMatch(/^[A-Za-z]/);
        // What only describes HTTP is nothing that AWS said.
        if (error.kind === 'refused' && !given.body.includes('HTTP'))
          expect(error.message).not.toMatch(/^HTTP/);
        if (error.kind === 'retryable' && error.retryAfterMs !== undefined) {
          expect(error.retryAfterMs).toBeGreaterThanOrEqual(0);
          expect(Number.isFinite(error.retryAfterMs)).toBe(true);
        }
      }),
    );
  });

  test('a 5xx never counts as not executed', () => {
    fc.assert(
      fc.property(anyAnswer(fc.integer({ min: 500, max: 599 })), (given) => {
        expect(parseError(given, testInstant).kind).toBe('unknown');
      }),
    );
  });

  test('no more does an answer that is no error', () => {
    fc.assert(
      fc.property(anyAnswer(fc.integer({ min: 100, max: 399 })), (given) => {
        expect(parseError(given, testInstant)).toMatchObject({ kind: 'unknown', code: 'UnreadableAnswer' });
      }),
    );
  });
});

test.each([
  [
    'one entry',
    'OPPORTUNITY_VALIDATION_FAILED project.salesActivities:Sales activities are required',
    [
      {
        code: 'OPPORTUNITY_VALIDATION_FAILED',
        fieldName: 'project.salesActivities',
        message: 'Sales activities are required',
      },
    ],
  ],
  [
    'several, one without a field',
    'BUSINESS_VALIDATION_EXCEPTION primaryNeedsFromAws: Not with Limited; ACTION_NOT_PERMITTED :Submit: not now;',
    [
      {
        code: 'BUSINESS_VALIDATION_EXCEPTION',
        fieldName: 'primaryNeedsFromAws',
        message: 'Not with Limited',
      },
      { code: 'ACTION_NOT_PERMITTED', fieldName: undefined, message: 'Submit: not now' },
    ],
  ],
  [
    'a semicolon in the text',
    'INVALID_VALUE Project.ExpectedCustomerSpend[0].Amount:Not this; another one',
    [
      {
        code: 'INVALID_VALUE',
        fieldName: 'Project.ExpectedCustomerSpend[0].Amount',
        message: 'Not this; another one',
      },
    ],
  ],
  [
    'a code alone',
    'ACTION_NOT_PERMITTED',
    [{ code: 'ACTION_NOT_PERMITTED', fieldName: undefined, message: '' }],
  ],
])('%s is read', (_what, text, errors) => {
  expect(listedErrors(text)).toEqual(errors);
});

test.each([
  '',
  ' ; ',
  '1 validation error detected: Title must be set; see the guide',
  'Not ready',
  'NOT READY: x',
])('%j lists nothing', (text) => {
  expect(listedErrors(text)).toEqual([]);
});

test('whatever comes, a field is no sentence', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string(), fc.constantFrom('A_B c:', ';', 'A_B')), { maxLength: 8 }),
      (parts) => {
        for (const { fieldName, code } of listedErrors(parts.join(''))) {
          expect(fieldName ?? 'x').toMatch(/^\S+$/);
          expect(code).toMatch(/^[A-Z0-9_]+$/);
        }
      },
    ),
  );
});
