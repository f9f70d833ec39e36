import net from 'node:net';
import { setImmediate } from 'node:timers/promises';
import tls from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { localhostCertificate } from './localhost-certificate.ts';
import {
  AT_ANY_TIME,
  answer,
  clientOf,
  hang,
  listening,
  type Play,
  reset,
  scriptedServer,
  submission,
} from './scripted-server.ts';

const opportunity = { Id: 'O123', LastModifiedDate: '2026-11-20T00:00:00Z' };
const read = { Catalog: 'Sandbox', Identifier: 'O123' } as const;
const impatient = { connectMs: 40, firstByteMs: 40, totalMs: 5_000 };

async function tcpServer(onConnection: (socket: net.Socket) => void): Promise<number> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    onConnection(socket);
  });
  const { port } = await listening(server);
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  );
  return port;
}

async function unusedPort(): Promise<number> {
  const server = net.createServer();
  const { port } = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A connection is given back just after its answer has been handed out. */
const connectionIsFree = () => setImmediate();

function nothingSent(code: string) {
  return { ok: false, error: { kind: 'retryable', code, throttled: false, retryAfterMs: undefined } };
}

describe('nothing was sent, and a submission may be tried again', () => {
  test('when AWS’s name can’t be found', async () => {
    const partnerCentral = clientOf(new URL('https://partner-central.invalid'));
    expect(await partnerCentral.submitOpportunity(submission, AT_ANY_TIME)).toMatchObject(
      nothingSent('DnsFailure'),
    );
  });

  test('when the connection is refused', async () => {
    const partnerCentral = clientOf(new URL(`http://127.0.0.1:${await unusedPort()}`));
    const expected = nothingSent('ConnectionRefused');
    expect(await partnerCentral.submitOpportunity(submission, AT_ANY_TIME)).toMatchObject(expected);
    expect(await partnerCentral.getOpportunity(read)).toMatchObject(expected);
  });

  test('when TLS doesn’t come about in time', async () => {
    const port = await tcpServer(() => {});
    const partnerCentral = clientOf(new URL(`https://127.0.0.1:${port}`), { timeouts: impatient });
    const expected = nothingSent('ConnectTimeout');
    expect(await partnerCentral.submitOpportunity(submission, AT_ANY_TIME)).toMatchObject(expected);
    expect(await partnerCentral.getOpportunity(read)).toMatchObject(expected);
  });

  test('when nobody vouches for the certificate', async () => {
    const { endpoint, received } = await scriptedServer([answer(200, '')], localhostCertificate);
    const partnerCentral = clientOf(endpoint);
    expect(await partnerCentral.submitOpportunity(submission, AT_ANY_TIME)).toMatchObject(
      nothingSent('TlsFailure'),
    );
    expect(await partnerCentral.getOpportunity(read)).toMatchObject(nothingSent('TlsFailure'));
    expect(received).toEqual([]);
  });

  test('when the other side doesn’t speak TLS', async () => {
    const port = await tcpServer((socket) =>
      socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n')),
    );
    expect(
      await clientOf(new URL(`https://127.0.0.1:${port}`)).submitOpportunity(submission, AT_ANY_TIME),
    ).toMatchObject(nothingSent('TlsFailure'));
  });

  test('when the other side hangs up during the handshake', async () => {
    const port = await tcpServer((socket) => socket.resetAndDestroy());
    const partnerCentral = clientOf(new URL(`https://127.0.0.1:${port}`));
    const expected = nothingSent('ConnectionFailed');
    expect(await partnerCentral.submitOpportunity(submission, AT_ANY_TIME)).toMatchObject(expected);
    expect(await partnerCentral.getOpportunity(read)).toMatchObject(expected);
  });

  test('when it is too late once the connection stands', async () => {
    const { endpoint, received } = await scriptedServer([answer(200, '')]);
    const partnerCentral = clientOf(endpoint);
    expect(await partnerCentral.submitOpportunity(submission, { maySend: () => false })).toMatchObject(
      nothingSent('DeadlinePassed'),
    );
    expect(received).toEqual([]);
  });

  test('whether it is too late isn’t asked while there is no connection', async () => {
    const maySend = () => {
      throw new Error('asked too early');
    };
    const partnerCentral = clientOf(new URL(`http://127.0.0.1:${await unusedPort()}`));
    expect(await partnerCentral.submitOpportunity(submission, { maySend })).toMatchObject(
      nothingSent('ConnectionRefused'),
    );
  });
});

describe('nobody knows whether a submission was executed', () => {
  test.each<[string, Play, string]>([
    ['when no answer comes', hang, 'ResponseTimeout'],
    ['when the connection is reset', reset, 'ConnectionReset'],
    ['when the connection is closed', (response) => response.socket?.end(), 'ConnectionReset'],
    [
      'when what comes isn’t HTTP',
      (response) => response.socket?.end('hello, this is no HTTP\r\n\r\n'),
      'UnreadableAnswer',
    ],
  ])('%s', async (_when, play, code) => {
    const { endpoint, received } = await scriptedServer([play]);
    const partnerCentral = clientOf(endpoint, { timeouts: { firstByteMs: 40 } });
    expect(await partnerCentral.submitOpportunity(submission, AT_ANY_TIME)).toMatchObject({
      ok: false,
      error: { kind: 'unknown', code, requestId: undefined },
    });
    expect(received).toHaveLength(1);
  });

  test('when the whole call takes too long', async () => {
    const { endpoint } = await scriptedServer([hang]);
    const partnerCentral = clientOf(endpoint, { timeouts: { totalMs: 200 } });
    expect(await partnerCentral.submitOpportunity(submission, AT_ANY_TIME)).toMatchObject({
      error: { kind: 'unknown', code: 'ResponseTimeout' },
    });
  });

  test('when the answer starts and its body stalls', async () => {
    const stall: Play = (response) => {
      response.writeHead(200, { 'content-length': 10, 'x-amzn-requestid': 'req-1' });
      response.write('{');
    };
    const { endpoint } = await scriptedServer([stall]);
    const partnerCentral = clientOf(endpoint, { timeouts: { totalMs: 200 } });
    expect(await partnerCentral.submitOpportunity(submission, AT_ANY_TIME)).toMatchObject({
      error: { kind: 'unknown', code: 'UnreadableAnswer', requestId: 'req-1' },
    });
  });
});

describe('connections', () => {
  test('every submission has a new one of its own, even after a read', async () => {
    const { endpoint, received } = await scriptedServer([answer(200, opportunity), answer(200, '')]);
    const partnerCentral = clientOf(endpoint);
    await partnerCentral.getOpportunity(read);
    await partnerCentral.submitOpportunity(submission, AT_ANY_TIME);
    await partnerCentral.submitOpportunity(submission, AT_ANY_TIME);
    expect(received.map(({ connection }) => connection)).toEqual([1, 2, 3]);
  });

  test('reads share one', async () => {
    const { endpoint, received } = await scriptedServer([answer(200, opportunity)]);
    const partnerCentral = clientOf(endpoint);
    await partnerCentral.getOpportunity(read);
    await connectionIsFree();
    await partnerCentral.getOpportunity(read);
    expect(received.map(({ connection }) => connection)).toEqual([1, 1]);
  });

  test('a read whose connection is reset is made once more, over a new one', async () => {
    const { endpoint, received } = await scriptedServer([
      answer(200, opportunity),
      reset,
      answer(200, opportunity),
    ]);
    const partnerCentral = clientOf(endpoint);
    await partnerCentral.getOpportunity(read);
    await connectionIsFree();
    expect(await partnerCentral.getOpportunity(read)).toMatchObject({ ok: true });
    expect(received.map(({ connection }) => connection)).toEqual([1, 1, 2]);
  });

  test('a read that is reset twice is unknown', async () => {
    const { endpoint, received } = await scriptedServer([reset]);
    expect(await clientOf(endpoint).getOpportunity(read)).toMatchObject({
      error: { kind: 'unknown', code: 'ConnectionReset' },
    });
    expect(received).toHaveLength(2);
  });

  test('a read that isn’t answered is unknown, and isn’t repeated', async () => {
    const { endpoint, received } = await scriptedServer([hang]);
    const partnerCentral = clientOf(endpoint, { timeouts: { firstByteMs: 40 } });
    expect(await partnerCentral.getOpportunity(read)).toMatchObject({
      error: { kind: 'unknown', code: 'ResponseTimeout' },
    });
    expect(received).toHaveLength(1);
  });

  test('both kinds of call work over TLS', async () => {
    const before = tls.getCACertificates('default');
    tls.setDefaultCACertificates([...before, localhostCertificate.cert]);
    onTestFinished(() => tls.setDefaultCACertificates(before));
    const { endpoint } = await scriptedServer(
      [answer(200, ''), answer(200, opportunity)],
      localhostCertificate,
    );
    const partnerCentral = clientOf(endpoint);
    expect(await partnerCentral.submitOpportunity(submission, AT_ANY_TIME)).toMatchObject({ ok: true });
    expect(await partnerCentral.getOpportunity(read)).toMatchObject({ ok: true });
  });
});
