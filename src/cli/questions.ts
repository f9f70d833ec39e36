import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { styleText } from 'node:util';
import type { WebClient } from '@slack/web-api';
import type { Catalog } from '../aws/terms.ts';
import {
  type Environment,
  givenIn,
  problemsIn,
  type Setting,
  type SettingOfIds,
  settings,
} from '../config/settings.ts';
import { idsFor } from './ask-slack.ts';
import { type Aws, callingFrom, signingFindings } from './doctor/aws.ts';
import { type Finding, findingText } from './doctor/finding.ts';
import { permissionFindings } from './doctor/permissions.ts';
import { namesFindings } from './doctor/slack.ts';

/** A question for one setting. */
export interface SettingQuestion {
  readonly setting: Setting | 'AWS_PROFILE';
  /** What Enter alone means is added to it. */
  readonly asks: string;
  readonly isSecret?: boolean;
  /** What Enter alone means where the setting has no value yet; undefined: it needs an answer. */
  readonly without?: string;
  /** A value that is there already has to be typed again. */
  readonly isAskedAnew?: boolean;
  /** What the person typed, as a value, or why it can't be one. */
  readonly read?: (
    typed: string,
  ) => Promise<{ readonly value: string } | { readonly problems: readonly string[] }>;
  /** Looks at the value where it is used. */
  readonly look: (value: string) => Promise<readonly Finding[]>;
}

export type Answers = ReturnType<typeof createAnswers>;

/**
 * What was answered so far, and what was there before.
 *
 * @param environment what is set now: what was there, and each answer once it is right
 * @param held what `.env` holds, by name
 */
export function createAnswers(
  terminal: Terminal,
  environment: Record<string, string | undefined>,
  held: Environment,
) {
  const toWrite = new Map<string, string>();

  /** Whether a value is right; says what was seen. Slack and AWS are asked only about a value of the right form. */
  const isRight = async ({ setting, look }: SettingQuestion, value: string): Promise<boolean> => {
    if (value === '') return true;
    const problems = problemsIn(settings.partial().safeParse({ [setting]: value }).error);
    for (const problem of problems) terminal.say(`  ✗ ${problem}`);
    if (problems.length > 0) return false;
    const findings = await look(value);
    for (const finding of findings) terminal.say(findingText(finding));
    return !findings.some(({ outcome }) => outcome === 'failed');
  };

  return {
    environment,
    toWrite,
    /** Asks until the answer is right; what the environment itself sets isn't asked, since it wins over `.env`. */
    async settle(question: SettingQuestion): Promise<string> {
      const { setting, asks, isSecret = false, without, isAskedAnew = false, read } = question;
      const current = givenIn(environment)[setting] ?? '';
      if (current !== '' && current !== held[setting]) {
        terminal.say(`${setting} comes from the environment, which wins over .env.`);
        await isRight(question, current);
        return current;
      }
      const kept = isAskedAnew ? '' : current;
      const keep = kept === '' ? without : `keep ${isSecret ? 'the one there is' : kept}`;
      for (;;) {
        const typed = await terminal.ask(`${asks}${keep === undefined ? '' : ` [Enter: ${keep}]`}:`, {
          hidden: isSecret,
        });
        if (typed === '' && kept === '' && without === undefined) continue;
        const answer = typed === '' ? { value: kept } : await (read?.(typed) ?? { value: typed });
        if ('problems' in answer) {
          for (const problem of answer.problems) terminal.say(`  ✗ ${problem}`);
          continue;
        }
        if (!(await isRight(question, answer.value))) continue;
        environment[setting] = answer.value;
        toWrite.set(setting, answer.value);
        return answer.value;
      }
    },
  };
}

export type Terminal = ReturnType<typeof openTerminal>;

export class SetupEnded extends Error {}

/** A person at a terminal. */
export function openTerminal(input: NodeJS.ReadStream, output: NodeJS.WriteStream) {
  let isHidden = false;
  const shown = new Writable({
    write(chunk, _encoding, done) {
      if (!isHidden) output.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input, output: shown, terminal: true, historySize: 0 });
  // Read from here on: what is typed or pasted while an answer is being checked is not lost.
  const typed = lines[Symbol.asyncIterator]();
  return {
    /** Prints a line. */
    say: (text: string) => output.write(`${text}\n`),
    /** Prints a heading, with space above it. */
    title: (text: string) => output.write(`\n${styleText('bold', text, { stream: output })}\n`),
    /**
     * What the person types, trimmed; nothing of it is shown where it is hidden.
     *
     * @throws SetupEnded where they end it instead (Ctrl+C, Ctrl+D)
     */
    async ask(question: string, { hidden } = { hidden: false }): Promise<string> {
      output.write(hidden ? `${question} ` : '');
      isHidden = hidden;
      lines.setPrompt(`${question} `);
      lines.prompt();
      const { done, value } = await typed.next();
      isHidden = false;
      if (hidden || done === true) output.write('\n');
      if (done === true) throw new SetupEnded();
      return value.trim();
    },
    close: () => lines.close(),
  };
}

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
      : idsFor(client, typed, workspaces, question.setting === 'CHANNELS' ? '#' : ''),
  look: (value) => {
    const ids = value.split(/[\s,]+/).filter((id) => id !== '*');
    return namesFindings(client, question.setting, ids, workspaces);
  },
});

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

const POLICIES: Readonly<Record<Catalog, string>> = { Sandbox: 'sandbox', AWS: 'production' };
/** Stands for the account in the policies of `deploy/iam`. */
const EXAMPLE_ACCOUNT = '123456789012';

/**
 * The commands that give the bot its rights, for somebody who administers the account.
 *
 * @param arn who the bot is, as STS says; undefined: not known here
 */
export function iamCommands(catalog: Catalog, account: string, arn: string | undefined): string {
  const file = new URL(`../../deploy/iam/${POLICIES[catalog]}.json`, import.meta.url);
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
