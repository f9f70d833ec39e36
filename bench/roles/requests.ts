import { demoChannels, demoInstallation } from '../../demo/slack/demo-workspace.ts';
import { opportunitySchema } from '../../src/aws/opportunity.ts';
import type { Form } from '../../src/forms/form.ts';
import { formView } from '../../src/slack/forms/submit.ts';
import { ACTION, BLOCK, COMMAND } from '../../src/slack/ids.ts';
import { catalog, deal } from './deal.ts';

/** Requests as Slack sends them, of the size they really have; everything in them follows from a number. */
const { team, appId, botId, verificationToken } = demoInstallation;
/** People who press one after the other. */
export const PEOPLE = 50;

export const opportunityOf = (number: number): string => `O${1_000_000 + number}`;
const personOf = (number: number): string => `U07BENCH${String(number % PEOPLE).padStart(3, '0')}`;

/** What this person was shown when they opened the form. */
export function formOf(number: number, at: Date): Form {
  return {
    id: `draft-${number}`,
    createdAt: at,
    teamId: team.id,
    userId: personOf(number),
    channelId: demoChannels.deals,
    threadTs: undefined,
    responseUrl: undefined,
    catalog,
    opportunityId: opportunityOf(number),
    lastModifiedDate: deal.LastModifiedDate,
    readiness: undefined,
    batchId: undefined,
    choices: undefined,
    nationalSecurity: false,
    editing: undefined,
  };
}

/** The command, with an opportunity's ID. */
export function commandBody(number: number, responseUrl: string): string {
  return new URLSearchParams({
    token: verificationToken,
    team_id: team.id,
    team_domain: team.domain,
    channel_id: demoChannels.deals,
    channel_name: 'deals',
    user_id: personOf(number),
    user_name: 'somebody',
    command: COMMAND,
    text: opportunityOf(number),
    api_app_id: appId,
    is_enterprise_install: 'false',
    response_url: responseUrl,
    trigger_id: `${number}.1.a`,
  }).toString();
}

/** What the plain bot's form carries. */
export const plainMetadata = (number: number): string =>
  JSON.stringify({ channel: demoChannels.deals, id: opportunityOf(number) });

/** Submit pressed in that person's form; `metadata`: where it isn't the bot's own. */
export function submissionBody(number: number, at: Date, metadata?: string): string {
  const opportunity = opportunitySchema.parse(deal);
  const chosen = (value: string) => ({ type: 'radio_buttons', selected_option: { value } });
  const lock = { type: 'checkboxes', selected_options: [{ value: 'understood' }] };
  const payload = {
    type: 'view_submission',
    token: verificationToken,
    api_app_id: appId,
    team: { id: team.id, domain: team.domain },
    user: { id: personOf(number), username: 'somebody', name: 'somebody', team_id: team.id },
    enterprise: null,
    is_enterprise_install: false,
    trigger_id: `${number}.1.a`,
    view: {
      ...formView({ form: formOf(number, at), opportunity, dealPage: undefined }),
      ...(metadata === undefined ? {} : { private_metadata: metadata }),
      id: `V${number}`,
      team_id: team.id,
      state: {
        values: {
          [BLOCK.involvementType]: { [ACTION.involvementType]: chosen('Co-Sell') },
          [BLOCK.visibility]: { [ACTION.visibility]: chosen('Full') },
          [BLOCK.lock]: { [ACTION.lock]: lock },
        },
      },
      hash: '1.a',
      root_view_id: `V${number}`,
      app_id: appId,
      bot_id: botId,
    },
    response_urls: [],
  };
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
}
