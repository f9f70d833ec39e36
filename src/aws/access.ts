import type { PartnerCentralError } from './errors.ts';

/** What is wrong, and what whoever runs the bot can do about it. No secret in it, and no text of AWS's or Slack's. */
export interface Trouble {
  readonly says: string;
  /** Undefined where `says` says that too. */
  readonly fix?: string;
}

/** In one line, for a log or a terminal. */
export const inWords = ({ says, fix }: Trouble): string => (fix === undefined ? says : `${says} ${fix}`);

/** Why the bot may not read at AWS, or can't. */
export function accessTrouble(error: PartnerCentralError): Trouble {
  switch (error.kind) {
    case 'operator':
      return operatorTrouble(error.cause, error);
    case 'refused':
      return {
        says: `AWS does not let the bot list opportunities (${error.code}).`,
        fix: 'Check its IAM policy against those in deploy/iam, and that the account is linked to Partner Central.',
      };
    case 'retryable':
    case 'unknown':
      return {
        says: `AWS Partner Central could not be reached (${error.code}).`,
        fix: 'The bot goes on trying; check the network if this stays.',
      };
  }
}

function operatorTrouble(
  cause: Extract<PartnerCentralError, { kind: 'operator' }>['cause'],
  { code, message }: { readonly code: string; readonly message: string },
): Trouble {
  switch (cause) {
    case 'credentials':
      // Our own text says where credentials come from; AWS's adds nothing to its code.
      return code === 'CredentialsUnavailable'
        ? { says: message }
        : {
            says: `AWS does not accept the bot's credentials (${code}).`,
            fix: 'Check AWS_PROFILE, the keys or the role it runs with.',
          };
    case 'signature':
      return {
        says: `AWS does not accept the bot's signature (${code}).`,
        fix: 'Check the secret access key, and PARTNER_CENTRAL_REGION.',
      };
    case 'clock':
      return { says: `AWS rejects the bot's clock (${code}).`, fix: "Set this machine's time by NTP." };
    case 'opt-in':
      return {
        says: `The AWS account is not signed up for Partner Central (${code}).`,
        fix: 'Link it, and wait until AWS has confirmed that.',
      };
  }
}
