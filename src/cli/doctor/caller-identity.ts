import type { AwsCredentialIdentity } from '../../aws/sign.ts';
import type { Timeouts } from '../../aws/transport.ts';
import { element, query } from './query.ts';

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
  const answer = await query({
    ...options,
    service: 'sts',
    input: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
  });
  if (answer.type !== 'answered') return answer;
  const arn = element(answer.xml, 'Arn');
  const account = element(answer.xml, 'Account');
  return arn === undefined || account === undefined
    ? { type: 'no-answer', code: 'HTTP 200' }
    : { type: 'known', arn, account };
}
