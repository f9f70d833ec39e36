import {
  GetOpportunityCommand,
  PartnerCentralSellingClient,
  SubmitOpportunityCommand,
} from '@aws-sdk/client-partnercentral-selling';
import bolt from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { demoInstallation } from '../../demo/slack/demo-workspace.ts';
import { CALLBACK, COMMAND } from '../../src/slack/ids.ts';
import { memory, memoryAsItIs } from '../memory.ts';
import { serve, settingsOf } from './serve.ts';

/**
 * What one would write in an afternoon with Bolt and the official client: command, form with the deal, submit, message.
 * It keeps no record, asks nobody's right, and reads nothing twice.
 */
const { url } = settingsOf(z.object({ url: z.string() }));
const partnerCentral = new PartnerCentralSellingClient({
  endpoint: url,
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIABENCH', secretAccessKey: 'checked-by-nobody' },
});
const logLevel = bolt.LogLevel.ERROR;
const app = new bolt.App({
  receiver: new bolt.HTTPReceiver({
    signingSecret: demoInstallation.signingSecret,
    endpoints: '/slack/events',
    logLevel,
  }),
  token: demoInstallation.botToken,
  clientOptions: { slackApiUrl: `${url}/api/` },
  logLevel,
});

const section = (text: string): KnownBlock => ({ type: 'section', text: { type: 'mrkdwn', text } });
const modal = (about: object, blocks: KnownBlock[], isForm = false): ModalView => ({
  type: 'modal',
  callback_id: isForm ? CALLBACK.form : CALLBACK.notice,
  private_metadata: JSON.stringify(about),
  title: { type: 'plain_text', text: 'Submit to AWS' },
  ...(isForm ? { submit: { type: 'plain_text', text: 'Submit' } as const } : {}),
  blocks,
});
const choice = (block_id: string, label: string, values: readonly string[]): KnownBlock => ({
  type: 'input',
  block_id,
  label: { type: 'plain_text', text: label },
  element: {
    type: 'radio_buttons',
    action_id: block_id,
    options: values.map((value) => ({ text: { type: 'plain_text', text: value }, value })),
  },
});

app.command(COMMAND, async ({ ack, command, client }) => {
  await ack();
  const about = { channel: command.channel_id, id: command.text };
  const { view } = await client.views.open({
    trigger_id: command.trigger_id,
    view: modal(about, [section('Loading…')]),
  });
  const { Id, Customer, Project, LifeCycle } = await partnerCentral.send(
    new GetOpportunityCommand({ Catalog: 'AWS', Identifier: command.text }),
  );
  await client.views.update({
    view_id: view?.id ?? '',
    view: modal(
      about,
      [
        section(`*${Id}* ${Customer?.Account?.CompanyName} ${Project?.Title} ${LifeCycle?.Stage}`),
        choice('involvement', 'How should AWS be involved?', ['Co-Sell', 'For Visibility Only']),
        choice('visibility', 'What may AWS see?', ['Full', 'Limited']),
      ],
      true,
    ),
  });
});

const aboutSchema = z.object({ channel: z.string(), id: z.string() });
app.view(CALLBACK.form, async ({ ack, view, body, client }) => {
  await ack();
  const { channel, id } = aboutSchema.parse(JSON.parse(view.private_metadata));
  await partnerCentral.send(
    new SubmitOpportunityCommand({
      Catalog: 'AWS',
      Identifier: id,
      InvolvementType: 'Co-Sell',
      Visibility: 'Full',
    }),
  );
  await client.chat.postMessage({ channel, text: `Approval pending: ${id}, by <@${body.user.id}>` });
});

const server = await app.start({ port: 0, host: '127.0.0.1' });
const address = server.address();
serve(
  { port: typeof address === 'object' ? address?.port : undefined },
  { memory, 'memory as it is': memoryAsItIs },
);
