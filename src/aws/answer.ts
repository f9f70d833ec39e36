import { parseExactly } from './exact-json.ts';

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
export const jsonOf = (answer: Answer): unknown => parsedBy(JSON.parse, answer);

/** The same, for writing it back: see `parseExactly`. */
export const exactJsonOf = (answer: Answer): unknown => parsedBy(parseExactly, answer);

function parsedBy(parse: (text: string) => unknown, answer: Answer): unknown {
  if (!answer.complete) return undefined;
  try {
    return parse(answer.body);
  } catch {
    return undefined;
  }
}

/** What an answer looks like without quoting it, e.g. `HTTP 503, text/html, 162 characters`. */
export function describe(answer: Answer): string {
  const type = answer.headers['content-type']?.split(';')[0] ?? 'no content type';
  const size = answer.body === '' ? 'empty' : `${answer.body.length} characters`;
  return `HTTP ${answer.status}, ${type}, ${size}${answer.complete ? '' : ', cut off'}`;
}
