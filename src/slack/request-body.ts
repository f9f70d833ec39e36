import type { IncomingMessage } from 'node:http';
import { type BufferedIncomingMessage, HTTPModuleFunctions } from '@slack/bolt';

/** The body of a request, or why there is none: it is longer than the limit, or the connection was lost. */
export type Body =
  | { readonly type: 'read'; readonly bytes: Buffer }
  | { readonly type: 'too-large' }
  | { readonly type: 'lost' };

/** Reads at most `limit` bytes. What comes after them is left where it is. */
export function readBody(request: IncomingMessage, limit: number): Promise<Body> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        request.pause();
        resolve({ type: 'too-large' });
        return;
      }
      chunks.push(chunk);
    });
    request.once('end', () => resolve({ type: 'read', bytes: Buffer.concat(chunks) }));
    request.once('error', () => resolve({ type: 'lost' }));
    request.once('close', () => resolve({ type: 'lost' }));
  });
}

/**
 * Whether Bolt, which reads it as it does here, finds an object in it, as in everything that Slack sends. On anything
 * else Bolt fails after it has checked the signature, outside of all that could answer for it, and the process would end.
 */
export function holdsObject(request: BufferedIncomingMessage): boolean {
  try {
    const read: unknown = HTTPModuleFunctions.parseHTTPRequestBody(request);
    return typeof read === 'object' && read !== null;
  } catch {
    return false;
  }
}
