import type { JsonObject } from '../json.ts';
import type { PlacedElement } from './elements.ts';
import { homeOf, installedAt, otherIdOf } from './grid.ts';
import { newId } from './ids.ts';
import type { StateValue, StateValues } from './input-values.ts';
import { messageJson, viewJson } from './slack-json.ts';
import type { StandInChannel, StandInMessage, StandInUser } from './stand-in.ts';
import type { SlackState } from './state.ts';
import type { StoredView } from './views.ts';

/**
 * What Slack sends to an app, in its shapes.
 * https://docs.slack.dev/reference/interaction-payloads/ and
 * https://docs.slack.dev/interactivity/implementing-slash-commands/
 */

/** Where an interaction happened. */
export type Place =
  | { readonly in: 'view'; readonly stored: StoredView }
  | {
      readonly in: 'message';
      readonly message: StandInMessage;
      readonly channel: StandInChannel;
      readonly responseUrl: string;
      readonly values: StateValues;
    };

/** Slack's names for channels in payloads: private ones and DMs don't give theirs away. */
function channelName(channel: StandInChannel): string {
  if (channel.kind === 'im') return 'directmessage';
  return channel.kind === 'private' ? 'privategroup' : channel.name;
}

function interaction(type: string, user: StandInUser, state: SlackState): JsonObject {
  const { installation } = state;
  return {
    type,
    token: installation.verificationToken,
    api_app_id: installation.appId,
    ...installedAt(state),
    user: {
      id: type === 'view_submission' ? otherIdOf(user, state) : user.id,
      username: user.name,
      name: user.name,
      team_id: homeOf(user, state),
    },
  };
}

function actionTimestamp(state: SlackState): string {
  return (state.clock.now().getTime() / 1000).toFixed(6);
}

export function commandPayload(
  input: {
    readonly user: StandInUser;
    readonly channel: StandInChannel;
    readonly command: string;
    readonly text: string;
    readonly triggerId: string;
    readonly responseUrl: string;
  },
  { installation, grid }: SlackState,
): JsonObject {
  return {
    token: installation.verificationToken,
    team_id: input.user.teamId ?? installation.team.id,
    team_domain: installation.team.domain,
    channel_id: input.channel.id,
    channel_name: channelName(input.channel),
    user_id: input.user.id,
    user_name: input.user.name,
    command: input.command,
    text: input.text,
    api_app_id: installation.appId,
    ...(grid === undefined ? {} : { enterprise_id: grid.id, enterprise_name: grid.name }),
    is_enterprise_install: String(grid?.isOrgWide ?? false),
    response_url: input.responseUrl,
    trigger_id: input.triggerId,
  };
}

/** The action in a `block_actions` payload. */
function actionOf(placed: PlacedElement, value: StateValue | undefined, state: SlackState): JsonObject {
  const { element, blockId, actionId } = placed;
  const shared = { action_id: actionId, block_id: blockId, action_ts: actionTimestamp(state) };
  if (element.type !== 'button') return { ...shared, ...(value ?? { type: element.type }) };
  return {
    ...shared,
    type: 'button',
    text: element.text,
    ...(element.value === undefined ? {} : { value: element.value }),
    ...(element.url === undefined ? {} : { url: element.url }),
    ...(element.style === undefined ? {} : { style: element.style }),
  };
}

function placeJson(place: Place, state: SlackState): JsonObject {
  if (place.in === 'view') {
    return {
      container: { type: 'view', view_id: place.stored.id },
      view: viewJson(place.stored, state),
    };
  }
  const { message, channel, responseUrl, values } = place;
  const ephemeral = message.ephemeralTo !== undefined;
  const hasReplies = state.workspace
    .messages(channel.id)
    .some(({ threadTs, ephemeralTo }) => threadTs === message.ts && ephemeralTo === undefined);
  // A message that has replies carries its own ts. https://docs.slack.dev/messaging/retrieving-messages
  const threadTs = message.threadTs ?? (hasReplies ? message.ts : undefined);
  const inThread = threadTs === undefined ? {} : { thread_ts: threadTs };
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...inThread,
    },
    channel: { id: channel.id, name: channelName(channel) },
    // Slack keeps no ephemeral messages, so it can't send them back.
    ...(ephemeral ? {} : { message: { ...messageJson(message, state), ...inThread } }),
    state: { values },
    response_url: responseUrl,
  };
}

export function blockActionsPayload(
  input: {
    readonly user: StandInUser;
    readonly place: Place;
    readonly placed: PlacedElement;
    readonly value: StateValue | undefined;
    readonly triggerId: string;
  },
  state: SlackState,
): JsonObject {
  return {
    ...interaction('block_actions', input.user, state),
    ...placeJson(input.place, state),
    trigger_id: input.triggerId,
    actions: [actionOf(input.placed, input.value, state)],
  };
}

export function blockSuggestionPayload(
  user: StandInUser,
  stored: StoredView,
  placed: PlacedElement,
  query: string,
  state: SlackState,
): JsonObject {
  return {
    ...interaction('block_suggestion', user, state),
    ...placeJson({ in: 'view', stored }, state),
    action_id: placed.actionId,
    block_id: placed.blockId,
    value: query,
  };
}

export function viewSubmissionPayload(
  user: StandInUser,
  stored: StoredView,
  triggerId: string,
  state: SlackState,
): JsonObject {
  return {
    ...interaction('view_submission', user, state),
    trigger_id: triggerId,
    view: viewJson(stored, state),
    response_urls: [],
  };
}

export function viewClosedPayload(
  user: StandInUser,
  stored: StoredView,
  isCleared: boolean,
  state: SlackState,
): JsonObject {
  return {
    ...interaction('view_closed', user, state),
    view: viewJson(stored, state),
    is_cleared: isCleared,
  };
}

export function messageShortcutPayload(
  input: {
    readonly user: StandInUser;
    readonly message: StandInMessage;
    readonly channel: StandInChannel;
    readonly callbackId: string;
    readonly triggerId: string;
    readonly responseUrl: string;
  },
  state: SlackState,
): JsonObject {
  return {
    ...interaction('message_action', input.user, state),
    action_ts: actionTimestamp(state),
    callback_id: input.callbackId,
    trigger_id: input.triggerId,
    response_url: input.responseUrl,
    message_ts: input.message.ts,
    channel: { id: input.channel.id, name: channelName(input.channel) },
    message: messageJson(input.message, state),
  };
}

/** https://docs.slack.dev/apis/events-api/#callback-field */
export function eventPayload(event: JsonObject, { installation, clock, grid }: SlackState): JsonObject {
  return {
    token: installation.verificationToken,
    team_id: installation.team.id,
    api_app_id: installation.appId,
    event,
    type: 'event_callback',
    event_id: newId('Ev'),
    event_time: Math.floor(clock.now().getTime() / 1000),
    authorizations: [
      {
        enterprise_id: grid?.id ?? null,
        team_id: grid?.isOrgWide ? null : installation.team.id,
        user_id: installation.botUserId,
        is_bot: true,
        is_enterprise_install: grid?.isOrgWide ?? false,
      },
    ],
    is_ext_shared_channel: false,
  };
}
