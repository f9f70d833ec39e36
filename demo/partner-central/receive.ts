import type { IncomingMessage } from 'node:http';
import { isJsonObject, type JsonObject, withoutNulls } from './json.ts';

const bodyLimit = 1024 * 1024;

/** A request as a service that speaks awsJson1_0 receives it. */
export interface ReceivedRequest {
  /** The operation's name from `X-Amz-Target`, or the whole of an unknown target. */
  readonly operation: string;
  /** `POST /`, this service's target, and the protocol's content type. */
  readonly wellAddressed: boolean;
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Undefined where the body isn't a JSON object. */
  readonly json: JsonObject | undefined;
  readonly tooLarge: boolean;
}

/** @param targetName what `X-Amz-Target` has before the operation's name */
export async function receive(incoming: IncomingMessage, targetName: string): Promise<ReceivedRequest> {
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
  const method = incoming.method ?? '';
  const target = headers['x-amz-target'] ?? '';
  const [service, operation = '', ...rest] = target.split('.');
  const known = service === targetName && /^\w+$/.test(operation) && rest.length === 0;
  const { body, tooLarge } = await readBody(incoming);
  return {
    operation: known ? operation : target,
    wellAddressed:
      method === 'POST' &&
      incoming.url === '/' &&
      known &&
      /^application\/x-amz-json-1\.0\b/.test(headers['content-type'] ?? ''),
    method,
    headers,
    body,
    json: parseBody(body),
    tooLarge,
  };
}

async function readBody(incoming: IncomingMessage): Promise<{ body: Buffer; tooLarge: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    // The rest is read and thrown away, so that the caller gets to the answer.
    if (size <= bodyLimit) chunks.push(bytes);
  }
  return size > bodyLimit
    ? { body: Buffer.alloc(0), tooLarge: true }
    : { body: Buffer.concat(chunks), tooLarge: false };
}

function parseBody(body: Buffer): JsonObject | undefined {
  try {
    const parsed: unknown = withoutNulls(JSON.parse(body.toString('utf8') || '{}'));
    return isJsonObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
