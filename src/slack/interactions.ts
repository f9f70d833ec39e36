import type { App } from '@slack/bolt';
import type { Clock } from '../clock.ts';

/** What came from Slack, and how it went. */
export interface Seen {
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
 * Reports everything that Slack sends through this app, once it is done with. Around `processEvent`, because it is
 * there that Bolt gets the acknowledgement in hand: a middleware can't pass on another one.
 *
 * @returns to be told of bodies whose listener failed
 */
export function watchInteractions(
  app: App,
  { clock, onSeen }: { readonly clock: Clock; readonly onSeen: (seen: Seen) => void },
): { failed(body: object): void } {
  const failed = new WeakSet<object>();
  const processEvent = app.processEvent.bind(app);
  app.processEvent = async (event) => {
    const arrivedAt = clock.monotonic();
    let acknowledgedMs: number | undefined;
    const ack: typeof event.ack = async (response) => {
      await event.ack(response);
      acknowledgedMs ??= clock.monotonic() - arrivedAt;
    };
    try {
      await processEvent({ ...event, ack });
    } catch (error) {
      failed.add(event.body);
      throw error;
    } finally {
      const outcome = failed.has(event.body)
        ? 'failed'
        : acknowledgedMs === undefined
          ? 'unacknowledged'
          : 'ok';
      onSeen({ ...describe(event.body), outcome, acknowledgedMs });
    }
  };
  return { failed: (body) => failed.add(body) };
}

function describe(body: Readonly<Record<string, unknown>>): Pick<Seen, 'kind' | 'name' | 'teamId'> {
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
