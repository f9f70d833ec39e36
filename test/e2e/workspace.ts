import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect } from 'vitest';
import { type JumpClock, jumpClock } from '../../demo/jump-clock.ts';
import type { Observed } from '../../demo/partner-central/observed.ts';
import { anOpportunity, type OpportunityChoices } from '../../demo/partner-central/opportunities.ts';
import { startPartnerCentral } from '../../demo/partner-central/server.ts';
import type { PartnerCentralStandIn, StoredOpportunity } from '../../demo/partner-central/stand-in.ts';
import {
  demoChannels,
  demoInstallation,
  demoPeople,
  demoWorkspace,
} from '../../demo/slack/demo-workspace.ts';
import type { Grid } from '../../demo/slack/grid.ts';
import { startSlack } from '../../demo/slack/server.ts';
import type {
  Acknowledgement,
  InputValue,
  OpenView,
  SlackStandIn,
  StandInMessage,
} from '../../demo/slack/stand-in.ts';
import { type RunningApp, startApp } from '../../src/app.ts';
import type { CredentialProvider } from '../../src/aws/client.ts';
import type { Catalog } from '../../src/aws/terms.ts';
import type { Timeouts } from '../../src/aws/transport.ts';
import type { Clock } from '../../src/clock.ts';
import { readConfig } from '../../src/config/config.ts';
import { connectBeside } from '../../src/database/connect.ts';
import { adoptDatabase } from '../../src/database/identity.ts';
import { createLog } from '../../src/observability/log.ts';
import { expectNothingLeaked } from './leaks.ts';
import { idle } from './passing-time.ts';
import { hasButton, menu, reads } from './words-on-screen.ts';

/** Every commit waits for the disk, which is most of what these tests would wait for; Linux has a folder in memory. */
const MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

export type Transport = 'Socket Mode' | 'HTTP';

export interface WorkspaceOptions {
  /** Where something else than Slack, AWS and the bot has to keep the same time. */
  readonly clock?: JumpClock;
  /** Over the defaults: the catalog AWS, everybody may submit, ten submissions a second. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The organisation that the workspace belongs to. */
  readonly grid?: Grid;
  readonly quotas?: boolean;
  readonly rateLimits?: boolean;
  readonly timeouts?: Partial<Timeouts>;
  /** What AWS does where that isn't known for sure; the likeliest where it isn't given. */
  readonly observed?: Partial<Observed>;
  readonly credentials?: CredentialProvider;
  /** What the bot has for a clock; Slack and AWS have the clock itself. */
  readonly botClock?: (clock: JumpClock) => Clock;
}

export interface Choices {
  readonly involvement?: string;
  readonly visibility?: string;
  /** Whether to go ahead where readiness expects a refusal; true. */
  readonly anyway?: boolean;
}

export interface Where {
  readonly user?: string;
  readonly channel?: string;
}

/** The stand-in Slack, the stand-in Partner Central and the bot between them. */
export interface Workspace {
  readonly slack: SlackStandIn;
  readonly aws: PartnerCentralStandIn;
  readonly clock: JumpClock;
  /** Lets the bot finish what is in its hands, then puts the clock forward by `ms`. */
  later(ms: number): Promise<void>;
  /** Puts a deal into the bot's catalog that can be submitted, but for what is chosen otherwise. */
  deal(choices?: Partial<OpportunityChoices>): StoredOpportunity;
  /** Types the command. */
  command(text: string, where?: Where): Promise<Acknowledgement>;
  /** Types the command and waits for what the modal shows once the opportunity was looked up. */
  look(text: string, where?: Where): Promise<OpenView>;
  /** Fills in the person's form and presses Submit. */
  choose(choices?: Choices, where?: Where): Promise<Acknowledgement>;
  /** Looks, chooses, submits; answers what the modal says then. */
  submit(id: string, choices?: Choices, where?: Where): Promise<OpenView>;
  /** The message in `#deals` (or elsewhere) that reads as described, now or later. */
  message(words: RegExp | string, where?: Where): Promise<StandInMessage>;
  /** The person's modal that reads as described, now or later. */
  modal(words: RegExp | string, where?: Where): Promise<OpenView>;
  /** Presses a button of a message, or chooses it in its menu. */
  press(message: StandInMessage, actionId: string, where?: Where): Promise<Acknowledgement>;
  port(): number;
  /** Of `/readyz` and `/metrics`. */
  opsPort(): number;
  /** Where the bot keeps its data. */
  readonly folder: string;
  /** Ends the bot as SIGTERM would; `begin` starts it again over the same data, perhaps with other settings. */
  end(): Promise<void>;
  begin(settings?: Readonly<Record<string, string>>): Promise<void>;
  /** Ends the bot and starts it again over the same data, perhaps with other settings. */
  restart(settings?: Readonly<Record<string, string>>): Promise<void>;
  /** Ends the bot, hands its database over to the other catalog, and starts it again there. */
  moveTo(catalog: Catalog, settings?: Readonly<Record<string, string>>): Promise<void>;
  log(): string;
  /** Why the bot was to end, by its own word. */
  readonly fatal: readonly string[];
  stop(): Promise<void>;
}

export const { ana, ben, gus, sam } = demoPeople;
export const { deals, general, board } = demoChannels;

/** The same tests over Socket Mode and over signed HTTP; every workspace they open is closed and looked over. */
export function overBothTransports(what: string, define: DefineTests): void {
  overTransports(['Socket Mode', 'HTTP'], what, define);
}

/** Tests of what doesn't depend on how Slack's requests arrive. */
export function overSocketMode(what: string, define: DefineTests): void {
  overTransports(['Socket Mode'], what, define);
}

/** Tests of what comes over HTTP only. */
export function overHttp(what: string, define: DefineTests): void {
  overTransports(['HTTP'], what, define);
}

type DefineTests = (open: (options?: WorkspaceOptions) => Promise<Workspace>, transport: Transport) => void;

function overTransports(transports: readonly Transport[], what: string, define: DefineTests): void {
  describe.each<Transport>(transports)(`${what}, over %s`, (transport) => {
    const opened = new Set<Workspace>();
    const rejections: unknown[] = [];
    const onRejection = (reason: unknown) => rejections.push(reason);
    afterEach(async () => {
      for (const workspace of opened) {
        opened.delete(workspace);
        await workspace.stop();
        expectNothingLeaked(workspace);
        // Blocks without a text leave notifications and screen readers with nothing.
        expect(workspace.slack.calls().flatMap(({ warnings }) => warnings)).toEqual([]);
      }
      process.off('unhandledRejection', onRejection);
      expect(rejections.splice(0)).toEqual([]);
    });
    define(async (options) => {
      process.off('unhandledRejection', onRejection).on('unhandledRejection', onRejection);
      const workspace = await openWorkspace(transport, options);
      opened.add(workspace);
      return workspace;
    }, transport);
  });
}

async function openWorkspace(transport: Transport, options: WorkspaceOptions = {}): Promise<Workspace> {
  const clock = options.clock ?? jumpClock();
  const { rateLimits = false, grid } = options;
  const slack = await startSlack(
    { clock, rateLimits },
    grid === undefined ? demoWorkspace : { ...demoWorkspace, grid },
  );
  const { quotas = false, observed = {} } = options;
  const aws = await startPartnerCentral({ clock, quotas, observed });
  const folder = await mkdtemp(join(MEMORY, 'submit-opportunity-bot-test-'));
  const lines: string[] = [];
  const fatal: string[] = [];

  const startBot = async (settings: Readonly<Record<string, string>> = {}): Promise<RunningApp> => {
    const read = readConfig({
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_API_URL: slack.apiUrl,
      ...(transport === 'HTTP'
        ? { SLACK_SIGNING_SECRET: slack.signingSecret }
        : { SLACK_APP_TOKEN: slack.appToken }),
      AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: aws.url,
      PARTNER_CENTRAL_CATALOG: 'AWS',
      SUBMITTERS: '*',
      SUBMITS_PER_SECOND: '10',
      DATA_DIR: folder,
      HOST: '127.0.0.1',
      PORT: '0',
      OPS_PORT: '0',
      LOG_LEVEL: 'debug',
      ...options.settings,
      ...settings,
    });
    if (!read.ok) throw new Error(read.problems.join(' '));
    const app = await startApp({
      config: read.config,
      clock: options.botClock?.(clock) ?? clock,
      newId: randomUUID,
      log: createLog(read.config.logLevel, { write: (line) => lines.push(line) }),
      credentials: options.credentials ?? (async () => aws.credentials),
      random: () => 0,
      onFatal: (message) => fatal.push(message),
      userAgent: 'submit-opportunity-bot|test',
      ...(options.timeouts === undefined ? {} : { timeouts: options.timeouts }),
    });
    if (transport === 'HTTP') slack.deliverTo(`http://127.0.0.1:${app.port()}/slack/events`);
    await slack.connected();
    return app;
  };
  let app: RunningApp | undefined = await startBot();
  const running = (): RunningApp => {
    if (app === undefined) throw new Error('The bot is not running.');
    return app;
  };
  const end = async (): Promise<void> => {
    const ending = app;
    app = undefined;
    await ending?.stop();
  };
  const begin = async (settings?: Readonly<Record<string, string>>): Promise<void> => {
    app = await startBot(settings);
  };

  const matches = (words: RegExp | string) => (shown: StandInMessage | OpenView) =>
    typeof words === 'string' ? reads(shown).includes(words) : words.test(reads(shown));
  const command: Workspace['command'] = (text, { user = ana, channel = deals } = {}) =>
    slack.slashCommand({ user, channel, text });
  const look: Workspace['look'] = async (text, where = {}) => {
    const user = where.user ?? ana;
    const before = slack.view(user)?.id;
    expect(await command(text, where)).toMatchObject({ acknowledged: true });
    return slack.waitForView(user, (view) => view.id !== before && !reads(view).includes('Looking up'));
  };
  const choose: Workspace['choose'] = async (choices = {}, { user = ana } = {}) => {
    const shown = slack.view(user);
    const inputs = shown?.view.blocks.map(({ block_id = '' }) => block_id) ?? [];
    const values: Record<string, InputValue> = {
      // First: nothing depends on it alone, so that the form changes once.
      visibility: choices.visibility ?? 'Full',
      involvement_type: choices.involvement ?? 'Co-Sell',
      ...Object.fromEntries(inputs.filter((id) => id.startsWith('lock')).map((id) => [id, ['understood']])),
    };
    await slack.fillIn(user, values);
    // Where readiness depends on the choice, the form changes with it.
    const isLimitedCoSell = values.visibility === 'Limited' && values.involvement_type === 'Co-Sell';
    const depends = shown !== undefined && reads(shown).includes('The rest depends on');
    const isAdvised = inputs.includes('ready') || inputs.includes('readiness');
    if (depends || (isAdvised && isLimitedCoSell)) {
      await slack.waitForView(user, ({ hash }) => hash !== shown?.hash);
    }
    // Only where readiness found something to ask about.
    const asks = slack
      .view(user)
      ?.view.blocks.find(({ block_id }) => block_id?.startsWith('anyway'))?.block_id;
    if (asks !== undefined && choices.anyway !== false) await slack.fillIn(user, { [asks]: ['anyway'] });
    return slack.submitView(user);
  };

  return {
    slack,
    aws,
    clock,
    async later(ms) {
      await idle({ clock, slack, aws });
      clock.jump(ms);
    },
    deal(choices = {}) {
      const catalog = options.settings?.PARTNER_CENTRAL_CATALOG ?? 'AWS';
      const stored = anOpportunity({ now: clock.now(), catalog, ...choices });
      aws.seed(stored);
      return stored;
    },
    command,
    look,
    choose,
    async submit(id, choices, where = {}) {
      await look(id, where);
      expect(await choose(choices, where)).toMatchObject({ acknowledged: true });
      const view = slack.view(where.user ?? ana);
      if (view === undefined) throw new Error('The modal closed.');
      return view;
    },
    message: (words, { user, channel = deals } = {}) =>
      slack.waitForMessage(channel, matches(words), user === undefined ? {} : { as: user }),
    modal: (words, { user = ana } = {}) => slack.waitForView(user, matches(words)),
    press: (shown, actionId, { user = ana } = {}) => {
      const { channel, ts } = shown;
      const chosen = menu(shown).find(({ value }) => value.startsWith(`${actionId} `));
      return slack.clickButton(
        chosen === undefined || hasButton(shown, actionId)
          ? { user, channel, ts, actionId }
          : { user, channel, ts, actionId: 'more', value: chosen.value },
      );
    },
    port: () => running().port(),
    opsPort: () => running().opsPort(),
    folder,
    end,
    begin,
    async restart(settings) {
      await end();
      await begin(settings);
    },
    async moveTo(catalog, settings) {
      await end();
      const connection = await connectBeside({ type: 'sqlite', folder }, 'write');
      const { id } = demoInstallation.team;
      await adoptDatabase(connection.db, { teamId: id, catalog }, [id]);
      await connection.close();
      await begin({ ...settings, PARTNER_CENTRAL_CATALOG: catalog });
    },
    log: () => lines.join(''),
    fatal,
    async stop() {
      await end();
      await slack.close();
      await aws.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
