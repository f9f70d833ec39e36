import type { JsonObject } from '../json.ts';
import type { StandInUser } from './stand-in.ts';
import type { SlackState } from './state.ts';

/**
 * Enterprise Grid: the workspace belongs to an organisation. What Slack's payloads and answers look like there was
 * observed (looker/lookerbot#184, slackapi/bolt-js#1875 and #2608, java-slack-sdk's recorded answers).
 */
export interface Grid {
  readonly id: string;
  readonly name: string;
  /** The app is installed for the organisation, not only for this workspace. */
  readonly isOrgWide?: boolean;
  /** Its other workspaces, with the user groups that each has. */
  readonly others?: Readonly<Record<string, { readonly userGroups: readonly string[] }>>;
  /** By the ID that the workspace has for them. */
  readonly people: Readonly<Record<string, GridPerson>>;
}

export interface GridPerson {
  /** The same person's other ID: some methods and payloads give the one (`U…`), some the other (`W…`). */
  readonly twinId?: string;
  /** Another workspace of the organisation, which payloads name as theirs though they are members of this one. */
  readonly homeTeamId?: string;
  /** They are no member of this workspace, only of that one. */
  readonly isElsewhere?: boolean;
}

const personOf = ({ id }: StandInUser, { grid }: SlackState): GridPerson => grid?.people[id] ?? {};

/** The ID by which some payloads (`view_submission`, `app_home_opened`) and answers name a person. */
export const otherIdOf = (user: StandInUser, state: SlackState): string =>
  personOf(user, state).twinId ?? user.id;

/** What a payload says is a person's workspace. */
export const homeOf = (user: StandInUser, state: SlackState): string =>
  personOf(user, state).homeTeamId ?? user.teamId ?? state.installation.team.id;

/** The workspace of an interaction; null where the app is installed for the organisation. */
export function installedAt({ grid, installation: { team } }: SlackState): JsonObject {
  if (grid === undefined) {
    return { team: { id: team.id, domain: team.domain }, enterprise: null, is_enterprise_install: false };
  }
  const { id, name, isOrgWide = false } = grid;
  return {
    team: isOrgWide ? null : { id: team.id, domain: team.domain, enterprise_id: id, enterprise_name: name },
    enterprise: { id, name },
    is_enterprise_install: isOrgWide,
  };
}

/**
 * Why a call with this `team_id` is refused. What belongs to a workspace is asked of an organisation's token with it
 * (slack-api-ref: usergroups.users.list, bots.info); by which error the lack of it is refused nobody has written down.
 */
export function workspaceProblem(
  teamId: string | undefined,
  { grid, installation }: SlackState,
): 'missing_argument' | 'team_access_not_granted' | undefined {
  if (grid?.isOrgWide !== true) return undefined;
  if (teamId === undefined) return 'missing_argument';
  return [installation.team.id, ...Object.keys(grid.others ?? {})].includes(teamId)
    ? undefined
    : 'team_access_not_granted';
}

/** Whether a user group is one of that workspace's. */
export const isGroupOf = (
  group: string,
  teamId: string | undefined,
  { grid, installation }: SlackState,
): boolean => {
  const elsewhere = Object.entries(grid?.others ?? {}).find(([, { userGroups }]) =>
    userGroups.includes(group),
  );
  return (elsewhere?.[0] ?? installation.team.id) === (teamId ?? installation.team.id);
};

/** What `users.info` adds for a member of the organisation, and instead of what; nothing outside of Grid. */
export function organisationJson(user: StandInUser, state: SlackState): JsonObject {
  const { grid, installation } = state;
  if (grid === undefined || user.kind === 'stranger' || user.kind === 'bot') return {};
  const { homeTeamId, isElsewhere = false } = personOf(user, state);
  const teams = [
    ...(isElsewhere ? [] : [installation.team.id]),
    ...(homeTeamId === undefined ? [] : [homeTeamId]),
  ];
  return {
    id: otherIdOf(user, state),
    team_id: homeTeamId,
    teams,
    enterprise_id: grid.id,
    enterprise_user: {
      id: otherIdOf(user, state),
      enterprise_id: grid.id,
      enterprise_name: grid.name,
      is_admin: false,
      is_owner: false,
      teams,
    },
  };
}
