import { createServer, type IncomingMessage } from 'node:http';
import type { View } from '@slack/types';
import { WebClient } from '@slack/web-api';
import type { SlackStandIn } from '../../../demo/slack/stand-in.ts';
import { galleryMessage, galleryModal, lastModal, longModal, menusMessage, secondModal } from './gallery.ts';

/** A few lines of an app, so that the page can be tested by itself. */
export interface ExampleApp {
  readonly client: WebClient;
  /** Every interaction's payload, oldest first. */
  readonly interactions: readonly Interaction[];
  close(): Promise<void>;
}

export interface Interaction {
  readonly type: string;
  readonly trigger_id?: string;
  /** What was typed, of a `block_suggestion`. */
  readonly value?: string;
  readonly response_url?: string;
  readonly view?: { readonly id: string; readonly state: { readonly values: Values } };
  readonly actions?: readonly {
    readonly action_id: string;
    readonly selected_option?: { readonly value: string };
    readonly selected_options?: readonly { readonly value: string }[];
  }[];
  readonly channel?: { readonly id: string };
  readonly message?: { readonly ts: string };
}

type Values = Readonly<Record<string, Readonly<Record<string, { readonly value?: string | null }>>>>;

/**
 * Answers `/submit-opportunity`: `modal` opens every input, `long` a form that scrolls, `message` posts every block,
 * `menus` one to choose in, `hello` answers the person alone, `silent` isn't acknowledged.
 */
export async function startExampleApp(slack: SlackStandIn): Promise<ExampleApp> {
  const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
  const interactions: Interaction[] = [];
  const server = createServer((request, response) => {
    const answer = async () => {
      const form = new URLSearchParams(await bodyOf(request));
      const payload = form.get('payload');
      const interaction: Interaction | undefined = payload === null ? undefined : JSON.parse(payload);
      if (interaction) interactions.push(interaction);
      const result = interaction ? await onInteraction(client, interaction) : await onCommand(client, form);
      response.writeHead(result === 'silence' ? 500 : 200, { 'content-type': 'application/json' });
      response.end(typeof result === 'object' ? JSON.stringify(result) : '');
    };
    answer().catch((error: unknown) => {
      response.writeHead(500);
      response.end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  slack.deliverTo(
    `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/slack/events`,
  );
  return {
    client,
    interactions,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Answer = 'done' | 'silence' | Readonly<Record<string, unknown>>;

async function onCommand(client: WebClient, form: URLSearchParams): Promise<Answer> {
  const channel = form.get('channel_id') ?? '';
  switch (form.get('text')) {
    case 'modal':
      await client.views.open({ trigger_id: form.get('trigger_id') ?? '', view: galleryModal() });
      return 'done';
    case 'message':
      await client.chat.postMessage({ channel, text: 'Every block', blocks: galleryMessage() });
      return 'done';
    case 'menus':
      await client.chat.postMessage({ channel, text: 'Menus', blocks: menusMessage() });
      return 'done';
    case 'long':
      await client.views.open({ trigger_id: form.get('trigger_id') ?? '', view: longModal() });
      return 'done';
    case 'hello':
      await fetch(form.get('response_url') ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ response_type: 'ephemeral', text: 'Hello, *you*' }),
      });
      return 'done';
    default:
      return 'silence';
  }
}

async function onInteraction(client: WebClient, interaction: Interaction): Promise<Answer> {
  const { type, view, actions, trigger_id, channel, message } = interaction;
  if (type === 'view_submission') {
    const problem = view?.state.values.problem?.problem?.value ?? '';
    if (problem.includes('wrong')) {
      return { response_action: 'errors', errors: { problem: 'Say it otherwise.' } };
    }
    return { response_action: 'clear' };
  }
  if (type === 'block_suggestion') {
    const text = { type: 'plain_text', text: `Found by “${interaction.value}”` };
    return { options: [{ text, value: 'O1001' }] };
  }
  switch (actions?.[0]?.action_id) {
    case 'update':
      await client.chat.update({
        channel: channel?.id ?? '',
        ts: message?.ts ?? '',
        text: 'Updated',
        blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'Updated *in place*' } }],
      });
      return 'done';
    case 'push':
      await client.views.push({ trigger_id: trigger_id ?? '', view: secondModal() });
      return 'done';
    case 'finish':
      await client.views.update({ view_id: view?.id ?? '', view: lastModal() });
      return 'done';
    case 'reload':
      await client.views.update({ view_id: view?.id ?? '', view: reloaded() });
      return 'done';
    default:
      return 'done';
  }
}

function reloaded(): View {
  const modal = galleryModal();
  return {
    ...modal,
    blocks: [{ type: 'section', text: { type: 'plain_text', text: 'Reloaded' } }, ...modal.blocks],
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
