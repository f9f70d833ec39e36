import { setTimeout as delay } from 'node:timers/promises';
import { deals, type World } from '../crash/world.ts';

const OPEN = new Set(['requested', 'sending', 'uncertain']);

/** Lets time pass until everything is settled and told, and compares what was told with what AWS did. */
export async function theEnd(world: World) {
  const isOver = async () => {
    const [records, outbox] = [await world.records(), await world.outbox()];
    return (
      records.every(({ state }) => !OPEN.has(state)) &&
      outbox.every((message) => message.told_revision === message.revision)
    );
  };
  for (let jumps = 0; jumps < 200 && !(await isOver()); jumps += 1) {
    await delay(250);
    await world.pass(61_000);
  }
  return whatWasTold(world);
}

/** What the one message must say, and whether AWS must have executed it. */
const TRUTH: Readonly<Record<string, { readonly words: string; readonly executed: number }>> = {
  submitted: { words: 'Approval pending', executed: 1 },
  already_submitted: { words: 'AWS has it', executed: 1 },
  not_seen: { words: 'Probably not submitted', executed: 0 },
  expired: { words: 'Not sent', executed: 0 },
};

async function whatWasTold(world: World) {
  const records = await world.records();
  const outbox = await world.outbox();
  const messages = new Map(world.slack.messages(deals).map((message) => [message.ts, message]));
  const problems: string[] = [];
  const outcomes: Record<string, number> = {};
  for (const { opportunity } of world.aws.opportunities()) {
    const id = opportunity.Id;
    const executed = world.aws.submissionsExecuted(id);
    const requests = world.aws.requests('SubmitOpportunity').filter(({ body }) => body.Identifier === id);
    const own = records.filter((record) => record.opportunity_id === id);
    const [record] = own;
    if (record === undefined || own.length > 1) {
      problems.push(`${id}: ${own.length} records`);
      continue;
    }
    outcomes[record.state] = (outcomes[record.state] ?? 0) + 1;
    const truth = TRUTH[record.state];
    const queued = outbox.find(
      (candidate) => candidate.submission_id === record.id && candidate.kind === 'submission',
    );
    const message = messages.get(queued?.message_ts ?? '');
    const words = message?.text ?? 'nothing';
    if (executed !== truth?.executed) problems.push(`${id}: ${record.state}, executed ${executed} times`);
    if (requests.slice(0, -1).some((request) => request.executed)) problems.push(`${id}: sent again`);
    if (queued?.told_revision !== queued?.revision) problems.push(`${id}: untold`);
    if (truth === undefined || !words.includes(truth.words))
      problems.push(`${id}: ${record.state}, and the message says: ${words}`);
  }
  return { outcomes, problems };
}
