import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { demoChannels, demoPeople } from '../../../demo/slack/demo-workspace.ts';
import { type PageUnderTest, startPageUnderTest } from './page-under-test.ts';

describe("the demo's page, asked directly", () => {
  let under: PageUnderTest;

  beforeEach(async () => {
    under = await startPageUnderTest();
  });
  afterEach(async () => {
    await under.close();
  });

  const act = (action: unknown, headers: Record<string, string> = {}) =>
    send(
      `${under.page.url}api/act`,
      'POST',
      { 'content-type': 'application/json', ...headers },
      JSON.stringify(action),
    );
  const addBot = { type: 'addBot', channel: demoChannels.general };
  const botIsIn = () =>
    under.slack
      .channels()
      .find(({ id }) => id === demoChannels.general)
      ?.members.includes(under.slack.botUserId);

  test('does what its own page asks', async () => {
    const { origin } = new URL(under.page.url);
    expect(await act(addBot, { origin })).toMatchObject({ status: 200, body: '{"outcome":"done"}' });
    expect(botIsIn()).toBe(true);
  });

  test.each([
    ['another site', { origin: 'https://evil.example' }, 403],
    ['a sandboxed frame', { origin: 'null' }, 403],
    ['a name that resolves to this machine', { host: 'evil.example' }, 403],
    ['a form, which needs no permission', { 'content-type': 'text/plain' }, 415],
  ])('refuses what comes from %s', async (_, headers, status) => {
    expect(await act(addBot, headers)).toMatchObject({ status });
    expect(botIsIn()).toBe(false);
  });

  test('tells its state to its own page only', async () => {
    const url = `${under.page.url}api/state`;
    expect(await send(url, 'GET', { host: 'evil.example' })).toMatchObject({ status: 403 });
    expect(await send(url, 'GET', { origin: 'https://evil.example' })).toMatchObject({ status: 403 });
    expect(await send(url, 'GET', {})).toMatchObject({ status: 200 });
  });

  test('runs no script but its own, and is framed by nobody', async () => {
    const { headers } = await send(under.page.url, 'GET', {});
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  test.each(['/../server.ts', '/..%2fserver.ts', '/tsconfig.json', '/nothing.js'])(
    'serves nothing but its own files: %s',
    async (path) => {
      expect(await send(under.page.url, 'GET', {}, undefined, path)).toMatchObject({ status: 404 });
    },
  );

  test('names what is wrong with an action it does not understand', async () => {
    expect(await act({ type: 'nonsense' })).toMatchObject({ status: 400 });
    expect(
      await send(`${under.page.url}api/act`, 'POST', { 'content-type': 'application/json' }, '{'),
    ).toMatchObject({
      status: 400,
    });
    expect(await act({ type: 'submitView', user: 'U0NOBODY' })).toMatchObject({
      status: 200,
      body: expect.stringContaining('nobody here'),
    });
  });

  test('refuses a body that is too large', async () => {
    const answer = await act({ type: 'slashCommand', user: demoPeople.ana, text: 'x'.repeat(200_000) });
    expect(answer).toMatchObject({ status: 413 });
  });
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** Over `node:http`: `fetch` won't send a Host of our choice, nor a path with dots. */
function send(
  url: string,
  method: string,
  headers: Record<string, string>,
  body?: string,
  path?: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      { method, headers, ...(path === undefined ? {} : { path }) },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode, headers: response.headers, body: text }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
