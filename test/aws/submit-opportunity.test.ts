import { describe, expect, test } from 'vitest';
import { AT_ANY_TIME, answer, clientOf, cutOff, scriptedServer, submission } from './scripted-server.ts';

describe('AWS accepts a submission', () => {
  test.each(['', '{}', ' { }\n'])('with 200, the body %j and a request ID', async (body) => {
    const { endpoint, received } = await scriptedServer([answer(200, body)]);
    expect(await clientOf(endpoint).submitOpportunity(submission, AT_ANY_TIME)).toEqual({
      ok: true,
      value: undefined,
      requestId: 'req-1',
    });
    expect(received).toHaveLength(1);
  });

  test('and the choices have gone over the wire as they were made', async () => {
    const { endpoint, received } = await scriptedServer([answer(200, '')]);
    await clientOf(endpoint).submitOpportunity(submission, AT_ANY_TIME);
    expect(received[0]).toMatchObject({ method: 'POST', url: '/', body: JSON.stringify(submission) });
    expect(received[0]?.headers).toMatchObject({
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'AWSPartnerCentralSelling.SubmitOpportunity',
      'x-amzn-user-agent': 'submit-opportunity-bot|submit-opportunity-bot/0.0.0',
    });
  });

  test.each([
    ['x-amzn-requestid', { 'x-amzn-requestid': 'first', 'x-amzn-request-id': 'second' }],
    ['x-amzn-request-id', { 'x-amzn-request-id': 'first', 'x-amz-request-id': 'second' }],
    ['x-amz-request-id', { 'x-amz-request-id': 'first' }],
  ])('and its request ID is read from %s', async (_name, headers) => {
    const { endpoint } = await scriptedServer([answer(200, '', headers)]);
    expect(await clientOf(endpoint).submitOpportunity(submission, AT_ANY_TIME)).toMatchObject({
      requestId: 'first',
    });
  });
});

describe('nobody knows whether AWS took a submission', () => {
  test.each([
    ['200 without a request ID', answer(200, '', {})],
    ['200 with a body', answer(200, { Id: 'O123' })],
    ['200 with somebody’s HTML', answer(200, '<html>Log in</html>', { 'content-type': 'text/html' })],
    ['200 with null', answer(200, 'null')],
    ['200 that breaks off', cutOff(200, '{')],
    ['200 whose announced body never comes', cutOff(200, '')],
    ['204', answer(204, '')],
    ['302', answer(302, '', { location: 'https://example.com/' })],
  ])('after %s', async (_what, play) => {
    const { endpoint, received } = await scriptedServer([play]);
    expect(await clientOf(endpoint).submitOpportunity(submission, AT_ANY_TIME)).toMatchObject({
      ok: false,
      error: { kind: 'unknown', code: 'UnreadableAnswer' },
    });
    expect(received).toHaveLength(1);
  });

  test('after a gateway’s 503 in HTML, and nothing of the page is kept', async () => {
    const page = answer(503, '<html><h1>Service Unavailable</h1></html>', { 'content-type': 'text/html' });
    const { endpoint } = await scriptedServer([page]);
    expect(await clientOf(endpoint).submitOpportunity(submission, AT_ANY_TIME)).toEqual({
      ok: false,
      error: {
        kind: 'unknown',
        code: 'UnreadableAnswer',
        message: 'HTTP 503, text/html, 41 characters',
        requestId: undefined,
      },
    });
  });

  test('a 200 that breaks off keeps AWS’s request ID', async () => {
    const { endpoint } = await scriptedServer([cutOff(200, '{')]);
    expect(await clientOf(endpoint).submitOpportunity(submission, AT_ANY_TIME)).toMatchObject({
      error: { requestId: 'req-1', message: 'HTTP 200, no content type, 1 characters, cut off' },
    });
  });
});
