import type { IncomingMessage } from 'node:http';

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
 * Whether this is JSON's `null` where Slack sends an object. Bolt fails on that after it has checked the signature,
 * outside of everything that could answer for it, and the failure would end the process.
 */
export function holdsNull(body: Buffer): boolean {
  const text = body.toString();
  const payload = text.includes('payload=') ? new URLSearchParams(text).get('payload') : text;
  return payload?.trim() === 'null';
}
