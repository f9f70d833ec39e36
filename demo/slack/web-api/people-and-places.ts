import { type JsonObject, stringOf } from '../../json.ts';
import { isGroupOf, workspaceProblem } from '../grid.ts';
import { channelJson, userJson } from '../slack-json.ts';
import { type Method, missing, refuse } from './answer.ts';
import { findChannel, isMember } from './channels.ts';

/** https://docs.slack.dev/reference/methods/users.info */
const usersInfo: Method = (args, state) => {
  const id = stringOf(args.user);
  if (id === undefined) return missing('user');
  const user = state.workspace.user(id);
  return user === undefined ? refuse('user_not_found') : { ok: true, user: userJson(user, state) };
};

/** https://docs.slack.dev/reference/methods/usergroups.users.list */
const userGroupUsers: Method = (args, state) => {
  const id = stringOf(args.usergroup);
  if (id === undefined) return missing('usergroup');
  const teamId = stringOf(args.team_id);
  const problem = workspaceProblem(teamId, state);
  if (problem !== undefined) return refuse(problem);
  const group = isGroupOf(id, teamId, state) ? state.workspace.userGroup(id) : undefined;
  return group === undefined ? refuse('no_such_subteam') : { ok: true, users: group.users };
};

/** https://docs.slack.dev/reference/methods/bots.info */
const botsInfo: Method = (args, state) => {
  const { installation } = state;
  const problem = workspaceProblem(stringOf(args.team_id), state);
  if (problem !== undefined) return refuse(problem);
  return args.bot !== undefined && args.bot !== installation.botId
    ? refuse('bot_not_found')
    : {
        ok: true,
        bot: {
          id: installation.botId,
          deleted: false,
          name: 'opportunity-bot',
          app_id: installation.appId,
          user_id: installation.botUserId,
          icons: {},
        },
      };
};

/** https://docs.slack.dev/reference/methods/conversations.info */
const conversationsInfo: Method = (args, state) => {
  const id = stringOf(args.channel);
  if (id === undefined) return missing('channel');
  const channel = state.workspace.user(id) === undefined ? findChannel(id, state) : undefined;
  return channel === undefined
    ? refuse('channel_not_found')
    : { ok: true, channel: channelJson(channel, state) };
};

/** Pages by `limit` and `cursor`. https://docs.slack.dev/reference/methods/conversations.members */
const conversationsMembers: Method = (args, state) => {
  const id = stringOf(args.channel);
  if (id === undefined) return missing('channel');
  const channel = state.workspace.user(id) === undefined ? findChannel(id, state) : undefined;
  if (channel === undefined) return refuse('channel_not_found');
  if (channel.kind === 'im' && !isMember(channel, state)) return refuse('channel_not_found');
  return paged('members', channel.members, args);
};

/** The DM with one person. https://docs.slack.dev/reference/methods/conversations.open */
const conversationsOpen: Method = (args, state) => {
  const id = stringOf(args.users);
  if (id === undefined) return missing('users');
  const user = state.workspace.user(id);
  if (user === undefined) return refuse('user_not_found');
  if (user.kind === 'deactivated') return refuse('user_disabled');
  if (user.kind === 'bot') return refuse('cannot_dm_bot');
  const channel = state.workspace.directMessage(user.id, state.installation.botUserId);
  return { ok: true, channel: { id: channel.id } };
};

/** A page of `all` under `key`, by `limit` and `cursor`. https://docs.slack.dev/apis/web-api/pagination */
function paged(key: string, all: readonly unknown[], args: JsonObject): ReturnType<Method> {
  const limit = Number(args.limit ?? 100);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) return refuse('invalid_limit');
  const start = Number(Buffer.from(stringOf(args.cursor) ?? '', 'base64').toString() || 0);
  if (!Number.isInteger(start)) return refuse('invalid_cursor');
  const end = start + limit;
  return {
    ok: true,
    [key]: all.slice(start, end),
    response_metadata: { next_cursor: end < all.length ? Buffer.from(String(end)).toString('base64') : '' },
  };
}

/** Public ones, and private ones that the bot is in. https://docs.slack.dev/reference/methods/conversations.list */
const conversationsList: Method = (args, state) => {
  const types = (stringOf(args.types) ?? 'public_channel').split(',');
  const isAskedFor = { public: 'public_channel', private: 'private_channel', im: 'im' };
  const found = state.workspace
    .channels()
    .filter(({ id, kind }) => types.includes(isAskedFor[kind]) && findChannel(id, state) !== undefined)
    .filter(({ archived }) => !(archived === true && String(args.exclude_archived) === 'true'));
  return paged(
    'channels',
    found.map((channel) => channelJson(channel, state)),
    args,
  );
};

/** https://docs.slack.dev/reference/methods/users.list */
const usersList: Method = (args, state) =>
  paged(
    'members',
    state.workspace.users().map((user) => userJson(user, state)),
    args,
  );

/** https://docs.slack.dev/reference/methods/usergroups.list */
const userGroupsList: Method = (_args, { workspace }) => ({
  ok: true,
  usergroups: workspace
    .userGroups()
    .map(({ id, handle, users }) => ({ id, handle, name: handle, date_delete: 0, user_count: users.length })),
});

export const peopleAndPlacesMethods: Readonly<Record<string, Method>> = {
  'users.info': usersInfo,
  'usergroups.users.list': userGroupUsers,
  'bots.info': botsInfo,
  'conversations.info': conversationsInfo,
  'conversations.members': conversationsMembers,
  'conversations.open': conversationsOpen,
  'conversations.list': conversationsList,
  'users.list': usersList,
  'usergroups.list': userGroupsList,
};
