import type { Socket } from 'node:net';
import { buildConnector, Client, type Dispatcher, Pool } from 'undici';
import { parsedJson, parseExactly } from './values.ts';

/** Milliseconds; kept to within a second. */
export interface Timeouts {
  /** For name, connection and TLS together. */
  readonly connectMs: number;
  /** From the request to the first byte of its answer; on a kept connection a new one, where that has to be made, counts in. */
  readonly firstByteMs: number;
  /** For a whole call, from asking for credentials to the answer's last byte, repeats included. */
  readonly totalMs: number;
}

/** What goes over the wire: every header, and the very bytes that were signed. */
export interface SignedRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

type NotSentCode =
  | 'DnsFailure'
  | 'ConnectionRefused'
  | 'ConnectTimeout'
  | 'ConnectionFailed'
  | 'TlsFailure'
  | 'DeadlinePassed';
type LostCode = 'ResponseTimeout' | 'ConnectionReset' | 'UnreadableAnswer';
/**
 * Names for what happened before or instead of an answer from AWS. `UnreadableAnswer` is also the code of
 * an answer that names no exception, such as a gateway's 503; its message then gives the status.
 */
export type ConnectionCode = NotSentCode | LostCode | 'CredentialsUnavailable';

/** What became of a request, sorted by the one thing that can't be found out later: was it sent? */
export type SendOutcome =
  | { readonly kind: 'answered'; readonly answer: Answer }
  /** Certain: not one byte of the request was written. */
  | { readonly kind: 'not-sent'; readonly code: NotSentCode; readonly message: string }
  /** The request was written, or may have been, and no answer came. */
  | { readonly kind: 'lost'; readonly code: LostCode; readonly message: string };

/** HTTP/1.1 to one endpoint. Times out by the machine's own timers, `Clock` doesn't reach them. */
export function createTransport(endpoint: URL, timeouts: Timeouts) {
  const connector = buildConnector({ timeout: timeouts.connectMs, allowH2: false });
  const options = {
    allowH2: false,
    // Ours are patient: undici's own would cut an answer off that is there already.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: largestAnswer,
  };
  const exchangeOver = (dispatcher: Dispatcher, request: SignedRequest, deadline: AbortSignal) =>
    exchange(dispatcher, request, deadline, timeouts.firstByteMs);
  const pool = new Pool(endpoint.origin, {
    ...options,
    connections: 8,
    connect: (target, callback) =>
      connector(target, (error, socket) =>
        error === null ? callback(null, socket) : callback(new NotConnected(error), null),
      ),
  });

  return {
    /** Over a connection that is kept alive between requests. It may be stale: a reset says little. */
    send: (request: SignedRequest, deadline: AbortSignal): Promise<SendOutcome> =>
      exchangeOver(pool, request, deadline),

    /**
     * Over a new connection for this request alone. `prepare` is called once the connection stands, and what
     * it returns is written at once; undefined: nothing is sent (`DeadlinePassed`).
     */
    async sendAlone(prepare: () => SignedRequest | undefined, deadline: AbortSignal): Promise<SendOutcome> {
      let socket: Socket;
      try {
        socket = await connect(connector, endpoint);
      } catch (error) {
        return notSent(error);
      }
      // No input is read between here and the first byte written: what caller and socket say stays true.
      try {
        const request = deadline.aborted ? undefined : prepare();
        if (request === undefined) {
          return { kind: 'not-sent', code: 'DeadlinePassed', message: 'Too late to send: nothing was sent.' };
        }
        if (socket.destroyed || !socket.writable) {
          return { kind: 'not-sent', code: 'ConnectionFailed', message: 'Closed before anything was sent.' };
        }
        const client = new Client(endpoint.origin, { ...options, connect: handOver(socket) });
        try {
          return await exchangeOver(client, request, deadline);
        } finally {
          await client.destroy();
        }
      } finally {
        socket.destroy();
      }
    },
    /** Waits for the requests under way on kept connections, then closes those. */
    close: (): Promise<void> => pool.close(),
  };
}

/** Bytes; a page of 100 opportunities has some 200,000. */
const largestAnswer = 16 * 1024 * 1024;

/** Marks what failed before a connection stood, so that it isn't taken for a reset afterwards. */
class NotConnected extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause });
  }
}

function connect(connector: buildConnector.connector, endpoint: URL): Promise<Socket> {
  const { protocol, host, hostname, port } = endpoint;
  return new Promise((resolve, reject) => {
    // The brackets of an IPv6 address belong to the URL, not to the address.
    connector({ protocol, host, hostname: hostname.replace(/^\[(.*)\]$/, '$1'), port }, (error, socket) =>
      error === null ? resolve(socket) : reject(error),
    );
  });
}

/** Gives away one standing connection, once: a client that wanted a second one would send a second time. */
function handOver(socket: Socket): buildConnector.connector {
  let given = false;
  return (_target, callback) => {
    if (given) return callback(new Error('The connection was lost.'), null);
    given = true;
    // Not at once: the client that asks is still busy asking, and would miss it.
    queueMicrotask(() => callback(null, socket));
  };
}

async function exchange(
  dispatcher: Dispatcher,
  { headers, body }: SignedRequest,
  deadline: AbortSignal,
  firstByteMs: number,
): Promise<SendOutcome> {
  const firstByte = patience(firstByteMs);
  try {
    const response = await dispatcher.request({
      method: 'POST',
      path: '/',
      headers: { ...headers },
      body,
      signal: AbortSignal.any([deadline, firstByte.signal]),
    });
    firstByte.end();
    return { kind: 'answered', answer: await readAnswer(response) };
  } catch (error) {
    return error instanceof NotConnected ? notSent(error.cause) : lost(error);
  } finally {
    firstByte.end();
  }
}

/**
 * A time-out that lets what has arrived be read first: a process that was stopped for long finds its time over and the
 * answer waiting, and Node runs timers before it reads.
 */
export function patience(ms: number): { readonly signal: AbortSignal; readonly end: () => void } {
  const late = new AbortController();
  let immediate: NodeJS.Immediate | undefined;
  const abort = () => late.abort(new DOMException('The time is over.', 'TimeoutError'));
  // One round of reading for the answer's head, one for its body.
  const timer = setTimeout(() => {
    immediate = setImmediate(() => {
      immediate = setImmediate(abort);
    });
  }, ms);
  timer.unref();
  return {
    signal: late.signal,
    end: () => {
      clearTimeout(timer);
      clearImmediate(immediate);
    },
  };
}

/** An answer whose body breaks off is still an answer: its status and headers may say all that matters. */
async function readAnswer({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<Answer> {
  const chunks: Uint8Array[] = [];
  let complete = true;
  try {
    for await (const chunk of body) chunks.push(chunk);
  } catch {
    complete = false;
  }
  const single = Object.entries(headers).flatMap(([name, value]) => {
    const first = Array.isArray(value) ? value[0] : value;
    return first === undefined ? [] : [[name.toLowerCase(), first]];
  });
  return {
    status: statusCode,
    headers: Object.fromEntries(single),
    body: Buffer.concat(chunks).toString('utf8'),
    complete,
  };
}

const notSent = (error: unknown): SendOutcome => ({
  kind: 'not-sent',
  code: whyNotSent(codeOf(error)),
  message: messageOf(error),
});

function whyNotSent(code: string): NotSentCode {
  if (/^(ENOTFOUND|EAI_)/.test(code)) return 'DnsFailure';
  if (code === 'ECONNREFUSED') return 'ConnectionRefused';
  if (/TIMEOUT|TIMEDOUT/.test(code)) return 'ConnectTimeout';
  // OpenSSL's names for what is wrong with a certificate, and Node's own for the rest of TLS.
  if (/CERT|CRL|^UNABLE_TO_|^(ERR_)?(TLS|SSL)_|^HOSTNAME_MISMATCH$|^EPROTO$/.test(code)) return 'TlsFailure';
  return 'ConnectionFailed';
}

const lost = (error: unknown): SendOutcome => ({
  kind: 'lost',
  code: whyLost(codeOf(error), error instanceof Error ? error.name : ''),
  message: messageOf(error),
});

function whyLost(code: string, name: string): LostCode {
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || name === 'TimeoutError') return 'ResponseTimeout';
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || name === 'HTTPParserError') return 'UnreadableAnswer';
  return 'ConnectionReset';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** An attempt at several addresses fails with an empty message; its code says as much as there is. */
function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || codeOf(error) || error.name : String(error);
}

/** An answer as it came over the wire, before anybody knows what it means. */
export interface Answer {
  readonly status: number;
  /** Names in lower case; where a header came more than once, its first value. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decoded from UTF-8; what arrived of it, where `complete` is false. */
  readonly body: string;
  /** False where the connection ended or the time was up before the body had arrived whole. */
  readonly complete: boolean;
}

/** AWS's request ID, undefined where the answer carries none (then it may not come from the service). */
export function requestIdOf({ headers }: Answer): string | undefined {
  return (
    headers['x-amzn-requestid'] || headers['x-amzn-request-id'] || headers['x-amz-request-id'] || undefined
  );
}

/** The body as JSON; undefined where it is empty, cut off or something else, such as a gateway's HTML. */
export const jsonOf = ({ complete, body }: Answer): unknown => (complete ? parsedJson(body) : undefined);

/** The same, for writing it back. */
export const exactJsonOf = ({ complete, body }: Answer): unknown =>
  complete ? parsedJson(body, parseExactly) : undefined;

/** What an answer looks like without quoting it, e.g. `HTTP 503, text/html, 162 characters`. */
export function describe(answer: Answer): string {
  const type = answer.headers['content-type']?.split(';')[0] ?? 'no content type';
  const size = answer.body === '' ? 'empty' : `${answer.body.length} characters`;
  return `HTTP ${answer.status}, ${type}, ${size}${answer.complete ? '' : ', cut off'}`;
}
