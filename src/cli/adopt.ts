import { inWords } from '../aws/errors.ts';
import { readParts } from '../config/config.ts';
import { connect, connectBeside } from '../database/connect.ts';
import { adoptDatabase, named, readBelonging, whyNotMine } from '../database/identity.ts';
import { ownerOf } from '../slack/installation.ts';
import { askInstallation, slackClient } from './ask-slack.ts';
import { runCommand } from './command.ts';

await runCommand({
  usage: `Usage: npm run -s adopt -- [--yes]

  --yes  do it; without it, this says what it would do

Hands the database over to the Slack workspace of SLACK_BOT_TOKEN (or its organisation, with several SLACK_WORKSPACES) and the catalog of PARTNER_CENTRAL_CATALOG. Stop every
bot that uses it first. What waits for another catalog is held until the database goes back.`,
  options: { yes: { type: 'boolean', default: false } },
  failure: 'Nothing was changed',
  run: async ({ yes }) => {
    const { slackApi, botToken, workspaces, catalog, database } = readParts(process.env);
    if (
      slackApi === undefined ||
      botToken === undefined ||
      workspaces === undefined ||
      catalog === undefined ||
      database === undefined
    ) {
      throw new Error('Settings are missing or wrong that this needs too: npm run doctor names them.');
    }
    const installation = await askInstallation(slackClient(botToken, slackApi), workspaces);
    if (!installation.ok) throw new Error(inWords(installation.trouble));
    const mine = { teamId: ownerOf(installation.value), catalog };
    // Looked at as it is: a database that isn't there yet is not made here.
    const looking = await connectBeside(database, 'write');
    const whose = await readBelonging(looking.db).finally(looking.close);
    if (whyNotMine(whose, mine) === undefined) {
      console.log(`Nothing to do: the database is, or will be, that of ${named(mine)}.`);
    } else if (yes) {
      const connection = await connect(database, { exclusive: true, onLostConnection: () => {} });
      await adoptDatabase(connection.db, mine, installation.value.workspaces).finally(connection.close);
      console.log(`The database belongs to ${named(mine)} now.`);
    } else {
      console.log(`${whyNotMine(whose, mine)} Nothing is changed yet: add --yes, with every bot stopped.`);
    }
    return 0;
  },
});
