import type { KnownBlock, PlainTextOption, View } from '@slack/types';
import type { Clock } from '../../src/clock.ts';

/** Starts a stand-in Slack workspace on loopback: `startSlack` in `server.ts`. */
export interface SlackOptions {
  readonly clock: Clock;
  /** 0 (the default): any free port. */
  readonly port?: number;
  /** Hold to one message a second a channel (with a small burst). Off by default: tests switch it on. */
  readonly rateLimits?: boolean;
  /** The scopes the app was granted; every one the stand-in knows (`scopes.ts`), but `chat:write.public`, where it isn't given. */
  readonly scopes?: readonly string[];
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
  /** People of another organisation are invited, and haven't come yet (Slack Connect). */
  readonly invited?: boolean;
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
  /** When a person edited it, as a ts. */
  readonly editedTs?: string;
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
      /** What was wrong with the answer, for whoever reads a failing test. */
      readonly reason?: string;
    };

/** A fault for the next `times` matching calls (every one until removed, where it isn't given). */
export interface SlackFault {
  /** A Web API method (`chat.postMessage`), or `response_url`; every one where it isn't given. */
  readonly method?: string;
  readonly channel?: string;
  /** Only calls with this argument: `thread_ts` for what Slack refuses as a reply, `blocks` for what it refuses for them. */
  readonly carrying?: 'thread_ts' | 'blocks';
  readonly times?: number;
  readonly kind: /** `{ok: false, error}` */
    | { readonly type: 'error'; readonly error: string; readonly messages?: readonly string[] }
    | { readonly type: 'rate-limit'; readonly retryAfterSeconds: number }
    | { readonly type: 'http-500' }
    | { readonly type: 'latency'; readonly ms: number }
    /** The connection is reset before, or after, the call took effect: an answer lost. */
    | { readonly type: 'reset'; readonly execute: boolean };
}

/** Why Slack asks a socket to close; a planned refresh begins with `warning`. */
export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets';

export interface RecordedCall {
  readonly method: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly ok: boolean;
  readonly error: string | undefined;
  /** What Slack accepts and a good app doesn't do: `missing_text`: blocks without a text for notifications. */
  readonly warnings: readonly string[];
  /** Milliseconds of the wall clock. */
  readonly at: number;
}

/** Options that an external select offers, under the label of their group. */
export interface OfferedGroup {
  readonly label: string | undefined;
  readonly options: readonly PlainTextOption[];
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
  /** HTTP mode: sends `url_verification`, as Slack does when the address is saved; whether the app echoed it. */
  verifyUrl(): Promise<boolean>;
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
  /** Invites people of another organisation into the channel (Slack Connect); false takes it back. */
  invite(channel: string, invited?: boolean): void;
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
    /** A thread the person types in: Slack refuses that, and so does the stand-in. */
    readonly threadTs?: string;
  }): Promise<Acknowledgement>;
  /** Chooses a message shortcut from a message's menu. */
  messageShortcut(input: {
    readonly user: string;
    readonly channel: string;
    readonly ts: string;
    readonly callbackId: string;
  }): Promise<Acknowledgement>;
  /** Posts as a person; where the text mentions the bot and the bot is there, the app gets an `app_mention`. */
  say(input: {
    readonly user: string;
    readonly channel: string;
    readonly text: string;
    readonly threadTs?: string;
  }): Promise<StandInMessage>;
  /**
   * Edits a message of their own: where it mentions the bot now, the app gets an `app_mention` again, with another
   * event_id, the same ts and `edited` (observed: slackapi/bolt-js#960, slack-go#1256).
   */
  editMessage(input: {
    readonly user: string;
    readonly channel: string;
    readonly ts: string;
    readonly text: string;
  }): Promise<StandInMessage>;
  /** Opens the app's home, its home tab or the messages beside it: the app gets an `app_home_opened`. */
  openHome(user: string, tab?: 'home' | 'messages'): Promise<Acknowledgement>;
  /** The home tab that was published for this person. */
  home(user: string): OpenView | undefined;
  /** Resolves with the person's home tab once `matches` holds for it, now or later. */
  waitForHome(
    user: string,
    matches: (view: OpenView) => boolean,
    options?: { readonly timeoutMs?: number },
  ): Promise<OpenView>;
  /**
   * Presses a button of a message the person can see (its confirmation dialog, if any, is confirmed). For a
   * select, an overflow menu, a checkbox or a date there, `value` is what is chosen. `seen`: the message as it still
   * stands on their screen, where it was changed meanwhile. Slack has made new block_ids then; whether it still sends
   * such a press nobody has written down, so the app gets it, with the message as it is now.
   */
  clickButton(input: {
    readonly user: string;
    readonly channel: string;
    readonly ts: string;
    readonly actionId: string;
    readonly blockId?: string;
    readonly value?: InputValue;
    readonly seen?: StandInMessage;
  }): Promise<Acknowledgement>;
  /** The same in the person's topmost view, or in their home tab where `home` is true. */
  clickViewButton(input: {
    readonly user: string;
    readonly actionId: string;
    readonly blockId?: string;
    readonly value?: InputValue;
    readonly home?: boolean;
  }): Promise<Acknowledgement>;
  /**
   * What an external select of the person's topmost view offers for what was typed: the app gets a
   * `block_suggestion` and has 3 s. `fillIn` then takes one of the options it gave. Rejects where the app
   * didn't answer in time or answered what Slack wouldn't show.
   */
  optionsFor(user: string, blockId: string, query: string): Promise<readonly PlainTextOption[]>;
  /**
   * The same, in the groups the app gave them in; one without a label where it gave none. In the person's home tab where
   * `home` is true.
   */
  optionGroupsFor(
    user: string,
    blockId: string,
    query: string,
    where?: { readonly home: boolean },
  ): Promise<readonly OfferedGroup[]>;
  /**
   * Fills inputs of the person's topmost view, by block_id, as typing and choosing would: refuses an option
   * the view doesn't offer. Where an input dispatches actions (`dispatch_action`, or an element outside an
   * input block), the app gets a `block_actions`.
   */
  fillIn(user: string, values: Readonly<Record<string, InputValue>>): Promise<void>;
  /** Presses Submit of the topmost view. Slack itself refuses empty required inputs: an error, nothing is delivered. */
  submitView(user: string): Promise<Acknowledgement>;
  /**
   * From now on what the app answers to a `view_submission` takes effect `ms` after it has arrived: an update that the
   * app sends right behind its answer is overtaken by it, as was seen (slackapi/bolt-js#639, #907). 0 at the start.
   */
  takeAnswersAfter(ms: number): void;
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

  /** Sends an event; the answer is to its first delivery. Where it fails, Slack sends it again: at once, after 1 and 5 minutes. */
  sendEvent(event: Readonly<Record<string, unknown>> & { readonly type: string }): Promise<Acknowledgement>;

  /** Every Web API and response_url call since the start, oldest first. */
  calls(method?: string): readonly RecordedCall[];
  injectFault(fault: SlackFault): () => void;
  clearFaults(): void;
  /**
   * Drops every socket; clients reconnect by themselves. With a reason, Slack's `disconnect` message is sent
   * instead and the client closes.
   */
  disconnect(reason?: DisconnectReason): void;
  /**
   * Cuts every socket as a network does, without a close that Slack would hear: clients reconnect, and Slack goes on
   * counting the old ones among the app's ten and sends them their share, which is lost (observed:
   * slackapi/bolt-js#2225, python-slack-sdk#1940).
   */
  cutSockets(): void;
  /** Called after every change a person could see; the answer unsubscribes. */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}
