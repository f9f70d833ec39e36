import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { signature } from '../../demo/slack/http-delivery.ts';
import { ana, deals, overBothTransports, type Workspace } from './workspace.ts';

const body = (slack: Workspace['slack'], app: string) =>
  new URLSearchParams({
    command: '/submit-opportunity',
    api_app_id: app,
    text: 'help',
    user_id: ana,
    channel_id: deals,
    team_id: slack.team.id,
    trigger_id: '1.2.3',
    response_url: `${new URL(slack.apiUrl).origin}/actions/nowhere`,
  }).toString();

interface Knock {
  /** In the body, over what Slack sends. */
  readonly app?: string;
  readonly path?: string;
  readonly method?: string;
  /** Seconds from now. */
  readonly at?: number;
  readonly secret?: string;
  readonly signed?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends what pretends to come from Slack, signed as described; answers the status. */
async function knock({ slack, port }: Workspace, options: Knock = {}): Promise<number> {
  const sent = body(slack, options.app ?? slack.appId);
  const timestamp = String(Math.floor(Date.now() / 1000) + (options.at ?? 0));
  const method = options.method ?? 'POST';
  const response = await fetch(`http://127.0.0.1:${port()}${options.path ?? '/slack/events'}`, {
    method,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signature(
        options.secret ?? slack.signingSecret,
        timestamp,
        options.signed ?? sent,
      ),
      ...options.headers,
    },
    ...(method === 'POST' ? { body: sent } : {}),
  });
  await response.text();
  return response.status;
}

overBothTransports('the door that the network sees', (open, transport) => {
  test('whether the bot lives may be asked where Slack calls; how it is, only at an address of its own', async () => {
    const { port, opsPort } = await open();
    const asked = async (at: number, path: string) => {
      const response = await fetch(`http://127.0.0.1:${at}${path}`);
      await response.text();
      return response.status;
    };
    const paths = ['/healthz', '/readyz', '/metrics'];
    expect(await Promise.all(paths.map((path) => asked(port(), path)))).toEqual([200, 404, 404]);
    expect(await Promise.all(paths.map((path) => asked(opsPort(), path)))).toEqual([200, 200, 200]);
    const ready = await fetch(`http://127.0.0.1:${opsPort()}/readyz`);
    expect(await ready.json()).toEqual({ status: 'ready', problems: [] });
  });

  test.each([
    ['another path', { path: '/slack/other' }],
    ['the front door', { path: '/' }],
    ['a GET', { method: 'GET' }],
    ['a PUT', { method: 'PUT' }],
  ])('%s is not found', async (_, options) => {
    expect(await knock(await open(), options)).toBe(404);
  });

  describe.runIf(transport === 'HTTP')('signed requests', () => {
    test('what Slack signed is taken', async () => {
      expect(await knock(await open())).toBe(200);
    });

    test.each<readonly [string, Knock]>([
      ['signed with another secret', { secret: 'another-secret-altogether' }],
      ['changed after signing', { signed: 'command=%2Fsomething' }],
      ['ten minutes old', { at: -600 }],
      ['from ten minutes in the future', { at: 600 }],
      ['without a signature', { headers: { 'x-slack-signature': '' } }],
      ['with a signature that is none', { headers: { 'x-slack-signature': 'v0=ff' } }],
      ['without a timestamp', { headers: { 'x-slack-request-timestamp': '' } }],
      ['with a timestamp that is no number', { headers: { 'x-slack-request-timestamp': 'soon' } }],
    ])('%s: refused, and nothing is done', async (_, options) => {
      const workspace = await open();
      const status = await knock(workspace, options);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(
        workspace.slack.calls().filter(({ method }) => !/^(auth\.test|bots\.info)$/.test(method)),
      ).toEqual([]);
    });

    test('what is for another app is signed all right, and no listener sees it', async () => {
      const workspace = await open();
      // Bolt answers what nobody has acknowledged.
      expect(await knock(workspace, { app: 'A07ANOTHERS' })).toBe(404);
      expect(workspace.slack.calls().map(({ method }) => method)).not.toContain('users.info');
      expect(workspace.log()).toContain('a request for another Slack app or workspace was refused');
    });

    test('a body too large for Slack to have sent is refused', async () => {
      const { port } = await open();
      const response = await fetch(`http://127.0.0.1:${port()}/slack/events`, {
        method: 'POST',
        headers: { 'x-slack-request-timestamp': String(Math.floor(Date.now() / 1000)) },
        body: 'x'.repeat(3 * 1024 * 1024),
      }).catch(() => undefined);
      expect(response?.status ?? 413).toBeGreaterThanOrEqual(400);
    });

    test("Slack's question whether this is the right address is answered", async () => {
      const { slack } = await open();
      expect(await slack.verifyUrl()).toBe(true);
    });
  });

  test.runIf(transport === 'HTTP')('who takes too long to say something is not waited for', async () => {
    const { port } = await open();
    const slowly = [
      'POST /slack/events HTTP/1.1\r\nHost: here\r\n',
      'POST /slack/events HTTP/1.1\r\nHost: here\r\nContent-Length: 1000\r\n\r\ncommand',
    ];
    const answers = slowly.map(
      (said) =>
        new Promise<string>((resolve) => {
          let answer = '';
          const socket = connect(port(), '127.0.0.1', () => socket.write(said));
          socket.on('data', (chunk) => {
            answer += String(chunk);
          });
          socket.on('error', () => {});
          socket.on('close', () => resolve(answer));
        }),
    );
    for (const answer of await Promise.all(answers)) expect(answer).not.toMatch(/^HTTP\/1.1 200/);
  });

  test.runIf(transport === 'Socket Mode')('in Socket Mode signed requests have no door', async () => {
    expect(await knock(await open())).toBe(404);
  });

  test.runIf(transport === 'Socket Mode')('a lost socket shows in readyz until it is back', async () => {
    const { slack, port, opsPort, deal, submit, message } = await open();
    const ready = async () => (await fetch(`http://127.0.0.1:${opsPort()}/readyz`)).status;
    slack.disconnect();
    await expect.poll(ready).toBe(503);
    // Nobody restarts a bot because Slack is away.
    expect((await fetch(`http://127.0.0.1:${port()}/healthz`)).status).toBe(200);
    await slack.connected();
    await expect.poll(ready, { timeout: 5000 }).toBe(200);
    deal();
    await submit('O1001');
    await message('Approval pending');
  });
});
