import { WebAPIPlatformError } from '@slack/web-api';
import type { Trouble } from '../aws/access.ts';

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
