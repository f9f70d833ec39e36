import type { PartnerCentralError } from './partner-central/errors.ts';
import type { Catalog, PartnerCentral } from './partner-central/operations.ts';

/**
 * Whether the bot may read at AWS, asked once by the smallest list there is. Undefined: it may. Else what is wrong
 * and what to do, for whoever runs it; no secret in it.
 */
export async function accessProblem(
  partnerCentral: PartnerCentral,
  catalog: Catalog,
): Promise<string | undefined> {
  const answer = await partnerCentral.listOpportunities({ Catalog: catalog, MaxResults: 1 });
  return answer.ok ? undefined : problemOf(answer.error);
}

function problemOf(error: PartnerCentralError): string {
  switch (error.kind) {
    case 'operator':
      return operatorProblem(error.cause, error);
    case 'refused':
      return `AWS does not let the bot list opportunities (${error.code}). Check its IAM policy against the README's, and that the account is linked to Partner Central.`;
    case 'retryable':
    case 'unknown':
      return `AWS Partner Central could not be reached (${error.code}). The bot goes on trying; check the network if this stays.`;
  }
}

function operatorProblem(
  cause: Extract<PartnerCentralError, { kind: 'operator' }>['cause'],
  { code, message }: { readonly code: string; readonly message: string },
): string {
  switch (cause) {
    case 'credentials':
      // Our own text says where credentials come from; AWS's adds nothing to its code.
      return code === 'CredentialsUnavailable'
        ? message
        : `AWS does not accept the bot's credentials (${code}). Check AWS_PROFILE, the keys or the role it runs with.`;
    case 'signature':
      return `AWS does not accept the bot's signature (${code}). Check the secret access key, and PARTNER_CENTRAL_REGION.`;
    case 'clock':
      return `AWS rejects the bot's clock (${code}). Set this machine's time by NTP.`;
    case 'opt-in':
      return `The AWS account is not signed up for Partner Central (${code}). Link it, and wait until AWS has confirmed that.`;
  }
}
