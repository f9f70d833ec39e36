import { awsOf, type Config, databaseOf, eventsOf } from './config.ts';
import type { Catalog } from './partner-central/operations.ts';
import { type Environment, givenIn, settings } from './settings.ts';

/** The settings, taken apart: a part that is missing or wrong is undefined, whatever the others are. */
export interface ConfigParts {
  readonly slackApi: { readonly url: string | undefined } | undefined;
  readonly botToken: string | undefined;
  readonly appToken: string | undefined;
  readonly signingSecret: string | undefined;
  readonly aws: Omit<Config['partnerCentral'], 'catalog' | 'dealPage'> | undefined;
  readonly catalog: Catalog | undefined;
  readonly events: { readonly queue: Config['events'] } | undefined;
  readonly database: Config['database'] | undefined;
}

/** For whoever looks at each part although another one is wrong. `readConfig` says what is. */
export function readParts(environment: Environment): ConfigParts {
  const given = givenIn(environment);
  const slackApi = settings.pick({ SLACK_API_URL: true }).safeParse(given);
  const botToken = settings.pick({ SLACK_BOT_TOKEN: true }).safeParse(given);
  const appToken = settings.pick({ SLACK_APP_TOKEN: true }).safeParse(given);
  const signingSecret = settings.pick({ SLACK_SIGNING_SECRET: true }).safeParse(given);
  const catalog = settings.pick({ PARTNER_CENTRAL_CATALOG: true }).safeParse(given);
  const aws = settings
    .pick({
      PARTNER_CENTRAL_REGION: true,
      AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: true,
      AWS_ENDPOINT_URL_STS: true,
    })
    .safeParse(given);
  const events = settings.pick({ EVENTS_QUEUE_URL: true, PARTNER_CENTRAL_REGION: true }).safeParse(given);
  const database = settings.pick({ DATABASE_URL: true, DATA_DIR: true }).safeParse(given);
  return {
    slackApi: slackApi.success ? { url: slackApi.data.SLACK_API_URL } : undefined,
    botToken: botToken.success ? botToken.data.SLACK_BOT_TOKEN : undefined,
    appToken: appToken.success ? appToken.data.SLACK_APP_TOKEN : undefined,
    signingSecret: signingSecret.success ? signingSecret.data.SLACK_SIGNING_SECRET : undefined,
    aws: aws.success ? awsOf(aws.data) : undefined,
    catalog: catalog.success ? catalog.data.PARTNER_CENTRAL_CATALOG : undefined,
    events: events.success ? { queue: eventsOf(events.data) } : undefined,
    database: database.success ? databaseOf(database.data) : undefined,
  };
}
