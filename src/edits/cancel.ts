import type { Bot } from '../bot.ts';
import { notAllowed, type Who } from '../permissions.ts';
import type { Cancelled } from '../submissions/cancel.ts';

/**
 * Takes back an edit that isn't being sent yet, and with it the submission that was to follow, for anyone who may
 * submit. The database decides the race.
 */
export async function cancelEdit(
  bot: Pick<Bot, 'edits' | 'permissions' | 'clock' | 'lineage' | 'database' | 'wake'>,
  input: { readonly id: string; readonly who: Who },
): Promise<Cancelled> {
  const { edits, permissions, clock, lineage, database, wake } = bot;
  // It is noted of each that waits whether the records were set back: then it may have been sent.
  await lineage.setBack(database.db, clock.now());
  const edit = await edits.findEdit(input.id);
  if (edit === undefined) return { type: 'unknown-submission' };
  const instead = notAllowed(await permissions.ask(input.who, edit.channelId));
  if (instead !== undefined) return instead;
  if (edit.problem?.type === 'set-back') return { type: 'perhaps-sent' };
  const cancelled = await edits.cancelEdit(edit.id, input.who.userId, clock.now());
  if (cancelled === undefined) return { type: 'too-late' };
  wake();
  return { type: 'cancelled' };
}
