import type { Workspace } from './workspace.ts';

/** What Slack sends when the person presses Submit in the view they have open now, to be delivered at will. */
export function pressOf({ slack }: Workspace, user: string, by = user): Readonly<Record<string, unknown>> {
  const open = slack.view(user);
  if (open === undefined) throw new Error('No view is open.');
  return {
    type: 'view_submission',
    token: 'stand-in-verification-token',
    api_app_id: slack.appId,
    team: { id: slack.team.id, domain: slack.team.domain },
    user: { id: by, username: 'somebody', name: 'somebody', team_id: slack.team.id },
    trigger_id: '1.2.3',
    view: {
      ...open.view,
      id: open.id,
      hash: open.hash,
      root_view_id: open.rootViewId,
      state: { values: open.values },
    },
    response_urls: [],
    is_enterprise_install: false,
  };
}
