import type { KnownBlock, View } from '@slack/types';
import type { Clock } from '../../src/clock.ts';

/** Starts a stand-in Slack workspace on loopback: `startSlack` in `server.ts`. */
export interface SlackOptions {
  readonly clock: Clock;
  /** 0 (the default): any free port. */
  readonly port?: number;
  /** Hold to one message a second a channel (with a small burst). Off by default: tests switch it on. */
  readonly rateLimits?: boolean;
}

export interface StandInUser {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly kind: 'member' | 'guest' | 'single-channel-guest' | 'stranger' | 'bot' | 'deactivated';
  /** Another workspace's ID for a `stranger` (Slack Connect). */
  readonly teamId?: string;
  readonly timeZone?: string;
}

export interface StandInChannel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'public' | 'private' | 'im';
  readonly members: readonly string[];
  readonly archived?: boolean;
  /** Only admins may post here: `restricted_action`. */
  readonly restricted?: boolean;
}

export interface StandInMessage {
  readonly channel: string;
  /** Slack's message ID, unique within its channel. */
  readonly ts: string;
  readonly threadTs: string | undefined;
  readonly user: string;
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
  readonly edited: boolean;
  readonly deleted: boolean;
  /** Set: only this person sees it. */
  readonly ephemeralTo: string | undefined;
  /** How it came: the Web API, or a response_url. */
  readonly via: 'api' | 'response_url' | 'person';
}

/** A view as the person sees it now, with what they have typed so far. */
export interface OpenView {
  readonly id: string;
  readonly hash: string;
  readonly rootViewId: string;
  readonly view: View;
  /** As Slack sends it in `view.state.values`. */
  readonly values: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  /** Shown beside the inputs after `response_action: errors`, by block_id. */
  readonly errors: Readonly<Record<string, string>>;
}

/** What the app answered within Slack's 3 s, or how Slack would complain to the person. */
export type Acknowledgement =
  | { readonly acknowledged: true; readonly afterMs: number; readonly payload: unknown }
  | {
      readonly acknowledged: false;
      readonly error: 'operation_timeout' | 'dispatch_failed';
      readonly status?: number;
    };

/** A fault for the next `times` matching calls (every one until removed, where it isn't given). */
export interface SlackFault {
  /** A Web API method (`chat.postMessage`), or `response_url`; every one where it isn't given. */
  readonly method?: string;
  readonly channel?: string;
  readonly times?: number;
  readonly kind: /** `{ok: false, error}` */
    | { readonly type: 'error'; readonly error: string; readonly messages?: readonly string[] }
    | { readonly type: 'rate-limit'; readonly retryAfterSeconds: number }
    | { readonly type: 'http-500' }
    | { readonly type: 'latency'; readonly ms: number }
    /** The connection is reset before, or after, the call took effect: an answer lost. */
    | { readonly type: 'reset'; readonly execute: boolean };
}

export interface RecordedCall {
  readonly method: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly ok: boolean;
  readonly error: string | undefined;
  readonly at: number;
}

/** What a test or the page puts into an input, by block_id: text, an option's value, or several of them. */
export type InputValue = string | readonly string[] | null;

export interface SlackStandIn {
  /** For SLACK_API_URL: `http://127.0.0.1:41235/api/`. */
  readonly apiUrl: string;
  readonly team: { readonly id: string; readonly name: string; readonly domain: string };
  readonly appId: string;
  readonly botToken: string;
  readonly botUserId: string;
  readonly appToken: string;
  readonly signingSecret: string;

  /** Undefined (the start): Socket Mode. An address: requests are signed and POSTed there. */
  deliverTo(url: string | undefined): void;
  /** Resolves once a Socket Mode client is connected (at once in HTTP mode). */
  connected(): Promise<void>;

  addUser(user: StandInUser): void;
  addChannel(channel: StandInChannel): void;
  addUserGroup(group: {
    readonly id: string;
    readonly handle: string;
    readonly users: readonly string[];
  }): void;
  join(channel: string, user: string): void;
  leave(channel: string, user: string): void;
  archive(channel: string): void;
  deleteMessage(channel: string, ts: string): void;
  users(): readonly StandInUser[];
  channels(): readonly StandInChannel[];
  /** The DM between the bot and this person, made when first asked for. */
  directMessage(user: string): StandInChannel;

  /** Types a slash command; `command` is `/submit-opportunity` where it isn't given. */
  slashCommand(input: {
    readonly user: string;
    readonly channel: string;
    readonly text: string;
    readonly command?: string;
  }): Promise<Acknowledgement>;
  /** Presses a button of a message the person can see. */
  clickButton(input: {
    readonly user: string;
    readonly channel: string;
    readonly ts: string;
    readonly actionId: string;
    readonly blockId?: string;
  }): Promise<Acknowledgement>;
  /** Presses a button in the person's topmost view. */
  clickViewButton(input: {
    readonly user: string;
    readonly actionId: string;
    readonly blockId?: string;
  }): Promise<Acknowledgement>;
  /**
   * Fills inputs of the person's topmost view, by block_id, as typing and choosing would: refuses an option
   * the view doesn't offer. Where an input dispatches actions (`dispatch_action`, or an element outside an
   * input block), the app gets a `block_actions`.
   */
  fillIn(user: string, values: Readonly<Record<string, InputValue>>): Promise<void>;
  /** Presses Submit of the topmost view. Slack itself refuses empty required inputs: an error, nothing is delivered. */
  submitView(user: string): Promise<Acknowledgement>;
  /** Presses Close or Escape; the app hears `view_closed` only if the view asked for it. */
  closeView(user: string): Promise<void>;
  /** The person's topmost view. */
  view(user: string): OpenView | undefined;
  /** The whole stack, topmost last. */
  views(user: string): readonly OpenView[];
  /** Sends any interaction payload or event as it is (old versions, other workspaces, malformed ones). */
  deliver(
    kind: 'slash_commands' | 'interactive' | 'events_api',
    payload: Readonly<Record<string, unknown>>,
  ): Promise<Acknowledgement>;

  /** A channel's messages, oldest first, as `as` would see them (everything, where it isn't given). */
  messages(channel: string, as?: string): readonly StandInMessage[];
  /** Resolves with the newest message for which `matches` holds, now or later; rejects after `timeoutMs` (10 s), saying what there was. */
  waitForMessage(
    channel: string,
    matches: (message: StandInMessage) => boolean,
    options?: { readonly as?: string; readonly timeoutMs?: number },
  ): Promise<StandInMessage>;
  /** Resolves with the person's topmost view for which `matches` holds, now or later. */
  waitForView(
    user: string,
    matches: (view: OpenView) => boolean,
    options?: { readonly timeoutMs?: number },
  ): Promise<OpenView>;

  /** Every Web API and response_url call since the start, oldest first. */
  calls(method?: string): readonly RecordedCall[];
  injectFault(fault: SlackFault): () => void;
  clearFaults(): void;
  /** Drops every socket; clients reconnect by themselves. */
  disconnect(): void;
  /** Called after every change a person could see; the answer unsubscribes. */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}
