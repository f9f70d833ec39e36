import type { AllMiddlewareArgs, AnyMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import type { Logger } from '../observability/log.ts';
import type { Installation } from './installation.ts';

const addressed = z.object({
  api_app_id: z.string().optional(),
  /** In events: the installations that see it. */
  authorizations: z
    .array(z.object({ team_id: z.string().nullish(), enterprise_id: z.string().nullish() }))
    .optional(),
});

/** Whether Slack means another app, or another installation of this one; what a request doesn't say counts as ours. */
export function isForOthers(
  body: unknown,
  { appId, workspaces, organisation, isOrgWide }: Installation,
): boolean {
  const read = addressed.safeParse(body);
  if (!read.success) return false;
  const { api_app_id, authorizations = [] } = read.data;
  if (appId !== undefined && api_app_id !== undefined && api_app_id !== appId) return true;
  // Of an installation for an organisation no workspace is said (observed: slackapi/bolt-js#1720).
  const isOurs = ({ team_id, enterprise_id }: (typeof authorizations)[number]) =>
    team_id == null
      ? enterprise_id == null || enterprise_id === organisation
      : workspaces.includes(team_id) || (isOrgWide && enterprise_id === organisation);
  return authorizations.length > 0 && !authorizations.some(isOurs);
}

/**
 * Stops what is for others before any listener sees it. It comes about where the bot's token is of one app, and the app
 * token or the signing secret of another. (People of other workspaces, in shared channels, are answered: not here.)
 */
export const ownAppOnly =
  (installation: () => Installation | undefined, log: Logger) =>
  async ({ body, next }: AnyMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const own = installation();
    if (own !== undefined && isForOthers(body, own)) {
      log.error(
        'a request for another Slack app or workspace was refused: SLACK_BOT_TOKEN has to be of the same app as SLACK_APP_TOKEN or SLACK_SIGNING_SECRET',
      );
      return;
    }
    await next();
  };
