import { type AwsCredentialIdentity, signPost } from '../../aws/client.ts';
import { createTransport, type Timeouts } from '../../aws/transport.ts';

/** The doctor's calls to AWS may take so long (milliseconds). */
export const TIMEOUTS: Timeouts = { connectMs: 3000, firstByteMs: 5000, totalMs: 8000 };

/** Where a call goes, and what it is signed with. */
interface Signing {
  readonly endpoint: URL;
  readonly region: string;
  readonly credentials: AwsCredentialIdentity;
  readonly now: Date;
}

/** Its XML, AWS's error code, or why there was no answer. */
type QueryAnswer =
  | { readonly type: 'answered'; readonly xml: string }
  | { readonly type: 'refused'; readonly code: string }
  | { readonly type: 'no-answer'; readonly code: string };

/**
 * One signed call to a service that has no JSON. "AWS Query protocol", https://smithy.io
 *
 * @param service the name that it signs by
 * @param input with `Action` and `Version`
 */
export async function query(
  { endpoint, region, credentials, now }: Signing,
  service: 'sts' | 'iam' | 'monitoring',
  input: Readonly<Record<string, string>>,
): Promise<QueryAnswer> {
  const request = signPost(
    {
      service,
      region,
      endpoint,
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: new URLSearchParams(input).toString(),
    },
    credentials,
    now,
  );
  const transport = createTransport(endpoint, TIMEOUTS);
  try {
    const delivery = await transport.send(request, AbortSignal.timeout(TIMEOUTS.totalMs));
    if (delivery.kind !== 'answered') return { type: 'no-answer', code: delivery.code };
    const { status, body, complete } = delivery.answer;
    if (status === 200 && complete) return { type: 'answered', xml: body };
    const code = element(body, 'Code');
    return status < 500 && code !== undefined
      ? { type: 'refused', code }
      : { type: 'no-answer', code: `HTTP ${status}` };
  } finally {
    await transport.close();
  }
}

/** The plain text of the first element of that name. */
export function element(xml: string, name: string): string | undefined {
  const text = xml.split(`<${name}>`)[1]?.split(`</${name}>`)[0];
  return text !== undefined && /^[A-Za-z0-9:/_+=,.@-]{1,2048}$/.test(text) ? text : undefined;
}

/** Who these credentials are, AWS's error code (`InvalidClientTokenId`, …), or why there was no answer. */
export type CallerIdentity =
  | { readonly type: 'known'; readonly arn: string; readonly account: string }
  | Exclude<QueryAnswer, { type: 'answered' }>;

/**
 * Asks the Security Token Service; needs no permission and changes nothing.
 *
 * "GetCallerIdentity", https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function getCallerIdentity(signing: Signing): Promise<CallerIdentity> {
  const answer = await query(signing, 'sts', { Action: 'GetCallerIdentity', Version: '2011-06-15' });
  if (answer.type !== 'answered') return answer;
  const arn = element(answer.xml, 'Arn');
  const account = element(answer.xml, 'Account');
  return arn === undefined || account === undefined
    ? { type: 'no-answer', code: 'HTTP 200' }
    : { type: 'known', arn, account };
}
