import { asksForJson, runCommand } from './command.ts';
import { examineBot } from './doctor/examine-bot.ts';
import { asJson, asText, isHealthy } from './doctor/report.ts';

await runCommand({
  usage: `Usage: npm run doctor
       npm run -s doctor -- --json

  --json  for a program

Checks the settings, Slack, AWS and the database. Changes nothing, submits nothing. Exit status 1 where something is
wrong.`,
  understand: asksForJson,
  failure: 'The bot could not be examined',
  run: async (json, { envFile }) => {
    const examined = await examineBot(process.env, envFile);
    console.log(json ? asJson(examined) : asText(examined));
    return isHealthy(examined) ? 0 : 1;
  },
});
