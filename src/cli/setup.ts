import { readConfig } from '../config/config.ts';
import { runCommand } from './command.ts';
import { Ended, openTerminal } from './setup/answers.ts';
import { setUp } from './setup/set-up.ts';

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
      if (!(error instanceof Ended)) throw error;
      terminal.say('Nothing was written.');
      return 1;
    } finally {
      terminal.close();
    }
  },
});
