import { setTimeout as delay } from 'node:timers/promises';
import { textAt } from '../demo/json.ts';
import { anOpportunity } from '../demo/partner-central/opportunities.ts';
import { isOpenState } from '../src/attempts/sendable.ts';
import { ana, catalog, type World, wasTaken } from '../test/crash/world.ts';
import type { Replicas } from '../test/replicas/trouble.ts';

/** Longer than a lease and than the time between two polls. */
const JUMP_MS = 61_000;
const MOST_JUMPS = 120;
/** Of the machine: looks in a row at which nothing has changed, and how far apart. */
const STILL_LOOKS = 4;
const LOOK_EVERY_MS = 60;
/** Longer than anything is executed late, and than between two looks at what isn't seen. */
const UNTIL_LOOKED_AGAIN_MS = 25 * 60 * 60_000;
const STILL = `after ${MOST_JUMPS} minutes of peace there is still something to do`;
const UNKNOWN_STATUSES: ReadonlySet<string | undefined> = new Set(['On hold', 'In-Review']);
const LAST_DEAL = 'O7777777';

/**
 * Takes every disturbance away and lets time pass until nothing is left to do; then submits once more, as somebody
 * does who knows nothing of all this. Answers what didn't come about.
 */
export async function makePeace(world: World, replicas: Replicas): Promise<readonly string[]> {
  const { slack, aws } = world;
  aws.clearFaults();
  aws.behave({ submitLagMs: 0 });
  slack.clearFaults();
  world.setWallClock(0);
  // A doubt that AWS answers with a status nobody knows stays one until a person lets it go.
  for (const { opportunity } of aws.opportunities()) {
    if (UNKNOWN_STATUSES.has(textAt(opportunity, 'LifeCycle.ReviewStatus'))) {
      aws.review(catalog, opportunity.Id, 'In review');
    }
  }
  for (const { id } of slack.channels()) slack.join(id, slack.botUserId);
  for (const bot of replicas.running) bot.signal('SIGCONT');
  await slack.connected();
  if (!(await settles(world))) return [STILL];
  // What AWS executes late is found by looking once a day.
  await world.pass(UNTIL_LOOKED_AGAIN_MS);
  if (!(await settles(world))) return [STILL];
  return submitsOnceMore(world);
}

/**
 * Lets time pass until everything is decided and told, and stays so: a bot that has just been told that time has passed, or
 * reads the deal that AWS has accepted, has more to say in a moment.
 */
async function settles(world: World): Promise<boolean> {
  const { aws, slack } = world;
  let before = '';
  let still = 0;
  for (let jumps = 0; jumps < MOST_JUMPS; ) {
    await delay(LOOK_EVERY_MS);
    const now = `${aws.requests().length} ${slack.calls().length} ${await world.fingerprint()}`;
    still = now === before ? still + 1 : 0;
    before = now;
    if (still < STILL_LOOKS) continue;
    if (await isOver(world)) return true;
    still = 0;
    jumps += 1;
    await world.pass(JUMP_MS);
  }
  return false;
}

async function isOver({ records, edits, outbox }: World): Promise<boolean> {
  const open = [...(await records()), ...(await edits())].some(({ state }) => isOpenState(state));
  return !open && (await outbox()).every((message) => message.told_revision === message.revision);
}

async function submitsOnceMore(world: World): Promise<readonly string[]> {
  const { slack, aws, clock } = world;
  aws.seed(anOpportunity({ id: LAST_DEAL, catalog, now: clock.now() }));
  while (slack.view(ana) !== undefined) await slack.closeView(ana);
  await world.fillForm(LAST_DEAL);
  if (!wasTaken(await slack.submitView(ana))) return ['in peace a submission was not taken'];
  if (!(await settles(world))) return ['in peace a submission did not come to an end'];
  return aws.submissionsExecuted(LAST_DEAL) === 1 ? [] : ['in peace a submission did not reach AWS'];
}
