import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anOpportunity } from '../../../demo/partner-central/opportunities.ts';
import { startPartnerCentral } from '../../../demo/partner-central/server.ts';
import type { PartnerCentralStandIn } from '../../../demo/partner-central/stand-in.ts';
import { type CallOptions, call } from './call.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';

let clock: ManualClock;
let aws: PartnerCentralStandIn;

beforeEach(async () => {
  clock = manualClock();
  aws = await startPartnerCentral({ clock });
  aws.seed(anOpportunity({ now: clock.now() }));
});

afterEach(() => aws.close());

const question = { Catalog: 'Sandbox', Identifier: 'O1001' };

function get(input: Parameters<typeof call>[2] = question, options: CallOptions = {}) {
  return call(aws, 'GetOpportunity', input, { signedAt: clock.now(), ...options });
}

describe('a request over the wire', () => {
  it('is answered in AWS JSON 1.0, with a request ID of its own and the time of the service', async () => {
    const [one, other] = await Promise.all([get(), get()]);
    expect(one.headers).toMatchObject({
      'content-type': 'application/x-amz-json-1.0',
      date: 'Sun, 22 Nov 2026 20:30:00 GMT',
      'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(one.headers['x-amzn-requestid']).not.toBe(other.headers['x-amzn-requestid']);
    expect(one.json).toMatchObject({ Id: 'O1001', Catalog: 'Sandbox' });
  });

  it.each<[string, string, CallOptions, string]>([
    ['JSON that breaks off', '{"Catalog":', {}, 'SerializationException'],
    ['a list', '[]', {}, 'SerializationException'],
    ['a number for a text', '{"Catalog":"Sandbox","Identifier":1001}', {}, 'SerializationException'],
    [
      'an unknown operation',
      '{}',
      { target: 'AWSPartnerCentralSelling.SubmitAll' },
      'UnknownOperationException',
    ],
    ['another service', '{}', { target: 'DynamoDB_20120810.GetItem' }, 'UnknownOperationException'],
    ['the path of another operation', '{}', { path: '/SubmitOpportunity' }, 'UnknownOperationException'],
    ['another protocol', '{}', { contentType: 'application/json' }, 'UnknownOperationException'],
  ])('with %s is refused by its own error', async (_case, body, options, name) => {
    const answer = await get(body, options);
    expect(answer.status).toBe(400);
    expect(answer.json.__type).toBe(`com.amazon.coral.service#${name}`);
    expect(answer.headers['x-amzn-requestid']).toEqual(expect.any(String));
  });

  it('that names its operation in the path is answered in plain JSON, the error in a header', async () => {
    const rest = { target: null, path: '/GetOpportunity', contentType: 'application/json' };
    const found = await get(question, rest);
    expect(found.headers['content-type']).toBe('application/json');
    expect(found.json).toMatchObject({ Id: 'O1001' });
    const missing = await get({ ...question, Identifier: 'O404' }, rest);
    expect(missing.status).toBe(400);
    expect(missing.headers['x-amzn-errortype']).toBe(
      'ResourceNotFoundException:http://internal.amazon.com/coral/com.amazon.partnerintegrationapi.common/',
    );
    expect(missing.text).toBe('{"Message":"Resource not found"}');
  });

  it('may name its operation in both places', async () => {
    expect((await get(question, { path: '/GetOpportunity' })).json).toMatchObject({ Id: 'O1001' });
  });

  it('larger than a megabyte is refused', async () => {
    const answer = await get(JSON.stringify({ ...question, Padding: 'x'.repeat(1024 * 1024) }));
    expect(answer.status).toBe(413);
    expect(answer.json.__type).toMatch(/#RequestEntityTooLargeException$/);
  });

  it('may hold nulls and members that nobody knows', async () => {
    expect((await get({ ...question, NextToken: null, Fresh: true })).status).toBe(200);
  });

  it('with nothing in it lists every missing member', async () => {
    const answer = await call(aws, 'SubmitOpportunity', {}, { signedAt: clock.now() });
    expect(answer.json).toMatchObject({
      __type: 'com.amazon.partnerintegrationapi.common#ValidationException',
      Reason: 'REQUEST_VALIDATION_FAILED',
      Message: '',
      ErrorList: ['catalog', 'identifier', 'involvementType'].map((FieldName) => ({
        FieldName,
        Code: 'REQUIRED_FIELD_MISSING',
      })),
    });
  });

  it('with values that the model forbids lists each of them', async () => {
    const answer = await call(
      aws,
      'SubmitOpportunity',
      { Catalog: 'Sand box', Identifier: 'xO1001', InvolvementType: 'co-sell', Visibility: 'None' },
      { signedAt: clock.now() },
    );
    expect(answer.json.ErrorList).toMatchObject([
      { FieldName: 'catalog', Code: 'INVALID_STRING_FORMAT' },
      { FieldName: 'identifier', Code: 'INVALID_STRING_FORMAT' },
      { FieldName: 'involvementType', Code: 'INVALID_ENUM_VALUE' },
      { FieldName: 'visibility', Code: 'INVALID_ENUM_VALUE' },
    ]);
  });

  it('is on record, whether it was executed or not', async () => {
    await get();
    await get({ ...question, Identifier: 'O404' });
    expect(aws.requests()).toMatchObject([
      { operation: 'GetOpportunity', body: question, at: clock.now().getTime(), executed: true },
      { operation: 'GetOpportunity', body: { Identifier: 'O404' }, executed: false },
    ]);
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });
});

describe('a signature', () => {
  it.each<[string, CallOptions, string, RegExp]>([
    [
      'of an unknown key',
      { credentials: { accessKeyId: 'AKIAI44QH8DHBEXAMPLE', secretAccessKey: 'x' } },
      'UnrecognizedClientException',
      /security token included in the request is invalid/,
    ],
    [
      'with a token that belongs to nobody',
      {
        credentials: {
          accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
          secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
          sessionToken: 'stale',
        },
      },
      'UnrecognizedClientException',
      /security token/,
    ],
    [
      'by a wrong secret',
      { credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' } },
      'InvalidSignatureException',
      /does not match the signature you provided/,
    ],
    [
      'for another service',
      { service: 'partnercentral' },
      'InvalidSignatureException',
      /correct service: 'partnercentral-selling'/,
    ],
    ['for another region', { region: 'eu-west-1' }, 'InvalidSignatureException', /valid region/],
    [
      'six minutes old',
      { signedAt: new Date('2026-11-22T20:24:00Z') },
      'InvalidSignatureException',
      /^Signature expired: 20261122T202400Z is now earlier than 20261122T202500Z \(20261122T203000Z - 5 min\.\)$/,
    ],
    [
      'six minutes from the future',
      { signedAt: new Date('2026-11-22T20:36:00Z') },
      'InvalidSignatureException',
      /^Signature not yet current/,
    ],
    [
      'that is missing',
      { tamper: ({ authorization: _, ...headers }) => headers },
      'MissingAuthenticationTokenException',
      /missing Authentication Token/,
    ],
    [
      'that is cut off',
      { tamper: (headers) => ({ ...headers, authorization: 'AWS4-HMAC-SHA256 Credential=AKIA' }) },
      'IncompleteSignatureException',
      /requires 'Credential'/,
    ],
    [
      'without a date',
      { tamper: ({ 'x-amz-date': _, ...headers }) => headers },
      'IncompleteSignatureException',
      /Date/,
    ],
    [
      'that leaves a header of AWS out',
      { tamper: (headers) => ({ ...headers, 'x-amz-content-sha256': '0'.repeat(64) }) },
      'InvalidSignatureException',
      /must be a 'SignedHeader'/,
    ],
    [
      'of another body',
      {
        sentBody: '{"Catalog":"Sandbox","Identifier":"O1002"}',
      },
      'InvalidSignatureException',
      /does not match/,
    ],
    [
      'of another operation',
      { tamper: (headers) => ({ ...headers, 'x-amz-target': 'AWSPartnerCentralSelling.ListOpportunities' }) },
      'InvalidSignatureException',
      /does not match/,
    ],
  ])('%s is refused', async (_case, options, name, message) => {
    const answer = await get(question, options);
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual({
      __type: `com.amazon.coral.service#${name}`,
      message: expect.stringMatching(message),
    });
    expect(aws.requests().map(({ executed }) => executed)).toEqual([false]);
  });

  it.each([-5, 5])('%i minutes off is still accepted', async (minutes) => {
    const signedAt = new Date(clock.now().getTime() + minutes * 60_000);
    expect((await get(question, { signedAt })).status).toBe(200);
  });

  it('needs the session token that belongs to the key', async () => {
    const credentials = {
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      secretAccessKey: 's',
      sessionToken: 'token+/=',
    };
    const temporary = await startPartnerCentral({ clock, credentials });
    const ask = (with_: CallOptions) =>
      call(temporary, 'GetOpportunity', question, { signedAt: clock.now(), ...with_ });
    expect((await ask({})).json.__type).toMatch(/#ResourceNotFoundException$/);
    const { sessionToken: _, ...withoutToken } = credentials;
    expect((await ask({ credentials: withoutToken })).json.__type).toMatch(/#UnrecognizedClientException$/);
    await temporary.close();
  });
});
