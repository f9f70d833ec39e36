import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { KnownBlock } from '@slack/types';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { isTooLong } from '../../demo/slack/message-content.ts';
import { portOf } from '../../src/observability/health.ts';
import { createLog } from '../../src/observability/log.ts';
import {
  button,
  context,
  facts,
  header,
  LIMITS,
  type Message,
  section,
} from '../../src/slack/blocks/elements.ts';
import { fitting, isAtSlack, respond, textSize } from '../../src/slack/posting.ts';

const actions: KnownBlock = {
  type: 'actions',
  elements: [button({ text: 'History', label: 'History', actionId: 'history' })],
};
const message = (blocks: KnownBlock[]): Message => ({ text: 'Approval pending: O1001', blocks });

test.each([
  ['a letter counts one', [section('x')], 1],
  ['& counts five, < and > four', [section('&<>')], 13],
  ['a header counts a hundred more', [header('Deal')], 104],
  ['fields, notes and buttons count too', [facts([['a', 'b']]), context('c', 'd'), actions], 14],
] as const)('%s', (_, blocks, size) => {
  expect(textSize(blocks)).toBe(size);
});

test('what fits stays as it is', () => {
  const whole = message([header('Deal'), ...[1, 2, 3].map(() => section('x'.repeat(2900))), actions]);
  expect(fitting(whole)).toBe(whole);
});

test('what does not fit loses what is too much, says so, and keeps its buttons', () => {
  const long = [1, 2, 3].map(() => section('&'.repeat(700)));
  const sent = fitting(message([header('Deal'), ...long, section('The end'), actions]));
  expect(sent.blocks.map(({ type }) => type)).toEqual([
    'header',
    'section',
    'section',
    'section',
    'actions',
    'context',
  ]);
  expect(JSON.stringify(sent.blocks)).toContain('The end');
  expect(JSON.stringify(sent.blocks)).toContain('more than fits');
});

test('no message exceeds what Slack takes, whatever is in it', () => {
  const text = fc
    .integer({ min: 1, max: 3000 })
    .chain((length) =>
      fc.constantFrom('x', '&', '<', '&amp;', '🧵').map((sign) => sign.repeat(length).slice(0, 3000)),
    );
  const block = fc.oneof(
    text.map(section),
    text.map(header),
    text.map((value) => context(value, value)),
    text.map((value) => facts([['Name', value.slice(0, 1900)]])),
    fc.constant(actions),
  );
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 20 }), (blocks) => {
      const sent = fitting(message(blocks));
      expect(textSize(sent.blocks)).toBeLessThanOrEqual(LIMITS.messageText);
      expect(isTooLong(sent.blocks)).toBe(false);
      expect(sent.blocks.length).toBeLessThanOrEqual(blocks.length);
      expect(sent.blocks.filter(({ type }) => type === 'actions')).toEqual(
        blocks.filter(({ type }) => type === 'actions'),
      );
    }),
  );
});

const servers = new Set<Server>();
afterEach(() => {
  for (const server of servers) server.close();
  servers.clear();
});

/** An HTTP server; answers its address. */
async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.add(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${portOf(server)}`;
}

describe('an address to answer at', () => {
  test.each([
    ['https://hooks.slack.com/actions/T1/2/secret', undefined],
    ['https://hooks.slack.com/commands/T1/2/secret#1700000000.000100', undefined],
    ['https://hooks.slack.com:443/actions/T1/2/secret', undefined],
    ['https://hooks.slack-gov.com/actions/T1/2/secret', undefined],
    ['https://hooks.slack-gov.com/actions/T1/2/secret', 'https://slack-gov.com/api/'],
    ['http://127.0.0.1:4000/actions/T1/2/secret', 'http://127.0.0.1:4000/api/'],
  ])('%s is taken, where SLACK_API_URL is %s', (address, apiUrl) => {
    expect(isAtSlack(address, apiUrl)).toBe(true);
  });

  test.each([
    ['http://hooks.slack.com/actions/T1/2/secret', undefined],
    ['https://hooks.slack.com.example.org/actions/T1/2/secret', undefined],
    ['https://hooks.slack.com@example.org/actions/T1/2/secret', undefined],
    ['https://example.org/#https://hooks.slack.com/', undefined],
    ['https://hooks.slack.com:8443/actions/T1/2/secret', undefined],
    ['https://slack.com/actions/T1/2/secret', undefined],
    ['http://169.254.170.2/v2/credentials', undefined],
    ['http://127.0.0.1:4000/actions/T1/2/secret', undefined],
    ['http://127.0.0.1:4001/actions/T1/2/secret', 'http://127.0.0.1:4000/api/'],
    ['file:///etc/passwd', undefined],
    ['data:text/plain,ok', undefined],
    ['ok', undefined],
    ['', undefined],
  ])('%s is not, where SLACK_API_URL is %s', (address, apiUrl) => {
    expect(isAtSlack(address, apiUrl)).toBe(false);
  });

  test('that leads on to another one is a way that failed: nothing is sent there, and no address is logged', async () => {
    const got: string[] = [];
    const elsewhere = await serve((request, response) => {
      got.push(request.url ?? '');
      response.end('ok');
    });
    const slack = await serve((_, response) => {
      response.writeHead(307, { location: `${elsewhere}/taken` }).end();
    });
    const lines: string[] = [];
    const log = createLog('debug', { write: (line) => lines.push(line) });
    const bot = { config: { slack: { apiUrl: `${slack}/api/` } }, log };
    const answer = { text: 'x', blocks: [] };
    expect(await respond(bot, `${slack}/actions/T1/2/secret`, answer)).toBe(false);
    expect(await respond(bot, `${elsewhere}/taken`, answer, { threadTs: undefined })).toBe(false);
    expect(got).toEqual([]);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { error: { code: 'redirected' }, msg: expect.stringContaining('leads away from Slack') },
      { error: { code: 'another_host' } },
    ]);
    expect(lines.join('')).not.toMatch(/127\.0\.0\.1|secret|taken/);
  });
});
