import { expect, test } from 'vitest';
import { reads } from '../e2e/words-on-screen.ts';
import { FENCE } from './life-of-a-submission.ts';
import { liveUntil } from './live-until.ts';
import { ana, deals, openWorld, type World } from './world.ts';

const IDS = ['O1001', 'O1002', 'O1003'];

test.each([
  ['all are recorded and nothing is posted', 'before chat.postMessage'],
  ['Slack has the one message, and we have no answer', 'chat.postMessage sent'],
  ['the one message stands, and that is not written down', 'before update outbox (told_revision)'],
])(
  'killed when %s: each is sent once at most, and all is told under one message',
  {
    timeout: 60_000,
  },
  async (_, at) => {
    const world = await openWorld({ submitsPerSecond: 10 });
    try {
      for (const id of IDS) world.deal(id);
      const bot = await world.start();
      await world.fillForm(IDS.join(' '));
      await bot.count({ at, signal: 'SIGKILL' });
      const { died } = await liveUntil(world, bot, () => isToldOf(world));
      expect(died).toBe(true);
      expect(problemsOf(world, bot.struck() ?? [])).toEqual([]);
    } finally {
      await world.close();
    }
  },
);

/** Every one is at AWS, or known not to be, and there is nothing left to tell. */
async function isToldOf(world: World): Promise<boolean> {
  const [records, outbox] = [await world.records(), await world.outbox()];
  return (
    records.length === IDS.length &&
    records.every(({ state }) => ['submitted', 'already_submitted', 'not_seen'].includes(state)) &&
    outbox.every((message) => message.told_revision === message.revision)
  );
}

/** What isn't as it must be in the end, after a bot died having `passed` these points. */
function problemsOf({ aws, slack }: World, passed: readonly string[]): readonly string[] {
  const all = slack.messages(deals, ana);
  const lost = IDS.filter((id) => aws.submissionsExecuted(id) === 0);
  const batches = all.filter((message) => /\d (with AWS|waiting|need)/.test(reads(message)));
  const withAws = `${IDS.length - lost.length} with AWS`;
  const current = batches.filter((message) => reads(message).includes(withAws));
  const threads = all.filter(({ threadTs }) => threadTs !== undefined && threadTs === current[0]?.ts);
  // Slack had got a post that wasn't noted as told yet: nobody can know, and it may be posted again.
  const mayRepeat = passed.includes('chat.postMessage sent') ? 1 : 0;
  // The fence was passed and the request not written: a doubt that ends in "not seen", because nothing is resent.
  const count = (pattern: RegExp) => passed.filter((point) => pattern.test(point)).length;
  const mayBeLost = count(FENCE) - count(/^SubmitOpportunity sent/);
  // AWS executed it, and the bot died before it had the answer: a read finds it, and credits nobody.
  const sayings = (id: string) =>
    lost.includes(id)
      ? ['Probably not submitted']
      : ['Approval pending', "AWS has it; we can't tell whose request did it"];
  return [
    ...IDS.filter((id) => aws.submissionsExecuted(id) > 1).map((id) => `${id} was executed twice`),
    ...(lost.length <= mayBeLost ? [] : [`${lost.join(', ')} not submitted, though it could have been`]),
    ...IDS.filter(
      (id) => !threads.some((each) => sayings(id).some((saying) => reads(each).includes(`${saying}: ${id}`))),
    ).map((id) => `${id} has no message in the thread that says ${sayings(id).join(', or ')}`),
    ...(current.length === 1 ? [] : [`${current.length} messages are up to date`]),
    ...(batches.length <= 1 + mayRepeat ? [] : [`${batches.length} messages about all`]),
  ];
}
