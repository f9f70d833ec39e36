import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { z } from 'zod';

/** The parts of a Slack app manifest that the code depends on. */
const manifestSchema = z.object({
  features: z.object({
    app_home: z.object({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.boolean(),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    bot_user: z.object({ display_name: z.string() }),
    slash_commands: z.array(z.object({ command: z.string(), usage_hint: z.string().optional() })),
    shortcuts: z.array(z.object({ callback_id: z.string(), type: z.literal('message') })).default([]),
  }),
  oauth_config: z.object({ scopes: z.strictObject({ bot: z.array(z.string()) }) }),
  settings: z.object({
    interactivity: z.object({ is_enabled: z.boolean() }),
    event_subscriptions: z.object({ bot_events: z.array(z.string()) }).default({ bot_events: [] }),
    socket_mode_enabled: z.boolean(),
    org_deploy_enabled: z.boolean(),
  }),
});

/** What the code asks of Slack. */
export interface SlackUse {
  readonly commands: readonly string[];
  /** Message shortcuts, by their callback_id. */
  readonly shortcuts: readonly string[];
  /** Types of events, such as `app_mention`. */
  readonly events: readonly string[];
  /** Web API methods, such as `chat.postMessage`. */
  readonly methods: readonly string[];
}

/**
 * The bot scopes each Web API method needs for what the bot does with it. From the methods' own pages,
 * https://docs.slack.dev/reference/methods
 */
const SCOPES_OF: Readonly<Record<string, readonly string[]>> = {
  'auth.test': [],
  // With the app token, whose scope is no bot scope.
  'apps.connections.open': [],
  'bots.info': ['users:read'],
  'views.open': [],
  'views.push': [],
  'views.update': [],
  'views.publish': [],
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.getPermalink': [],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.members': ['channels:read', 'groups:read'],
  'conversations.list': ['channels:read', 'groups:read'],
  'users.info': ['users:read'],
  'users.list': ['users:read'],
  'usergroups.list': ['usergroups:read'],
  'usergroups.users.list': ['usergroups:read'],
};

/** The same for each event. From the events' own pages, https://docs.slack.dev/reference/events */
const SCOPES_OF_EVENT: Readonly<Record<string, readonly string[]>> = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
};

/** The manifest as it stands in the file, unchecked. */
export const readManifest = (file: URL): unknown => parse(readFileSync(file, 'utf8'));

/** What is wrong with `manifest` for a bot that uses Slack as `use` says; empty: nothing. */
export function manifestProblems(manifest: unknown, use: SlackUse): string[] {
  const read = manifestSchema.safeParse(manifest);
  if (!read.success) {
    return read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  }
  const { features, oauth_config, settings } = read.data;
  const commands = features.slash_commands.map(({ command }) => command);
  const events = settings.event_subscriptions.bot_events;
  const shortcuts = features.shortcuts.map(({ callback_id }) => callback_id);
  const unknown = use.methods.filter((method) => !Object.hasOwn(SCOPES_OF, method));
  const needed = [
    ...(use.commands.length + use.shortcuts.length > 0 ? ['commands'] : []),
    ...use.methods.flatMap((method) => SCOPES_OF[method] ?? []),
    ...use.events.flatMap((event) => SCOPES_OF_EVENT[event] ?? []),
  ];
  return [
    ...difference(use.commands, commands).map((name) => `slash_commands: ${name} is missing`),
    ...difference(commands, use.commands).map((name) => `slash_commands: nothing in src answers ${name}`),
    ...difference(use.shortcuts, shortcuts).map((id) => `shortcuts: ${id} is missing`),
    ...difference(shortcuts, use.shortcuts).map((id) => `shortcuts: nothing in src answers ${id}`),
    ...unknown.map((method) => `${method} is called, and the scope it needs is not known here (SCOPES_OF)`),
    ...difference(needed, oauth_config.scopes.bot).map((scope) => `scopes: ${scope} is needed and missing`),
    ...difference(oauth_config.scopes.bot, needed).map((scope) => `scopes: nothing in src needs ${scope}`),
    ...(settings.interactivity.is_enabled ? [] : ['interactivity is off: forms and buttons need it']),
    ...(settings.socket_mode_enabled
      ? []
      : ['socket_mode_enabled is off: docs/set-up.md sets the bot up with it']),
    ...difference(use.events, events).map((event) => `event_subscriptions: ${event} is missing`),
    ...difference(events, use.events).map((event) => `event_subscriptions: nothing in src answers ${event}`),
    ...use.events
      .filter((event) => !Object.hasOwn(SCOPES_OF_EVENT, event))
      .map((event) => `${event} is listened to, and the scope it needs is not known here (SCOPES_OF_EVENT)`),
    ...(features.app_home.home_tab_enabled === use.methods.includes('views.publish')
      ? []
      : ['home_tab_enabled is to be on where the code calls views.publish, and else off']),
    ...(features.app_home.messages_tab_enabled
      ? []
      : ["messages_tab_enabled is off: direct messages would be refused where a channel can't be posted in"]),
  ];
}

/** Where the manifest for an organisation says something else than the one for a workspace, and isn't to. */
export function organisationProblems(organisation: unknown, workspace: unknown): string[] {
  const [one, other] = [organisation, workspace].map((manifest) => manifestSchema.loose().parse(manifest));
  const deployed = { ...one, settings: { ...Object(one?.settings), org_deploy_enabled: false } };
  return [
    ...(one?.settings.org_deploy_enabled ? [] : ['org_deploy_enabled is off']),
    ...(isDeepStrictEqual(deployed, other) ? [] : ['it says something else than manifest.yml']),
  ];
}

/** What Slack's own schema finds wrong with `manifest`; empty: nothing. */
export function schemaProblems(manifest: unknown, schema: Record<string, unknown>): string[] {
  // Not strict: Slack's schema has annotations of its own. `uri` occurs only as the address of the schema.
  const validate = new Ajv({ strict: false, allErrors: true, formats: { uri: true } }).compile(schema);
  if (validate(manifest)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath}: ${message} ${JSON.stringify(params)}`,
  );
}

const difference = (some: readonly string[], others: readonly string[]): string[] => [
  ...new Set(some.filter((each) => !others.includes(each))),
];
