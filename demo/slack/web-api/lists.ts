import type { JsonObject } from '../json.ts';
import { stringOf } from '../json.ts';
import { channelJson, userJson } from '../slack-json.ts';
import type { Method } from './answer.ts';
import { refuse } from './answer.ts';
import { findChannel } from './channels.ts';

/** A page of `all` under `key`, by `limit` and `cursor`. https://docs.slack.dev/apis/web-api/pagination */
export function paged(key: string, all: readonly unknown[], args: JsonObject): ReturnType<Method> {
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

export const listMethods: Readonly<Record<string, Method>> = {
  'conversations.list': conversationsList,
  'users.list': usersList,
  'usergroups.list': userGroupsList,
};
