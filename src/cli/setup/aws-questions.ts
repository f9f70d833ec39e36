import { standardCredentials } from '../../aws/sign.ts';
import type { Catalog } from '../../aws/terms.ts';
import { systemClock } from '../../clock.ts';
import type { ConfigParts } from '../../config/config.ts';
import { type Calling, permissionFindings, signingFindings } from '../doctor/aws.ts';
import { findingText } from '../doctor/report.ts';
import type { Answers } from './answers.ts';
import { iamCommands } from './iam.ts';
import type { Terminal } from './terminal.ts';

type Aws = NonNullable<ConfigParts['aws']>;

/** With what the bot signs, who it is then, and its rights there. Credentials themselves are never asked for. */
export async function askForAws(
  terminal: Terminal,
  answers: Answers,
  aws: Aws,
  catalog: Catalog,
): Promise<void> {
  const { environment } = answers;
  terminal.say('Looking for AWS credentials on this machine …');
  let found = await signingFindings(aws, calling());
  for (const finding of found.findings) terminal.say(findingText(finding));
  await answers.settle({
    setting: 'AWS_PROFILE',
    asks: 'AWS profile for the bot',
    without: found.identity === undefined ? 'none here; it gets a role where it runs' : 'what was found',
    look: async (profile) => {
      const before = environment.AWS_PROFILE;
      environment.AWS_PROFILE = profile;
      found = await signingFindings(aws, calling());
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

const calling = (): Calling => ({
  credentials: standardCredentials(),
  clock: systemClock,
  userAgent: 'submit-opportunity-bot|setup',
});

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
    const findings = await permissionFindings(aws, catalog, calling());
    for (const finding of findings) {
      if (finding.outcome !== 'not-checked') terminal.say(findingText(finding));
    }
    if (!findings.some(({ outcome }) => outcome === 'failed')) return;
  }
}
