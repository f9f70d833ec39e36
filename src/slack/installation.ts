import { type AuthTestResponse, WebAPIPlatformError } from '@slack/web-api';
import { z } from 'zod';
import type { Trouble } from '../aws/errors.ts';

/** The app, and the workspace or the organisation that the bot's token is of. */
export interface Installation {
  /** Undefined: Slack didn't say. */
  readonly appId: string | undefined;
  /** The workspaces (T…) whose people may use the bot, one at least. */
  readonly workspaces: readonly string[];
  /** The organisation (E…) that they belong to; undefined: a workspace of its own. */
  readonly organisation: string | undefined;
  /** The token is the organisation's, and of no workspace: what is a workspace's own is asked for with its `team_id`. */
  readonly isOrgWide: boolean;
}

/** Whose the database is: the workspace's; where several workspaces are set, their organisation's. */
export const ownerOf = ({ workspaces, organisation }: Omit<Installation, 'appId'>): string =>
  (workspaces.length > 1 ? organisation : workspaces[0]) ?? '';

const ID = 'a workspace has its ID (T…) in the address of Slack in a browser: app.slack.com/client/T…';

/**
 * What the answer of `auth.test` and `SLACK_WORKSPACES` (`set`) say together. A token of one workspace serves that one; one
 * of a whole organisation those that are set, and none unless some are.
 */
export function readInstallation(
  { team_id, enterprise_id, is_enterprise_install: isOrgWide = false }: AuthTestResponse,
  set: readonly string[],
):
  | { readonly ok: true; readonly value: Omit<Installation, 'appId'> }
  | { readonly ok: false; readonly trouble: Trouble } {
  if (isOrgWide) {
    if (set.length > 0)
      return { ok: true, value: { workspaces: set, organisation: enterprise_id, isOrgWide } };
    return {
      ok: false,
      trouble: {
        says: `The app is installed for the whole organisation ${enterprise_id ?? ''}, and SLACK_WORKSPACES doesn't say whose people may use it.`,
        fix: `Name the workspaces there; ${ID}.`,
      },
    };
  }
  const own = team_id ?? '';
  if (set.some((workspace) => workspace !== own)) {
    return {
      ok: false,
      trouble: {
        says: `SLACK_BOT_TOKEN is of the workspace ${own}, and SLACK_WORKSPACES names others.`,
        fix: 'Leave SLACK_WORKSPACES out, or install the app for the organisation (manifest.organisation.yml).',
      },
    };
  }
  return { ok: true, value: { workspaces: [own], organisation: enterprise_id, isOrgWide } };
}

const addressed = z.object({
  api_app_id: z.string().optional(),
  /** In events: the installations that see it. */
  authorizations: z
    .array(z.object({ team_id: z.string().nullish(), enterprise_id: z.string().nullish() }))
    .optional(),
});

/** Whether a request is for another app, or another installation of this one. What it doesn't say counts as ours. */
export function isForOthers(
  body: unknown,
  { appId, workspaces, organisation, isOrgWide }: Installation,
): boolean {
  const read = addressed.safeParse(body);
  if (!read.success) return false;
  const { api_app_id, authorizations = [] } = read.data;
  if (appId !== undefined && api_app_id !== undefined && api_app_id !== appId) return true;
  // Of an installation for an organisation Slack names no workspace (observed: slackapi/bolt-js#1720).
  const isOurs = ({ team_id, enterprise_id }: (typeof authorizations)[number]) =>
    team_id == null
      ? enterprise_id == null || enterprise_id === organisation
      : workspaces.includes(team_id) || (isOrgWide && enterprise_id === organisation);
  return authorizations.length > 0 && !authorizations.some(isOurs);
}

/** Why `auth.test` with the bot's token failed. */
export function botTokenTrouble(error: unknown): Trouble {
  if (error instanceof WebAPIPlatformError) {
    return {
      says: `Slack does not accept SLACK_BOT_TOKEN (${error.data.error}).`,
      fix: 'Copy the Bot User OAuth Token (xoxb-…) from api.slack.com/apps → your app → OAuth & Permissions; after a change of scopes, reinstall the app first.',
    };
  }
  return {
    says: `Slack could not be reached to check SLACK_BOT_TOKEN: ${textOf(error)}.`,
    fix: 'Check the network: the bot needs HTTPS (port 443) to slack.com and its subdomains.',
  };
}

/** Why `apps.connections.open` with the app token failed. */
export function appTokenTrouble(error: unknown): Trouble {
  if (error instanceof WebAPIPlatformError) {
    return {
      says: `Slack does not accept SLACK_APP_TOKEN (${error.data.error}).`,
      fix: 'Make an app-level token (xapp-…) with the scope connections:write at api.slack.com/apps → your app → Basic Information, and switch Socket Mode on.',
    };
  }
  return { says: `The socket to Slack could not be opened: ${textOf(error)}.` };
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown error');
