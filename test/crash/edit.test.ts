import { describe, expect, test } from 'vitest';
import type { StandInMessage } from '../../demo/slack/stand-in.ts';
import * as words from '../../src/edits/words.ts';
import { reads } from '../e2e/words-on-screen.ts';
import { killAtEach, type Life, openHand, type Point, pointsOf, postsUnderWay } from './kill-at-each.ts';
import {
  changeElsewhere,
  differencesAt,
  liveThroughChange,
  MEANWHILE,
  type Meanwhile,
  mend,
  readyToSave,
  sendBack,
  type WayToChange,
} from './life-of-an-edit.ts';
import { ana, deals, shown, type World } from './world.ts';

/** Every point, with everything that somebody else can do meanwhile; else each that differs, with one of those in turn. */
const ALL = process.env.CRASH_TEST_ALL === '1';
/** Worlds at the same time: two cores, and every bot waits most of its time. */
const AT_ONCE = 4;

/** Of the rounds that go on beside the edit, whatever happens to it. */
const OF_THE_POLL = /^((before|after) (insert into|update) scheduled_jobs|(before )?ListOpportunities)/;

/** What is on the way in any case, whatever is done by how many hands. */
const IMPORTANT = [
  /^before commit of insert into edits/,
  /^after commit of insert into edits/,
  /^GetOpportunity answered/,
  /^after commit of update edits \(state\), update write_quota \(next_at\)/,
  /^UpdateOpportunity sent/,
  /^UpdateOpportunity answered/,
  /^after commit of update edits \(state\), insert into edit_events, update outbox \(revision\)/,
  /^response_url sent/,
  /^response_url answered/,
  /^after update outbox \(told_revision\)/,
];
const ASSOCIATING = [
  /^after commit of update edits \(state\), insert into edit_events$/,
  /^AssociateOpportunity sent/,
  /^AssociateOpportunity answered/,
];
/** The edit's conclusion and the submission are one commit. */
const SUBMITTING = [
  /^before commit of update edits \(state\), insert into submissions/,
  /^after commit of update edits \(state\), insert into submissions/,
  /^after commit of update submissions \(state\), update write_quota \(next_at\)/,
  /^SubmitOpportunity sent/,
  /^SubmitOpportunity answered/,
];
const TAKING_ON = [
  /^after commit of insert into opportunities.*insert into outbox/,
  /^chat.postMessage sent/,
  /^chat.postMessage answered/,
];

describe.each([
  { way: sendBack, important: [...IMPORTANT, ...TAKING_ON] },
  { way: mend, important: [...SUBMITTING, ...ASSOCIATING] },
])('$way.name', ({ way, important }) => {
  const without = (points: Iterable<string>) =>
    important.filter((pattern) => ![...points].some((point) => pattern.test(point)));

  test('killed at any point between "Save pressed" and its outcome told, the bot saves it once, over nobody else\'s change', {
    timeout: ALL ? 900_000 : 300_000,
  }, async () => {
    const hands = await Promise.all(Array.from({ length: AT_ONCE }, () => openHand(lifeOf(way))));
    try {
      const points = pointsOf(hands[0]?.passed ?? [])
        .filter(({ at }) => !OF_THE_POLL.test(at))
        // Right before something all is as it was after what came ahead of it, but for where it begins.
        .filter(({ at }) => ALL || !at.startsWith('before') || important.some((pattern) => pattern.test(at)));
      expect(without(points.map(({ at }) => at))).toEqual([]);
      const { diedAt, failures } = await killAtEach(
        points.flatMap((point, index) =>
          MEANWHILE.filter((_, which) => ALL || which === index % MEANWHILE.length).map((meanwhile) => ({
            ...point,
            meanwhile,
          })),
        ),
        hands,
      );
      console.log(`${way.name}: killed at ${points.length} points, ${diedAt.size} of them different.`);
      expect(failures).toEqual([]);
      expect(without(diedAt)).toEqual([]);
    } finally {
      await Promise.all(hands.map((hand) => hand.close()));
    }
  });
});

const lifeOf =
  (way: WayToChange) =>
  async (world: World, id: string): Promise<Life<Point & { readonly meanwhile: Meanwhile }>> => {
    const before = await readyToSave(world, way, id);
    let others: ReturnType<typeof changeElsewhere> = {};
    return {
      live: (bot, killedAt) =>
        liveThroughChange(world, bot, id, () => {
          others = changeElsewhere(world, way, id, killedAt?.meanwhile ?? 'nothing');
        }),
      problems: (passed) => problemsOf(world, way, { id, before, others, passed }),
    };
  };

/** How a submission ends that was recorded: by AWS's answer, or by a read where that was lost. */
const KNOWN_ENDS: ReadonlySet<string> = new Set(['submitted', 'already_submitted', 'changed', 'not_seen']);

/** What a person may be told before it is known. */
const ON_THE_WAY: ReadonlySet<string> = new Set([
  words.uncertain(false).headline,
  words.onItsWay(false).headline,
  words.savingThenSubmitting(false).headline,
  // Where a busy machine is late.
  words.waitingForAws(false, false).headline,
]);

/** What isn't as it must be in the end, after a bot died having `passed` these points. */
async function problemsOf(
  world: World,
  way: WayToChange,
  {
    id,
    before,
    others,
    passed,
  }: {
    readonly id: string;
    readonly before: Parameters<typeof differencesAt>[1];
    /** What somebody else changed after the bot's death. */
    readonly others: ReturnType<typeof changeElsewhere>;
    readonly passed: readonly string[];
  },
): Promise<readonly string[]> {
  const executed = (operation: string, by: string) =>
    world.aws.requests(operation).filter((request) => request.executed && request.body[by] === id).length;
  const updates = executed('UpdateOpportunity', 'Identifier');
  const associations = executed('AssociateOpportunity', 'OpportunityIdentifier');
  const edits = (await world.edits()).filter((edit) => edit.opportunity_id === id);
  const state = edits[0]?.state;
  const records = (await world.records()).filter((record) => record.opportunity_id === id);
  const submits = world.aws.requests('SubmitOpportunity').filter(({ body }) => body.Identifier === id);
  const isRecorded = edits[0]?.then_submit?.includes('"recorded"') === true;
  const isContested = Object.keys(way.contested).some((path) => path in others);
  const isSaved = state === 'saved';
  const told = toldOf(world, id);
  const inDoubt = words.conflict(true);
  const outcome = isRecorded ? words.savedAndRecorded.headline : isSaved ? way.headline : inDoubt.headline;
  const outcomes = told.filter(({ headline }) => headline === outcome);
  const again = postsUnderWay(passed);
  const most = again === 0 ? 1 : 2;
  const taken = way.isTakenOn && isSaved ? 1 : 0;
  const inTheChannel = taken + (isRecorded ? 1 : 0);
  const takenOn = (await world.outbox()).filter(
    ({ kind, opportunity }) => kind === 'taken-on' && opportunity === id,
  );
  const inChannel = shown(world, id).messages.filter(({ ephemeralTo }) => ephemeralTo === undefined);
  const threads = world.slack
    .messages(deals)
    .filter(({ threadTs }) => inChannel.some(({ ts }) => ts === threadTs))
    .filter((message) => reads(message).includes(`<@${ana}> changed`));
  const wrong = differencesAt(world, before, {
    fields: { ...(updates > 0 ? way.typed : {}), ...others },
    solution: associations > 0 ? way.solution : undefined,
  });
  return [
    [edits.length === 1, `${edits.length} edits on record`],
    [isSaved || (isContested && state === 'conflict'), `the edit is ${state}`],
    [updates <= 1, `UpdateOpportunity took effect ${updates} times`],
    [!isSaved || updates === 1, `saved, and UpdateOpportunity took effect ${updates} times`],
    [
      associations === (isSaved && way.solution !== undefined ? 1 : 0),
      `AssociateOpportunity took effect ${associations} times`,
    ],
    [wrong.length === 0, `AWS has something else in ${wrong.join(', ')}`],
    [
      told.at(-1)?.headline === outcome || (isRecorded && told.length === 0),
      `the last that is told: ${told.at(-1)?.headline}`,
    ],
    [
      // What is submitted next has a message of its own.
      outcomes.length >= (isRecorded ? 0 : 1) && outcomes.length <= most,
      `the outcome is told ${outcomes.length} times`,
    ],
    [records.length === (isRecorded ? 1 : 0), `${records.length} submissions on record`],
    [submits.length <= records.length, `SubmitOpportunity was called ${submits.length} times`],
    [
      records.every(({ state: own }) => KNOWN_ENDS.has(own)),
      `the submission is ${records.map(({ state: own }) => own).join(', ')}`,
    ],
    [
      records.every(({ state: own }) => own !== 'submitted' || submits.some(({ executed }) => executed)),
      'said to be submitted, and it was not',
    ],
    [
      told.every(({ headline }) => headline === outcome || ON_THE_WAY.has(headline)),
      `told: ${told.map(({ headline }) => headline).join('; ')}`,
    ],
    [
      isSaved || updates === 0 || told.at(-1)?.text.includes(inDoubt.known) === true,
      'not said that AWS may have had it',
    ],
    [takenOn.length === taken, `taken on ${takenOn.length} times`],
    [
      inChannel.length >= inTheChannel && inChannel.length <= inTheChannel * most,
      `${inChannel.length} messages`,
    ],
    [threads.length >= taken && threads.length <= taken * most, `${threads.length} in the thread`],
    [
      outcomes.length + inChannel.length + threads.length <= 1 + 2 * taken + inTheChannel + again,
      `${again} posts were under way, and more were made again`,
    ],
  ].flatMap(([holds, problem]) => (holds === true ? [] : [String(problem)]));
}

/** What the person was told of the edit, oldest first. */
const toldOf = ({ slack }: World, id: string) =>
  [...slack.messages(deals, ana), ...slack.messages(slack.directMessage(ana).id, ana)]
    .filter((message: StandInMessage) => message.ephemeralTo === ana || message.channel !== deals)
    .filter(({ text }) => text.endsWith(`: ${id}`))
    .map((message) => ({ headline: message.text.slice(0, -`: ${id}`.length), text: reads(message) }));
