import type { AllMiddlewareArgs, AnyMiddlewareArgs, App } from '@slack/bolt';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Logger } from '../observability/log.ts';
import type { Installation } from './workspace.ts';

/** Something that came from Slack, and how it went. */
export interface Interaction {
  /** Slack's own word: `command`, `view_submission`, `block_actions`, `block_suggestion`, … */
  readonly kind: string;
  /** The command, or the callback_id or action_id: one of ours. */
  readonly name: string | undefined;
  readonly teamId: string | undefined;
  readonly outcome: 'ok' | 'failed' | 'unacknowledged';
  /** From its arrival, its signature checked, until the acknowledgement. */
  readonly acknowledgedMs: number | undefined;
}

/** Slack's kinds; one that isn't among them counts as `other`. */
const KINDS = [
  'event_callback',
  'block_actions',
  'block_suggestion',
  'message_action',
  'shortcut',
  'view_submission',
  'view_closed',
] as const;

/**
 * Reports everything that comes from Slack, once it is done with. It wraps `processEvent`, where Bolt is handed the
 * acknowledgement: a middleware can't pass on another one.
 *
 * @returns `inHand`: what isn't done with; `failed`: to be told of a body whose listener failed
 */
export function watchInteractions(
  app: App,
  { clock, onSeen }: { readonly clock: Clock; readonly onSeen: (seen: Interaction) => void },
): { readonly inHand: ReadonlySet<Promise<void>>; failed(body: object): void } {
  const inHand = new Set<Promise<void>>();
  const failed = new WeakSet<object>();
  const processEvent = app.processEvent.bind(app);
  app.processEvent = async (event) => {
    const arrivedAt = clock.monotonic();
    let acknowledgedMs: number | undefined;
    const ack: typeof event.ack = async (response) => {
      await event.ack(response);
      acknowledgedMs ??= clock.monotonic() - arrivedAt;
    };
    const work = processEvent({ ...event, ack });
    inHand.add(work);
    try {
      await work;
    } catch (error) {
      failed.add(event.body);
      throw error;
    } finally {
      inHand.delete(work);
      const outcome = failed.has(event.body)
        ? 'failed'
        : acknowledgedMs === undefined
          ? 'unacknowledged'
          : 'ok';
      onSeen({ ...describe(event.body), outcome, acknowledgedMs });
    }
  };
  return { inHand, failed: (body) => failed.add(body) };
}

function describe(body: Readonly<Record<string, unknown>>): Pick<Interaction, 'kind' | 'name' | 'teamId'> {
  const type = KINDS.find((kind) => kind === body.type);
  return {
    kind: type ?? (typeof body.command === 'string' ? 'command' : 'other'),
    name: nameOf(body),
    teamId: text(body.team_id) ?? text(field(body.team, 'id')),
  };
}

function nameOf(body: Readonly<Record<string, unknown>>): string | undefined {
  const [action] = Array.isArray(body.actions) ? body.actions : [];
  return (
    text(body.command) ??
    text(field(action, 'action_id')) ??
    text(body.action_id) ??
    text(body.callback_id) ??
    text(field(body.view, 'callback_id')) ??
    text(field(body.event, 'type'))
  );
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && name in value ? Reflect.get(value, name) : undefined;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const addressed = z.object({
  api_app_id: z.string().optional(),
  /** In events: the installations that see it. */
  authorizations: z
    .array(z.object({ team_id: z.string().nullish(), enterprise_id: z.string().nullish() }))
    .optional(),
});

/** Whether a request is for another app, or another installation of this one. What it doesn't say counts as ours. */
export function isForOthers(
  body: unknown,
  { appId, workspaces, organisation, isOrgWide }: Installation,
): boolean {
  const read = addressed.safeParse(body);
  if (!read.success) return false;
  const { api_app_id, authorizations = [] } = read.data;
  if (appId !== undefined && api_app_id !== undefined && api_app_id !== appId) return true;
  // Of an installation for an organisation Slack names no workspace (observed: slackapi/bolt-js#1720).
  const isOurs = ({ team_id, enterprise_id }: (typeof authorizations)[number]) =>
    team_id == null
      ? enterprise_id == null || enterprise_id === organisation
      : workspaces.includes(team_id) || (isOrgWide && enterprise_id === organisation);
  return authorizations.length > 0 && !authorizations.some(isOurs);
}

/**
 * Stops a request for another app before any listener sees it. It comes where the bot's token is of one app, and the app
 * token or the signing secret of another. (People of other workspaces, in shared channels, do get to the listeners, and
 * are told that they may not.)
 */
export const ownAppOnly =
  (installation: () => Installation | undefined, log: Logger) =>
  async ({ body, next }: AnyMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const own = installation();
    if (own !== undefined && isForOthers(body, own)) {
      log.error(
        'a request for another Slack app or workspace was refused: SLACK_BOT_TOKEN has to be of the same app as SLACK_APP_TOKEN or SLACK_SIGNING_SECRET',
      );
      return;
    }
    await next();
  };
