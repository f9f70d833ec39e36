import { type JsonObject, stringOf } from '../../json.ts';
import { neededScope } from '../scopes.ts';
import type { SlackState } from '../state.ts';
import { type Answer, type Method, refuse } from './answer.ts';
import { chatMethods } from './chat.ts';
import { peopleAndPlacesMethods } from './people-and-places.ts';
import { viewMethods } from './views.ts';

/** https://docs.slack.dev/reference/methods/auth.test */
const authTest: Method = (_args, { installation, workspace, grid }) => ({
  ok: true,
  url: `https://${installation.team.domain}.slack.com/`,
  team: installation.team.name,
  user: workspace.user(installation.botUserId)?.name,
  team_id: installation.team.id,
  user_id: installation.botUserId,
  bot_id: installation.botId,
  ...(grid === undefined ? {} : { enterprise_id: grid.id }),
  is_enterprise_install: grid?.isOrgWide ?? false,
});

const METHODS: Readonly<Record<string, Method>> = {
  'auth.test': authTest,
  ...chatMethods,
  ...viewMethods,
  ...peopleAndPlacesMethods,
};

/** A Web API call, as it came. */
export interface WebApiCall {
  readonly method: string;
  readonly arguments: JsonObject;
  /** From the Authorization header, else from the arguments. */
  readonly token: string | undefined;
}

/** Why the token won't do, by Slack's name. */
function tokenProblem({ method, token }: WebApiCall, { installation }: SlackState): string | undefined {
  if (token === undefined) return 'not_authed';
  if (token !== installation.botToken && token !== installation.appToken) return 'invalid_auth';
  const wanted = method === 'apps.connections.open' ? installation.appToken : installation.botToken;
  return token === wanted ? undefined : 'not_allowed_token_type';
}

/** Answers a call as Slack would; `newAddress` gives out Socket Mode addresses. */
export function answerCall(call: WebApiCall, state: SlackState, newAddress: () => string): Answer {
  const run =
    call.method === 'apps.connections.open'
      ? (): Answer => ({ ok: true, url: newAddress() })
      : METHODS[call.method];
  if (run === undefined) return { ok: false, error: 'unknown_method', req_method: call.method };
  const problem = tokenProblem(call, state);
  if (problem !== undefined) return refuse(problem);
  const needed = neededScope(call.method, call.arguments, state);
  if (needed !== undefined && !state.scopes.has(needed))
    return { ok: false, error: 'missing_scope', needed, provided: [...state.scopes].join(',') };
  return run(call.arguments, state);
}

/** The token a request carries. */
export function tokenOf(authorization: string | undefined, args: JsonObject): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1] ?? stringOf(args.token);
}
