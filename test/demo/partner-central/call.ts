import aws4 from 'aws4';
import { request } from 'undici';
import { isObject, type JsonObject } from '../../../demo/json.ts';
import type { PartnerCentralStandIn, StandInCredentials } from '../../../demo/partner-central/stand-in.ts';

export interface CallOptions {
  readonly credentials?: StandInCredentials;
  readonly region?: string;
  readonly service?: string;
  /** When it was signed; by default, the time that the stand-in's `Date` header would give. */
  readonly signedAt?: Date;
  /** Null: none, as REST-style callers send. */
  readonly target?: string | null;
  readonly path?: string;
  readonly contentType?: string;
  /** Edits the headers after signing. */
  readonly tamper?: (headers: Record<string, string>) => Record<string, string>;
  /** Sent instead of what was signed. */
  readonly sentBody?: string;
}

export interface CallAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** Empty where the body isn't a JSON object. */
  readonly json: JsonObject;
}

/** One signed call, made with `aws4` and `undici`: no code of AWS's, none of the stand-in's. */
export async function call(
  aws: PartnerCentralStandIn,
  operation: string,
  input: JsonObject | string,
  options: CallOptions = {},
): Promise<CallAnswer> {
  const body = typeof input === 'string' ? input : JSON.stringify(input);
  const { host } = new URL(aws.url);
  const signedAt = options.signedAt ?? new Date();
  const signed = aws4.sign(
    {
      host,
      method: 'POST',
      path: options.path ?? '/',
      service: options.service ?? 'partnercentral-selling',
      region: options.region ?? 'us-east-1',
      headers: {
        Host: host,
        'Content-Type': options.contentType ?? 'application/x-amz-json-1.0',
        'X-Amz-Date': signedAt.toISOString().replaceAll(/[:-]|\.\d{3}/g, ''),
        ...(options.target !== null && {
          'X-Amz-Target': options.target ?? `AWSPartnerCentralSelling.${operation}`,
        }),
      },
      body,
    },
    options.credentials ?? aws.credentials,
  );
  const headers = Object.fromEntries(
    Object.entries(signed.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  const answer = await request(`${aws.url}${options.path ?? '/'}`, {
    method: 'POST',
    headers: options.tamper?.(headers) ?? headers,
    body: options.sentBody ?? body,
  });
  const text = await answer.body.text();
  return { status: answer.statusCode, headers: answer.headers, text, json: jsonOf(text) };
}

function jsonOf(text: string): JsonObject {
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
}
