import { z } from 'zod';
import { demoInstallation } from '../../demo/slack/demo-workspace.ts';
import { CALLBACK, COMMAND } from '../../src/slack/ids.ts';
import { type LoadOrder, type LoadReport, loadReport } from './load-order.ts';
import { type Player, start } from './start.ts';

/** AWS and Slack, with fixed answers. */
export type Answers = Player<{ readonly url: string }>;
export const startAnswers = (): Promise<Answers> => start('answers.ts', null, z.object({ url: z.string() }));

export const startLoad = () => start('load.ts', null, z.null());

/** Sends what is ordered, as Slack does. */
export const runLoad = (load: Player<null>, order: LoadOrder): Promise<LoadReport> =>
  load.ask('run', order, loadReport);

const listening = z.object({ port: z.number() });

export const startBareBolt = (answers: Answers) =>
  start(
    'bare-bolt.mjs',
    {
      slackApiUrl: `${answers.ready.url}/api/`,
      token: demoInstallation.botToken,
      signingSecret: demoInstallation.signingSecret,
      command: COMMAND,
      callbackId: CALLBACK.form,
    },
    listening,
  );

/** Bolt and the official client, and nothing else. */
export const startPlainBot = (answers: Answers, options?: { readonly compileCache: boolean }) =>
  start('plain-bot.ts', { url: answers.ready.url }, listening, options);

/** The bot over HTTP, between the fixed answers, with settings over those of production. */
export const startBot = (answers: Answers, settings: Readonly<Record<string, string>>) =>
  start('bot.ts', { ...environment(answers.ready.url), ...settings }, listening);

/** What the bot is told from outside, for this Slack and this AWS. */
export const environment = (url: string): Readonly<Record<string, string>> => ({
  SLACK_BOT_TOKEN: demoInstallation.botToken,
  SLACK_SIGNING_SECRET: demoInstallation.signingSecret,
  SLACK_API_URL: `${url}/api/`,
  AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: url,
  PARTNER_CENTRAL_CATALOG: 'AWS',
  SUBMITTERS: '*',
  HOST: '127.0.0.1',
  PORT: '0',
  OPS_PORT: '0',
  LOG_LEVEL: 'error',
});

/** Lets so much of the bot's time pass, as fast as it can do what falls due. */
export const letPass = (bot: Player<unknown>, steps: number, stepMs: number) =>
  bot.ask('pass', { steps, stepMs }, z.unknown());

const memoryReport = z.object({ heap: z.number(), resident: z.number() });

/** Resident megabytes (of 2^20 bytes), as they are and once V8 has given back all that it can spare. */
export async function residentOf(player: Player<unknown>) {
  const { resident: asItIs } = await player.ask('memory as it is', null, memoryReport);
  const { resident: collected } = await player.ask('memory', null, memoryReport);
  return { asItIs, collected };
}
export type Resident = Awaited<ReturnType<typeof residentOf>>;

const sent = z.array(z.object({ id: z.string(), hrtime: z.string(), signedAt: z.string() }));

/**
 * What AWS was sent, in order: the opportunity, when the request had arrived by the system's monotonic clock
 * (nanoseconds), and when it was signed by the bot's clock (as in `X-Amz-Date`).
 */
export const submissionsAt = (answers: Answers) => answers.ask('submissions', null, sent);

/** From now on every answer takes so long (milliseconds). */
export const answersTake = (answers: Answers, takes: { readonly slackMs: number; readonly awsMs: number }) =>
  answers.ask('takes', takes, z.unknown());

const shown = z.array(z.object({ what: z.enum(['form', 'pending']), id: z.string(), hrtime: z.string() }));

/** What Slack has shown, and when, by the system's monotonic clock (nanoseconds). */
export const shownAt = (answers: Answers) => answers.ask('shown', null, shown);

/** Resolves when AWS was sent so many submissions altogether. `step` is what happens between two looks. */
export async function untilSent(
  answers: Answers,
  count: number,
  step: () => Promise<unknown>,
): Promise<void> {
  while ((await answers.ask('count', null, z.number())) < count) await step();
}
