import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { askForHome } from '../../../messages/publish.ts';

/** Somebody opens the bot's home tab: it is published as things stand, and kept up to date from now on. */
export async function appHomeOpened(
  bot: Parameters<typeof askForHome>[0],
  { event, body }: SlackEventMiddlewareArgs<'app_home_opened'> & AllMiddlewareArgs,
): Promise<void> {
  // The event comes for the messages beside it too. Delivered again it does no harm.
  if (event.tab !== 'home') return;
  await askForHome(bot, { userId: event.user, teamId: body.team_id }, { type: 'opened' });
}
