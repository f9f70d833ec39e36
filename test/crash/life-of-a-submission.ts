import type { BotProcess } from './bot-process.ts';
import { JUMP_MS, type Lived, liveUntil } from './live-until.ts';
import { catalog, type World } from './world.ts';

/** The fence before sending, as its commit is named: from here on the request may go out. */
export const FENCE = /^after commit of .*update submissions \(state\).*update write_quota \(next_at\)/;

/**
 * Presses Submit in the form that stands open, lets AWS approve what it got, and lets time pass until the decision
 * (or that nothing was submitted) has been told; as `liveUntil` does.
 */
export async function liveThrough(world: World, first: BotProcess, id: string): Promise<Lived> {
  const { aws } = world;
  let approved = false;
  return liveUntil(world, first, async () => {
    const settled = await settlement(world, id);
    if (settled === 'waits for AWS' && !approved) {
      aws.review(catalog, id, 'Approved');
      approved = true;
      await world.pass(JUMP_MS);
    }
    return settled === 'decided' || settled === 'not seen';
  });
}

type Settlement = 'under way' | 'waits for AWS' | 'decided' | 'not seen';

/** How far it is, by the record alone; whatever is untold isn't over. */
async function settlement(world: World, id: string): Promise<Settlement> {
  const [record] = (await world.records()).filter(({ opportunity_id }) => opportunity_id === id);
  const outbox = await world.outbox();
  if (record === undefined || outbox.some((message) => message.told_revision < message.revision)) {
    return 'under way';
  }
  if (record.state === 'not_seen') return 'not seen';
  if (record.state !== 'submitted' && record.state !== 'already_submitted') return 'under way';
  return record.review_status === 'Approved' ? 'decided' : 'waits for AWS';
}
