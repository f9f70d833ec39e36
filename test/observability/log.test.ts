import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { createLog, readableLine } from '../../src/observability/log.ts';

let json = '';
const log = createLog('debug', {
  write: (line) => {
    json = line;
  },
});
beforeEach(() => {
  json = '';
});

test.each(['cannot_reply_to_message', 'ratelimited', 'http_503', 'no_answer'])(
  'a failure that is data is logged by its code: %s',
  (code) => {
    log.warn({ error: code }, 'a message could not be posted');
    expect(JSON.parse(json)).toMatchObject({ error: { type: 'code', code } });
    expect(readableLine(json)).toContain(code);
  },
);

test.each([
  ['a bot token', 'xoxb-7000000000-7000000000000-AbCdEfGhIjKlMnOpQrStUvWx'],
  ['a signing secret', '8f742231b10e8888abcd99yyyzzz85a5'],
  ['an AWS secret key', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
  ['a response_url', 'https://hooks.slack.com/actions/T0/1/abc'],
  ['an ID', 'O1234567'],
  ['a sentence', 'The customer is Northwind Fisheries'],
  ['words without an end', 'a_'.repeat(40)],
])('any other text under that name stays out: %s', (_, text) => {
  log.warn({ error: text }, 'a message could not be posted');
  expect(JSON.parse(json)).toMatchObject({ error: { type: 'string' } });
  expect(json).not.toContain(text);
});

test('text with a capital, a digit at its beginning, a space or a sign is never written', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 12 }), (text) => {
      fc.pre(/[^a-z0-9_]|^\d/.test(text));
      log.warn({ error: text }, 'x');
      expect(JSON.parse(json)).toMatchObject({ error: { type: 'string' } });
    }),
  );
});
