import { readFileSync } from 'node:fs';
import type { Catalog } from '../../aws/terms.ts';

const POLICIES: Readonly<Record<Catalog, string>> = { Sandbox: 'sandbox', AWS: 'production' };
/** Stands for the account in the policies of `deploy/iam`. */
const EXAMPLE_ACCOUNT = '123456789012';

/**
 * The commands that give the bot its rights, for somebody who administers the account.
 *
 * @param arn who the bot is, as STS says; undefined: not known here
 */
export function iamCommands(catalog: Catalog, account: string, arn: string | undefined): string {
  const file = new URL(`../../../deploy/iam/${POLICIES[catalog]}.json`, import.meta.url);
  const policy = JSON.stringify(JSON.parse(readFileSync(file, 'utf8'))).replaceAll(EXAMPLE_ACCOUNT, account);
  const name = `submit-opportunity-bot-${POLICIES[catalog]}`;
  return [
    `aws iam create-policy --policy-name ${name} --policy-document '${policy}'`,
    `aws iam ${attachTo(arn)} --policy-arn arn:aws:iam::${account}:policy/${name}`,
  ].join('\n');
}

/** Roles of IAM Identity Center take policies only there, by their permission sets. */
function attachTo(arn: string | undefined): string {
  const [kind, ...names] = arn?.split(':').at(-1)?.split('/') ?? [];
  if (kind === 'user') return `attach-user-policy --user-name ${names.at(-1)}`;
  const [role = ''] = kind === 'assumed-role' ? names : [];
  return `attach-role-policy --role-name ${role === '' || role.startsWith('AWSReservedSSO_') ? 'ROLE-OF-THE-BOT' : role}`;
}
