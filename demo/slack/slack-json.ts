import type { JsonObject } from '../json.ts';
import { organisationJson } from './grid.ts';
import type { StandInChannel, StandInMessage, StandInUser } from './stand-in.ts';
import type { SlackState } from './state.ts';
import type { StoredView } from './views.ts';

/** A message as Slack's answers and payloads show it. https://docs.slack.dev/reference/events/message/ */
export function messageJson(message: StandInMessage, { installation }: SlackState): JsonObject {
  const byBot = message.user === installation.botUserId;
  return {
    type: 'message',
    user: message.user,
    ts: message.ts,
    text: message.text,
    team: installation.team.id,
    ...(byBot ? { bot_id: installation.botId, app_id: installation.appId } : {}),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    ...(message.edited ? { edited: { user: message.user, ts: message.editedTs ?? message.ts } } : {}),
  };
}

/** A view as Slack's answers and payloads show it. https://docs.slack.dev/reference/views/ */
export function viewJson(stored: StoredView, { installation, grid }: SlackState): JsonObject {
  const { view } = stored;
  const shared = {
    id: stored.id,
    team_id: installation.team.id,
    type: view.type,
    blocks: view.blocks,
    private_metadata: view.private_metadata ?? '',
    callback_id: view.callback_id ?? '',
    external_id: view.external_id ?? '',
    state: { values: stored.values },
    hash: stored.hash,
    root_view_id: stored.rootViewId,
    previous_view_id: stored.previousViewId ?? null,
    app_id: installation.appId,
    app_installed_team_id: grid?.isOrgWide ? grid.id : installation.team.id,
    bot_id: installation.botId,
  };
  if (view.type === 'home') {
    return { ...shared, title: { type: 'plain_text', text: 'View Title', emoji: true } };
  }
  return {
    ...shared,
    title: view.title,
    submit: view.submit ?? null,
    close: view.close ?? null,
    clear_on_close: view.clear_on_close ?? false,
    notify_on_close: view.notify_on_close ?? false,
  };
}

/** A person as `users.info` shows them. https://docs.slack.dev/reference/objects/user-object/ */
export function userJson(user: StandInUser, state: SlackState): JsonObject {
  const { installation } = state;
  const teamId = user.teamId ?? installation.team.id;
  return {
    id: user.id,
    team_id: teamId,
    name: user.name,
    deleted: user.kind === 'deactivated',
    real_name: user.realName,
    tz: user.timeZone ?? 'America/Los_Angeles',
    profile: {
      real_name: user.realName,
      display_name: user.name,
      team: teamId,
      ...(user.kind === 'bot' ? { api_app_id: installation.appId, bot_id: installation.botId } : {}),
    },
    is_bot: user.kind === 'bot',
    is_app_user: false,
    updated: 0,
    ...organisationJson(user, state),
    ...(isOutOfSight(user, state) ? { is_stranger: true } : {}),
    ...(user.kind === 'deactivated'
      ? {}
      : {
          is_admin: false,
          is_owner: false,
          is_primary_owner: false,
          is_restricted: user.kind === 'guest' || user.kind === 'single-channel-guest',
          is_ultra_restricted: user.kind === 'single-channel-guest',
        }),
  };
}

/** Of another workspace, and in no channel with the bot: only there does Slack say `is_stranger`. */
function isOutOfSight(user: StandInUser, { workspace, installation }: SlackState): boolean {
  const isSeen = ({ members }: StandInChannel) =>
    members.includes(user.id) && members.includes(installation.botUserId);
  return user.kind === 'stranger' && !workspace.channels().some(isSeen);
}

/** A conversation as `conversations.info` shows it. */
export function channelJson(channel: StandInChannel, { installation, workspace }: SlackState): JsonObject {
  const shared = {
    id: channel.id,
    created: 0,
    is_archived: channel.archived === true,
    is_org_shared: false,
    context_team_id: installation.team.id,
  };
  const bot = installation.botUserId;
  if (channel.kind === 'im') {
    const user = channel.members.find((member) => member !== bot);
    return { ...shared, is_im: true, user, is_open: true };
  }
  const withStrangers = channel.members.some((member) => workspace.user(member)?.kind === 'stranger');
  return {
    ...shared,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: channel.kind === 'private',
    is_general: false,
    is_shared: withStrangers,
    is_ext_shared: withStrangers,
    is_pending_ext_shared: channel.invited === true,
    is_member: channel.members.includes(bot),
    num_members: channel.members.length,
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  };
}
