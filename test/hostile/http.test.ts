import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { signature } from '../../demo/slack/http-delivery.ts';
import { MINUTE } from '../e2e/passing-time.ts';
import { ana, overHttp, type Workspace } from '../e2e/workspace.ts';
import { captureDeliveries } from './captured.ts';

const FORM = 'application/x-www-form-urlencoded';

interface Sent {
  readonly body: string | Buffer;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends bytes as Slack would, rightly signed, whatever is in them; the status, or 0 where the connection was cut. */
async function send(
  { slack, port, clock }: Workspace,
  { body, type = FORM, headers = {} }: Sent,
): Promise<number> {
  const timestamp = String(Math.floor(clock.now().getTime() / 1000));
  // Slack signs the bytes as they are read: as UTF-8.
  const signed = signature(slack.signingSecret, timestamp, body.toString('utf8'));
  const response = await fetch(`http://127.0.0.1:${port()}/slack/events`, {
    method: 'POST',
    headers: {
      'content-type': type,
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signed,
      ...headers,
    },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  }).catch(() => undefined);
  await response?.arrayBuffer();
  return response?.status ?? 0;
}

const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
const asPayload = (text: string) => new URLSearchParams({ payload: text }).toString();

const opened = new Set<Socket>();
afterEach(() => {
  for (const socket of opened) socket.destroy();
  opened.clear();
});

/** A connection that says this much and nothing more. */
async function dribble({ port }: Workspace, text: string): Promise<Socket> {
  const socket = connect(port(), '127.0.0.1');
  opened.add(socket);
  socket.on('error', () => socket.destroy());
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  socket.write(text);
  return socket;
}

/** What the server answers to these bytes. */
async function answerTo(workspace: Workspace, text: string): Promise<string> {
  const socket = await dribble(workspace, text);
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  return answer;
}

const alive = async ({ opsPort }: Workspace) => (await fetch(`http://127.0.0.1:${opsPort()}/readyz`)).status;

overHttp('bytes at the door', (open) => {
  test('signed, and malformed in every way: refused or ignored, and the bot goes on', async () => {
    const workspace = await open();
    const bodies: readonly Sent[] = [
      { body: '' },
      { body: '%' },
      { body: '%ff%fe=%00&payload' },
      { body: Buffer.from([0xff, 0xfe, 0x00, 0x80]) },
      { body: 'payload=' },
      { body: asPayload('{') },
      { body: asPayload('null') },
      { body: ` payload=%6Eull` },
      { body: 'p%61yload=null' },
      { body: '%70%61%79load=%20null' },
      { body: 'payload=%09null%0A' },
      { body: 'p%61yload=1' },
      { body: asPayload('[]') },
      { body: asPayload('"text"') },
      { body: asPayload('{"type":"view_submission"}') },
      { body: asPayload('{"type":"view_submission","view":null,"user":null}') },
      { body: asPayload('{"type":"block_actions","actions":[]}') },
      { body: asPayload('{"type":"block_actions","actions":[null]}') },
      { body: asPayload('{"__proto__":{"type":"view_submission"}}') },
      { body: asPayload(deep) },
      { body: deep, type: 'application/json' },
      { body: '{"type":"event_callback"}', type: 'application/json' },
      { body: '{"type":"event_callback","event":null}', type: 'application/json' },
      { body: '{"type":"url_verification"}', type: 'application/json' },
      { body: 'null', type: 'application/json' },
      { body: '{', type: 'application/json' },
      { body: '<xml/>', type: 'text/xml' },
      { body: 'command=%2Fsubmit-opportunity', type: 'text/plain' },
      { body: 'command=%2Fsubmit-opportunity&command=%2Fother&text=a&text=b' },
      { body: 'command[]=%2Fsubmit-opportunity&text[x]=1' },
      { body: 'x', headers: { 'content-encoding': 'gzip' } },
      { body: '--x\r\n\r\n--x--', type: 'multipart/form-data; boundary=x' },
    ];
    const statuses = await Promise.all(bodies.map((sent) => send(workspace, sent)));
    expect(statuses.filter((status) => status >= 300 && status < 400)).toEqual([]);
    expect(workspace.aws.requests()).toEqual([]);
    expect(await alive(workspace)).toBe(200);
    workspace.deal();
    await workspace.submit('O1001');
    await workspace.message('Approval pending: O1001');
  });

  test('a body larger than Slack sends is refused, signed or not', async () => {
    const workspace = await open();
    const large = asPayload(JSON.stringify({ type: 'view_submission', filling: 'x'.repeat(2 ** 21) }));
    expect(await send(workspace, { body: large })).toBe(413);
    expect(await alive(workspace)).toBe(200);
  });

  test('a test of the connection needs no signature, and carries nothing in', async () => {
    const workspace = await open();
    const before = workspace.slack.calls().length;
    const body = `ssl_check=1&command=%2Fsubmit-opportunity&text=help&user_id=${ana}`;
    const response = await fetch(`http://127.0.0.1:${workspace.port()}/slack/events`, {
      method: 'POST',
      headers: {
        'content-type': FORM,
        'x-slack-request-timestamp': String(Math.floor(workspace.clock.now().getTime() / 1000)),
      },
      body,
    });
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(workspace.slack.calls().slice(before)).toEqual([]);
  });

  test.each([
    [
      'headers without end',
      `POST /slack/events HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(40_000)}`,
      /^HTTP\/1\.1 431 /,
    ],
    [
      'two lengths',
      'POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      /^HTTP\/1\.1 400 /,
    ],
    [
      'a length and chunks',
      'POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      /^HTTP\/1\.1 400 /,
    ],
    ['what is no HTTP', '\u0016\u0003\u0001\u0002\u0000', /^HTTP\/1\.1 400 /],
  ])('%s: refused', async (_, text, status) => {
    expect(await answerTo(await open(), text)).toMatch(status);
  });

  test('hundreds of connections that dribble keep nobody waiting', async () => {
    const workspace = await open();
    const head =
      'POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n';
    await Promise.all(
      Array.from({ length: 300 }, (_, index) =>
        dribble(workspace, index % 2 === 0 ? head : `${head}\r\n{"type":`),
      ),
    );
    workspace.deal();
    await workspace.submit('O1001');
    await workspace.message('Approval pending: O1001');
    expect(await alive(workspace)).toBe(200);
  });

  test('a captured press of Submit, sent again byte by byte: the same answer, and one submission; later: refused', async () => {
    const workspace = await open();
    const { slack, aws, deal, look, message, later } = workspace;
    deal();
    await look('O1001');
    await slack.fillIn(ana, { involvement_type: 'Co-Sell', lock: ['understood'] });
    const { raw, close } = await captureDeliveries(workspace);
    await slack.submitView(ana);
    await message('Approval pending: O1001');
    await close();
    const [captured] = raw;
    if (captured === undefined) throw new Error('Nothing was delivered.');
    const again = async () =>
      fetch(`http://127.0.0.1:${workspace.port()}/slack/events`, { method: 'POST', ...captured });
    const answers = await Promise.all([again(), again(), again()]);
    for (const answer of answers) expect(await answer.text()).toContain('*Recorded.*');
    await later(6 * MINUTE);
    expect((await again()).status).toBe(401);
    expect(aws.requests('SubmitOpportunity')).toHaveLength(1);
  });
});
