import type { IncomingMessage } from 'node:http';
import { fromJson, isObject, type JsonObject, withoutNulls } from '../json.ts';
import type { Style } from './wire.ts';

const bodyLimit = 1024 * 1024;

/** A request as the service receives it. */
export interface ReceivedRequest {
  /** The operation's name from `X-Amz-Target` or the path, or the whole of an unknown target. */
  readonly operation: string;
  readonly style: Style;
  /** `POST`, an operation's name where the style has it, and the style's content type. */
  readonly wellAddressed: boolean;
  readonly method: string;
  readonly path: string;
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
  const { method = '', url: path = '' } = incoming;
  const { operation, style, known } = addressed(headers, path, targetName);
  const { body, tooLarge } = await readBody(incoming);
  return {
    operation,
    style,
    wellAddressed: method === 'POST' && known,
    method,
    path,
    headers,
    body,
    json: parseBody(body),
    tooLarge,
  };
}

/** An `X-Amz-Target` goes to `/` (the official clients) or to `/{Operation}` (AWS's sample application, 2026-04). */
function addressed(headers: Readonly<Record<string, string>>, path: string, targetName: string) {
  const target = headers['x-amz-target'];
  const contentType = headers['content-type'] ?? '';
  if (target === undefined && /^application\/json\b/.test(contentType)) {
    const [, operation = ''] = /^\/(\w+)$/.exec(path) ?? [];
    return { operation, style: 'REST', known: operation !== '' } as const;
  }
  const [service, operation = '', ...rest] = (target ?? '').split('.');
  const named = service === targetName && /^\w+$/.test(operation) && rest.length === 0;
  const protocol = /^application\/x-amz-json-1\.0\b/.test(contentType);
  return {
    operation: named ? operation : (target ?? ''),
    style: 'AWS JSON 1.0',
    known: named && protocol && (path === '/' || path === `/${operation}`),
  } as const;
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
  const parsed = withoutNulls(fromJson(body.toString('utf8') || '{}'));
  return isObject(parsed) ? parsed : undefined;
}
