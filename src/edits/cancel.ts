import type { Bot } from '../bot.ts';
import { notAllowed, type Who } from '../permissions.ts';
import { type Cancelled, cancel } from '../submissions/cancel.ts';

/**
 * Takes back an edit that isn't being sent yet, and the submission that was to follow, whatever has become of the edit,
 * unless that is being sent itself; for anyone who may submit. The database decides the race.
 */
export async function cancelEdit(
  bot: Pick<Bot, 'edits' | 'store' | 'permissions' | 'clock' | 'lineage' | 'database' | 'wake'>,
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
  if (cancelled === undefined) {
    // AWS has it, or gets it now. What follows it may be recorded by now, and wait.
    const then = (await edits.findEdit(edit.id))?.thenSubmit;
    if (then?.type === 'recorded') return cancel(bot, { id: then.submissionId, who: input.who });
    return { type: then?.type === 'dropped' && then.why === 'cancelled' ? 'only-saved' : 'too-late' };
  }
  wake();
  return { type: 'cancelled' };
}
