import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { portOf } from '../../src/observability/health.ts';
import { createLog } from '../../src/observability/log.ts';
import { createResponses, isAtSlack } from '../../src/slack/response-url.ts';

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
    const responses = createResponses({ apiUrl: `${slack}/api/`, log });
    expect(await responses.toOne(`${slack}/actions/T1/2/secret`, { text: 'x', blocks: [] })).toBe(false);
    expect(await responses.toAll(`${elsewhere}/taken`, { text: 'x', blocks: [] }, undefined)).toBe(false);
    expect(got).toEqual([]);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { error: { code: 'redirected' }, msg: expect.stringContaining('leads away from Slack') },
      { error: { code: 'another_host' } },
    ]);
    expect(lines.join('')).not.toMatch(/127\.0\.0\.1|secret|taken/);
  });
});
