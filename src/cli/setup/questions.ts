import { readFileSync } from 'node:fs';
import type { WebClient } from '@slack/web-api';
import type { Catalog } from '../../aws/terms.ts';
import type { SettingOfIds } from '../../config/settings.ts';
import { findByName, nameOf, type SlackEntity } from '../ask-slack.ts';
import { type Aws, callingFrom, signingFindings } from '../doctor/aws.ts';
import { findingText } from '../doctor/finding.ts';
import { permissionFindings } from '../doctor/permissions.ts';
import { namesFindings } from '../doctor/slack.ts';
import type { Answers, SettingQuestion, Terminal } from './answers.ts';

/** People, user groups or channels, by name or ID. */
export const namesQuestion = (
  client: WebClient,
  workspaces: readonly string[],
  question: Pick<SettingQuestion, 'asks' | 'without'> & { readonly setting: SettingOfIds },
): SettingQuestion => ({
  ...question,
  read: async (typed) =>
    typed === 'all' && question.setting === 'CHANNELS'
      ? { value: '' }
      : idsFor(
          (name) => findByName(client, name, workspaces),
          typed,
          question.setting === 'CHANNELS' ? '#' : '',
        ),
  look: (value) => {
    const ids = value.split(/[\s,]+/).filter((id) => id !== '*');
    return namesFindings(client, question.setting, ids, workspaces);
  },
});

/** @param sign what a name without one is taken to have: `#` where channels are asked for */
async function idsFor(
  find: (name: string) => Promise<readonly SlackEntity[]>,
  typed: string,
  sign: '#' | '',
): Promise<{ readonly value: string } | { readonly problems: readonly string[] }> {
  const names = typed
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const ids: string[] = [];
  const problems: string[] = [];
  for (const name of names) {
    if (name === '*' || /^[A-Z][A-Z0-9]{7,}$/.test(name)) {
      ids.push(name);
      continue;
    }
    const asked = /^[#@]/.test(name) ? name : `${sign}${name}`;
    try {
      const found = await find(asked);
      const [one, ...others] = found;
      if (one === undefined)
        problems.push(`Nobody and nothing is called ${asked}.${asked.startsWith('#') ? PRIVATE : ''}`);
      else if (others.length > 0)
        problems.push(`Several are called ${asked}: ${found.map(nameOf).join(', ')}. Type the ID.`);
      else ids.push(one.id);
    } catch {
      problems.push(`Slack could not be asked for ${asked} now: try again, or type the ID.`);
    }
  }
  return problems.length > 0 ? { problems } : { value: ids.join(',') };
}

const PRIVATE = ' A private channel is seen once the bot is in it (/invite), or by its ID.';

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

/** Asks for the profile that the bot signs with, says who that is, and has its rights given and tried. It asks for no credentials. */
export async function askForAws(
  terminal: Terminal,
  answers: Answers,
  aws: Aws,
  catalog: Catalog,
): Promise<void> {
  const { environment } = answers;
  terminal.say('Looking for AWS credentials on this machine …');
  let found = await signingFindings(aws, callingFrom('setup'));
  for (const finding of found.findings) terminal.say(findingText(finding));
  await answers.settle({
    setting: 'AWS_PROFILE',
    asks: 'AWS profile for the bot',
    without: found.identity === undefined ? 'none here; it gets a role where it runs' : 'what was found',
    look: async (profile) => {
      const before = environment.AWS_PROFILE;
      environment.AWS_PROFILE = profile;
      found = await signingFindings(aws, callingFrom('setup'));
      if (found.identity?.type !== 'known') {
        if (before === undefined) delete environment.AWS_PROFILE;
        else environment.AWS_PROFILE = before;
      }
      return found.findings;
    },
  });

  const identity = found.identity?.type === 'known' ? found.identity : undefined;
  const account = identity?.account ?? (await askForAccount(terminal));
  if (account === undefined) return;
  terminal.say('\nThe rights it needs, as commands for whoever administers that account:\n');
  terminal.say(`${iamCommands(catalog, account, identity?.arn)}\n`);
  if (identity !== undefined) await tryRights(terminal, aws, catalog);
}

async function askForAccount(terminal: Terminal): Promise<string | undefined> {
  for (;;) {
    const typed = await terminal.ask(
      'AWS account that is linked to Partner Central, 12 digits [Enter: later; the policy is in deploy/iam]:',
    );
    if (typed === '') return undefined;
    const account = typed.replaceAll(/[\s-]/g, '');
    if (/^\d{12}$/.test(account)) return account;
    terminal.say('  ✗ An account has 12 digits.');
  }
}

async function tryRights(terminal: Terminal, aws: Aws, catalog: Catalog): Promise<void> {
  while ((await terminal.ask('[Enter: try them; skip: go on without]:')) !== 'skip') {
    const findings = await permissionFindings(aws, catalog, callingFrom('setup'));
    for (const finding of findings) {
      if (finding.outcome !== 'not-checked') terminal.say(findingText(finding));
    }
    if (!findings.some(({ outcome }) => outcome === 'failed')) return;
  }
}
