import { App, HTTPReceiver, SocketModeReceiver } from '@slack/bolt';
import { LogLevel } from '@slack/logger';
import { startSlack } from '../../../demo/slack/server.ts';
import type { SlackOptions, SlackStandIn } from '../../../demo/slack/stand-in.ts';
import { systemClock } from '../../../src/clock.ts';

export type Mode = 'Socket Mode' | 'signed HTTP';

export interface RunningApp {
  readonly slack: SlackStandIn;
  readonly app: App;
  stop(): Promise<void>;
}

/** A real Bolt app, connected to a stand-in Slack of its own; `register` adds its listeners. */
export async function runApp(
  mode: Mode,
  register: (app: App) => void,
  options: Partial<SlackOptions> = {},
): Promise<RunningApp> {
  const slack = await startSlack({ clock: systemClock, ...options });
  const clientOptions = { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } };
  const http = new HTTPReceiver({ signingSecret: slack.signingSecret, logLevel: LogLevel.ERROR });
  const socket = new SocketModeReceiver({
    appToken: slack.appToken,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
  });
  const app = new App({
    token: slack.botToken,
    receiver: mode === 'Socket Mode' ? socket : http,
    clientOptions,
    logLevel: LogLevel.ERROR,
    deferInitialization: true,
  });
  register(app);
  await app.init();
  if (mode === 'Socket Mode') await app.start();
  else {
    const server = await http.start({ port: 0, host: '127.0.0.1' });
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    slack.deliverTo(`http://127.0.0.1:${port}/slack/events`);
  }
  await slack.connected();
  return {
    slack,
    app,
    stop: async () => {
      await app.stop();
      await slack.close();
    },
  };
}
