import { expect, test } from 'vitest';
import { reads } from '../e2e/words-on-screen.ts';
import { DEAL, FENCE, liveThrough } from './life-of-a-submission.ts';
import { ana, openWorld, shown, type World } from './world.ts';

/** What is on the way in any case, whatever is done by how many hands. */
const IMPORTANT = [
  /^before commit of insert into submissions/,
  /^after commit of insert into submissions/,
  /^before GetOpportunity/,
  /^GetOpportunity answered/,
  new RegExp(FENCE.source.replace('after', 'before')),
  FENCE,
  /^before SubmitOpportunity/,
  /^SubmitOpportunity sent/,
  /^SubmitOpportunity answered/,
  /^before chat.postMessage/,
  /^chat.postMessage sent/,
  /^chat.postMessage answered/,
  /^before chat.update/,
  /^chat.update sent/,
  /^chat.update answered/,
  /^before ListOpportunities/,
  /^ListOpportunities answered/,
  /^before commit of .*review_status.*insert into tellings/,
  /^after commit of .*review_status.*insert into tellings/,
  /^before update tellings \(told_revision\)/,
  /^after update tellings \(told_revision\)/,
];
const without = (points: Iterable<string>) =>
  IMPORTANT.filter((pattern) => ![...points].some((point) => pattern.test(point)));

/** Worlds at the same time: two cores, and every bot waits most of its time. */
const AT_ONCE = 4;

test('killed at any point between "Submit pressed" and "decision told", the bot submits once and tells all of it', {
  timeout: 300_000,
}, async () => {
  const passed = await withoutCrash();
  expect(without(passed)).toEqual([]);

  const diedAt = new Set<string>();
  const failures: string[] = [];
  const killAtEach = async (points: readonly (number | string)[]): Promise<void> => {
    const left = [...points];
    const next = async (): Promise<void> => {
      for (let at = left.shift(); at !== undefined; at = left.shift()) {
        const { point, problems } = await killedAt(at);
        if (point !== undefined) diedAt.add(point);
        failures.push(...problems.map((problem) => `${at} (${point ?? 'not reached'}): ${problem}`));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
  };
  const missed = () => [...new Set(passed)].filter((point) => !diedAt.has(point));
  await killAtEach(passed.map((_, index) => index + 1));
  // Two things at once don't come in the same order each time: a kind of point left out is asked for by its name.
  for (let round = 0; round < 2 && missed().length > 0; round += 1) await killAtEach(missed());
  console.log(`Killed at ${passed.length} points, ${new Set(passed).size} of them different.`);
  expect(failures).toEqual([]);
  expect(without(diedAt)).toEqual([]);
});

/** What a bot that nothing happens to passes on its way. */
async function withoutCrash(): Promise<readonly string[]> {
  const world = await openWorld();
  try {
    const bot = await readyToSubmit(world);
    await bot.count({});
    await liveThrough(world, bot);
    expect(await problemsOf(world, [])).toEqual([]);
    return await bot.points();
  } finally {
    await world.close();
  }
}

async function killedAt(
  at: number | string,
): Promise<{ readonly point: string | undefined; readonly problems: readonly string[] }> {
  const world = await openWorld();
  try {
    const bot = await readyToSubmit(world);
    await bot.count({ at, signal: 'SIGKILL' });
    await liveThrough(world, bot);
    const passed = bot.struck() ?? [];
    return { point: passed.at(-1), problems: await problemsOf(world, passed) };
  } catch (error) {
    return { point: undefined, problems: [error instanceof Error ? error.message : String(error)] };
  } finally {
    await world.close();
  }
}

async function readyToSubmit(world: World) {
  world.deal(DEAL);
  const bot = await world.start();
  await world.fillForm(DEAL);
  return bot;
}

/** What isn't as it must be in the end, after a bot died having `passed` these points. */
async function problemsOf(world: World, passed: readonly string[]): Promise<readonly string[]> {
  const executed = world.aws.submissionsExecuted(DEAL);
  const records = await world.records();
  const tellings = await world.tellings();
  const { messages, inThreads } = shown(world, DEAL);
  const place = tellings.find(({ kind }) => kind === 'message')?.message_ts;
  const message = messages.find(({ ts }) => ts === place);
  const words = message === undefined ? '' : reads(message);
  const approved = executed === 1;
  const mayRepeat = postWasUnderWay(passed) ? 2 : 1;
  return [
    [executed <= 1, `executed ${executed} times at AWS`],
    [records.length === 1, `${records.length} records`],
    [
      records[0]?.state === (approved ? 'submitted' : 'not_seen'),
      `${records[0]?.state}, and executed ${executed} times`,
    ],
    [!approved || records[0]?.review_status === 'Approved', `review ${records[0]?.review_status}`],
    [approved || sentButLost(passed), 'not submitted, though it could have been'],
    [tellings.every((telling) => telling.told_revision === telling.revision), 'something is untold'],
    [words.includes(approved ? 'Approved by AWS' : 'Probably not submitted'), `the message reads: ${words}`],
    [messages.length >= 1 && messages.length <= mayRepeat, `${messages.length} messages`],
    [
      approved ? inThreads.length >= 1 && inThreads.length <= mayRepeat : inThreads.length === 0,
      `${inThreads.length} decisions in the thread`,
    ],
    [messages.length + inThreads.length <= (approved ? 1 : 0) + mayRepeat, 'more than one post was repeated'],
    [inThreads.every((decision) => reads(decision).includes(`<@${ana}>`)), 'a decision names nobody'],
  ].flatMap(([holds, problem]) => (holds === true ? [] : [String(problem)]));
}

/** Slack had got something that wasn't noted as told yet: nobody can know, and it may be posted again. */
function postWasUnderWay(passed: readonly string[]): boolean {
  const count = (pattern: RegExp) => passed.filter((point) => pattern.test(point)).length;
  return (
    passed.includes('chat.postMessage sent') && count(/^chat\..* sent$/) > count(/^after .*told_revision/)
  );
}

/** The fence was passed and the request not written: a doubt that ends in "not seen", because nothing is resent. */
const sentButLost = (passed: readonly string[]): boolean =>
  passed.some((point) => FENCE.test(point)) && !passed.includes('SubmitOpportunity sent');
