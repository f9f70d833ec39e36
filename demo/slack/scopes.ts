import { type JsonObject, stringOf } from '../json.ts';
import type { StandInChannel } from './stand-in.ts';
import type { SlackState } from './state.ts';

/** Every scope the stand-in knows, but `chat:write.public`, with which a bot needn't be in a channel. */
export const ALL_SCOPES: readonly string[] = [
  'app_mentions:read',
  'channels:read',
  'chat:write',
  'commands',
  'groups:read',
  'im:read',
  'im:write',
  'usergroups:read',
  'users:read',
];

const NEEDED: Readonly<Record<string, string>> = {
  'chat.postMessage': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'chat.update': 'chat:write',
  'chat.delete': 'chat:write',
  'conversations.open': 'im:write',
  'users.info': 'users:read',
  'bots.info': 'users:read',
  'users.list': 'users:read',
  'usergroups.list': 'usergroups:read',
  'usergroups.users.list': 'usergroups:read',
};

const READING: Readonly<Record<StandInChannel['kind'], string>> = {
  public: 'channels:read',
  private: 'groups:read',
  im: 'im:read',
};

/** The scope a call needs, by its method's page; undefined where it needs none. */
export function neededScope(method: string, args: JsonObject, state: SlackState): string | undefined {
  if (method === 'conversations.list') {
    const types = (stringOf(args.types) ?? 'public_channel').split(',');
    const wanted = types.map((type) => READING[type === 'private_channel' ? 'private' : 'public']);
    return wanted.find((scope) => !state.scopes.has(scope)) ?? wanted[0];
  }
  if (method !== 'conversations.info' && method !== 'conversations.members') return NEEDED[method];
  const channel = state.workspace.channel(stringOf(args.channel) ?? '');
  return READING[channel?.kind ?? 'public'];
}
