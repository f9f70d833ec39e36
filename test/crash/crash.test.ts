import { expect, test } from 'vitest';
import { reads } from '../e2e/words-on-screen.ts';
import { killAtEach, type Life, openHand, type Point, pointsOf, postsUnderWay } from './kill-at-each.ts';
import { FENCE, liveThrough } from './life-of-a-submission.ts';
import { ana, shown, type World } from './world.ts';

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
  /^before commit of .*review_status.*insert into outbox/,
  /^after commit of .*review_status.*insert into outbox/,
  /^before update outbox \(told_revision\)/,
  /^after update outbox \(told_revision\)/,
];
const without = (points: Iterable<string>) =>
  IMPORTANT.filter((pattern) => ![...points].some((point) => pattern.test(point)));

const FOUND = "AWS has it; we can't tell whose request did it";

/** Worlds at the same time: two cores, and every bot waits most of its time. */
const AT_ONCE = 4;

test('killed at any point between "Submit pressed" and "decision told", the bot submits once and tells all of it', {
  timeout: 300_000,
}, async () => {
  const hands = await Promise.all(Array.from({ length: AT_ONCE }, () => openHand(lifeOfASubmission)));
  try {
    const points = pointsOf(hands[0]?.passed ?? []);
    expect(without(points.map(({ at }) => at))).toEqual([]);
    const { diedAt, failures } = await killAtEach(points, hands);
    console.log(`Killed at ${points.length} points, ${diedAt.size} of them different.`);
    expect(failures).toEqual([]);
    expect(without(diedAt)).toEqual([]);
  } finally {
    await Promise.all(hands.map((hand) => hand.close()));
  }
});

async function lifeOfASubmission(world: World, id: string): Promise<Life<Point>> {
  while (world.slack.view(ana) !== undefined) await world.slack.closeView(ana);
  world.deal(id);
  await world.fillForm(id);
  return {
    live: (bot) => liveThrough(world, bot, id),
    problems: (passed) => problemsOf(world, id, passed),
  };
}

/** What isn't as it must be in the end, after a bot died having `passed` these points. */
async function problemsOf(world: World, id: string, passed: readonly string[]): Promise<readonly string[]> {
  const executed = world.aws.submissionsExecuted(id);
  const records = (await world.records()).filter(({ opportunity_id }) => opportunity_id === id);
  const outbox = await world.outbox();
  const { messages, inThreads } = shown(world, id);
  const place = outbox.find(
    ({ kind, submission_id }) => kind === 'submission' && submission_id === records[0]?.id,
  )?.message_ts;
  const message = messages.find(({ ts }) => ts === place);
  const words = message === undefined ? '' : reads(message);
  const approved = executed === 1;
  // It died before AWS's answer was written down: a read shows that AWS has it, and credits nobody.
  const found = records[0]?.state === 'already_submitted';
  const mayRepeat = postsUnderWay(passed) === 0 ? 1 : 2;
  return [
    [executed <= 1, `executed ${executed} times at AWS`],
    [records.length === 1, `${records.length} records`],
    [
      approved
        ? records[0]?.state === 'submitted' || (found && passed.some((point) => FENCE.test(point)))
        : records[0]?.state === 'not_seen',
      `${records[0]?.state}, and executed ${executed} times`,
    ],
    [!approved || records[0]?.review_status === 'Approved', `review ${records[0]?.review_status}`],
    [approved || sentButLost(passed), 'not submitted, though it could have been'],
    [outbox.every((message) => message.told_revision === message.revision), 'something is untold'],
    [
      words.includes(approved ? (found ? FOUND : 'Approved by AWS') : 'Probably not submitted'),
      `the message reads: ${words}`,
    ],
    [messages.length >= 1 && messages.length <= mayRepeat, `${messages.length} messages`],
    [
      approved ? inThreads.length >= 1 && inThreads.length <= mayRepeat : inThreads.length === 0,
      `${inThreads.length} decisions in the thread`,
    ],
    [messages.length + inThreads.length <= (approved ? 1 : 0) + mayRepeat, 'more than one post was repeated'],
    [inThreads.every((decision) => reads(decision).includes(`<@${ana}>`)), 'a decision names nobody'],
  ].flatMap(([holds, problem]) => (holds === true ? [] : [String(problem)]));
}

/** The fence was passed and the request not written: a doubt that ends in "not seen", because nothing is resent. */
const sentButLost = (passed: readonly string[]): boolean =>
  passed.some((point) => FENCE.test(point)) && !passed.includes('SubmitOpportunity sent');
