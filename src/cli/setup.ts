import { readFileSync } from 'node:fs';
import { systemClock } from '../clock.ts';
import { readConfig, readParts } from '../config/config.ts';
import { type EnvFile, loadEnvFile, writeEnvFile } from '../config/env-file.ts';
import { slackClient } from './ask-slack.ts';
import { runCommand } from './command.ts';
import { asText, isHealthy } from './doctor/finding.ts';
import { appTokenFinding, botTokenFindings } from './doctor/slack.ts';
import { examineBot } from './doctor.ts';
import {
  askForAws,
  createAnswers,
  namesQuestion,
  openTerminal,
  SetupEnded,
  type Terminal,
} from './questions.ts';

await runCommand({
  usage: `Usage: npm run setup

Asks for what the bot needs, checks each answer where it is used, and writes .env in this folder; the one before is kept
beside it. Says how to make the Slack app, and gives the commands for the bot's AWS policy. Ends in npm run doctor.
Submits nothing.`,
  options: {},
  failure: 'Setting up ended',
  run: async (_values, { envFile }) => {
    if (!process.stdin.isTTY || !process.stdout.isTTY) {
      const read = readConfig(process.env, envFile);
      console.error(
        [
          'npm run setup asks, and needs a terminal for that. Without one, put the settings into .env or into the environment (.env.example explains each):',
          ...(read.ok
            ? ['Nothing is missing: `npm run doctor` checks it.']
            : read.problems.map((problem) => `  • ${problem}`)),
        ].join('\n'),
      );
      return 1;
    }
    const terminal = openTerminal(process.stdin, process.stdout);
    try {
      return await setUp(terminal, process.env, envFile);
    } catch (error) {
      if (!(error instanceof SetupEnded)) throw error;
      terminal.say('Nothing was written.');
      return 1;
    } finally {
      terminal.close();
    }
  },
});

/**
 * Asks for what the bot needs, writes `.env`, and looks at everything; answers the exit status.
 *
 * @param environment with what `.env` holds; each answer is set there once it is right
 * @throws SetupEnded where the person ends it
 */
async function setUp(
  terminal: Terminal,
  environment: Record<string, string | undefined>,
  envFile: EnvFile,
): Promise<0 | 1> {
  const answers = createAnswers(terminal, environment, envFile.held);
  const { slackApi, aws, workspaces = [] } = readParts(environment);
  if (slackApi === undefined || aws === undefined) {
    throw new Error('an address or a region in the settings is wrong: `npm run doctor` says which');
  }
  const client = (token: string) => slackClient(token, slackApi);
  terminal.say(
    'Each answer is checked at once; .env is written at the end. Ctrl+C ends this with nothing written.',
  );

  terminal.title('1 of 4: the Slack app');
  terminal.say(
    'Open this, choose your workspace, and press Create (skip it where the app is there already):',
  );
  terminal.say(`\n${appLink()}\n`);
  terminal.say('Then OAuth & Permissions → Install, and copy the Bot User OAuth Token.');
  const botToken = await answers.settle({
    setting: 'SLACK_BOT_TOKEN',
    asks: 'Bot token (xoxb-…; it stays hidden)',
    isSecret: true,
    look: (token) => botTokenFindings(client(token), undefined),
  });
  if (environment.SLACK_SIGNING_SECRET && !environment.SLACK_APP_TOKEN) {
    terminal.say('HTTP by SLACK_SIGNING_SECRET: no app token needed.');
  } else {
    terminal.say('Basic Information → App-Level Tokens → Generate, with the scope connections:write.');
    await answers.settle({
      setting: 'SLACK_APP_TOKEN',
      asks: 'App token (xapp-…; it stays hidden)',
      isSecret: true,
      look: async (token) => [await appTokenFinding(client(token))],
    });
  }

  terminal.title('2 of 4: AWS Partner Central');
  await answers.settle({
    setting: 'PARTNER_CENTRAL_CATALOG',
    asks: 'Catalog: Sandbox (nothing reaches AWS sellers) or AWS (production)',
    isAskedAnew: true,
    look: async () => [],
  });
  const catalog = environment.PARTNER_CENTRAL_CATALOG === 'AWS' ? 'AWS' : 'Sandbox';
  await askForAws(terminal, answers, aws, catalog);

  terminal.title('3 of 4: who and where');
  const bot = client(botToken);
  await answers.settle(
    namesQuestion(bot, workspaces, {
      setting: 'SUBMITTERS',
      asks: 'Who may submit, by names or IDs (@ana, @deal-desk), or * for every full member',
      ...(catalog === 'AWS' ? {} : { without: 'every full member' }),
    }),
  );
  await answers.settle(
    namesQuestion(bot, workspaces, {
      setting: 'CHANNELS',
      asks: 'Channels in which the command works (#deals, #emea), or all',
      without: 'all',
    }),
  );
  await answers.settle(
    namesQuestion(bot, workspaces, {
      setting: 'CONTACT',
      asks: 'Whom people can ask about the bot: a person, a group, or a #channel',
      without: 'nobody by name',
    }),
  );

  terminal.title('4 of 4: all together');
  const before = writeEnvFile(answers.toWrite, systemClock.now());
  terminal.say(
    `.env is written, for your eyes only.${before === undefined ? '' : ` The one before is in ${before}.`}\n`,
  );
  const examined = await examineBot(environment, loadEnvFile());
  terminal.say(asText(examined));
  return isHealthy(examined) ? 0 : 1;
}

/**
 * The address that opens Slack's form for a new app with the bot's manifest filled in. Without the manifest's comments:
 * they are for whoever reads the file, and would make the address half as long again.
 *
 * "Share manifests", https://docs.slack.dev/app-manifests/configuring-apps-with-app-manifests
 */
function appLink(): string {
  const manifest = readFileSync(new URL('../../manifest.yml', import.meta.url), 'utf8');
  const lines = manifest.split('\n').filter((line) => !/^\s*(#|$)/.test(line));
  // Some terminals take an apostrophe for the end of an address.
  const encoded = encodeURIComponent(lines.join('\n')).replaceAll("'", '%27');
  return `https://api.slack.com/apps?new_app=1&manifest_yaml=${encoded}`;
}
