import { runCommand } from './command.ts';
import { examineBot } from './doctor/examine.ts';
import { asJson, asText, isHealthy } from './doctor/finding.ts';

await runCommand({
  usage: `Usage: npm run doctor [-- --deep]
       npm run -s doctor -- --json [--deep]

  --deep  also whether the bot may write, by IAM's policy simulator; which solutions there are; whether events arrive
  --json  for a program

Checks the settings, Slack, AWS and the database. Changes nothing, submits nothing. Exit status 1 where something is
wrong.`,
  options: { json: { type: 'boolean', default: false }, deep: { type: 'boolean', default: false } },
  failure: 'The bot could not be examined',
  run: async ({ json, deep }, { envFile }) => {
    const examined = await examineBot(process.env, envFile, deep);
    console.log(json ? asJson(examined) : asText(examined));
    return isHealthy(examined) ? 0 : 1;
  },
});
