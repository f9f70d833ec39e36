import type { Answer } from '../../aws/answer.ts';
import type { AwsCredentialIdentity } from '../../aws/credentials.ts';
import { signPost } from '../../aws/sign.ts';
import { createTransport, type Delivery, type Timeouts } from '../../aws/transport.ts';

/** Who these credentials are, or AWS's error code (`InvalidClientTokenId`, …), or why there was no answer. */
export type CallerIdentity =
  | { readonly type: 'known'; readonly arn: string; readonly account: string }
  | { readonly type: 'refused'; readonly code: string }
  | { readonly type: 'no-answer'; readonly code: string };

/**
 * Asks the Security Token Service who it is: needs no permission and changes nothing.
 *
 * "GetCallerIdentity", https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export async function getCallerIdentity(options: {
  readonly endpoint: URL;
  readonly region: string;
  readonly credentials: AwsCredentialIdentity;
  readonly now: Date;
  readonly timeouts: Timeouts;
}): Promise<CallerIdentity> {
  const { endpoint, region, credentials, now, timeouts } = options;
  const request = signPost(
    {
      service: 'sts',
      region,
      endpoint,
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: 'Action=GetCallerIdentity&Version=2011-06-15',
    },
    credentials,
    now,
  );
  const transport = createTransport(endpoint, timeouts);
  try {
    return identityOf(await transport.send(request, AbortSignal.timeout(timeouts.totalMs)));
  } finally {
    await transport.close();
  }
}

function identityOf(delivery: Delivery): CallerIdentity {
  if (delivery.kind !== 'answered') return { type: 'no-answer', code: delivery.code };
  const { answer } = delivery;
  if (answer.status === 200) {
    const arn = element(answer, 'Arn');
    const account = element(answer, 'Account');
    if (arn !== undefined && account !== undefined) return { type: 'known', arn, account };
  }
  const code = element(answer, 'Code');
  return answer.status < 500 && code !== undefined
    ? { type: 'refused', code }
    : { type: 'no-answer', code: `HTTP ${answer.status}` };
}

/** STS answers in XML; the elements looked for hold plain text, and each name comes once. */
function element({ body }: Answer, name: string): string | undefined {
  const text = body.split(`<${name}>`)[1]?.split(`</${name}>`)[0];
  return text !== undefined && /^[A-Za-z0-9:/_+=,.@-]{1,2048}$/.test(text) ? text : undefined;
}
