import type { Who } from '../../submissions/permissions.ts';

/** The person of an interaction, with the workspace they belong to (in Slack Connect, perhaps not ours). */
export function whoOf(body: {
  readonly user: { readonly id: string; readonly team_id?: string };
  readonly team?: { readonly id: string } | null;
}): Who {
  return { userId: body.user.id, teamId: body.user.team_id ?? body.team?.id ?? '' };
}
