import type { PartnerCentralError, RefusedError, Result } from '../aws/errors.ts';
import type { Bot } from '../bot.ts';
import { fromNow, LONGEST_HINT_MS, untilWritten } from '../clock.ts';
import type { SetBack } from '../database/identity.ts';
import { askedAnew, type Permission, type Refusal } from '../permissions.ts';
import { createFence, type Fence, type Passed } from './fence.ts';
import type { Transition } from './queue.ts';
import {
  type CallProblem,
  EXPIRES_AFTER_MS,
  INTERRUPTED,
  type Sendable,
  type SetBackProblem,
} from './sendable.ts';
import { aboutOf, afterFailure, backoff, type SendBot } from './waiting.ts';

/** How often what is held for another catalog is looked at (milliseconds): the operator may have mended it. */
const LOOK_AT_HELD_MS = 5 * 60_000;
/** Between two reads, over all replicas, while AWS can't be reached (milliseconds). */
const READ_WHILE_AWAY_MS = 1_000;
/** The queries of a kind's records, as far as every attempt needs them: see `createQueue`. */
export interface Records<Record_ extends Sendable> {
  begin(
    claimed: Record_,
    by: { readonly owner: string; readonly at: Date; readonly intervalMs: number },
  ): Promise<Fence<Record_>>;
  transition(claimed: Record_, owner: string, step: Transition<'uncertain', CallProblem>): Promise<unknown>;
  answer(
    sending: Record_,
    owner: string,
    step: Transition<'requested' | 'uncertain', CallProblem>,
  ): Promise<unknown>;
  postpone(
    claimed: Record_,
    owner: string,
    next: {
      readonly at: Date;
      readonly dueAt: Date;
      readonly problem: Record_['problem'] | CallProblem;
      readonly tries: number;
    },
  ): Promise<void>;
}

/** A record that is to go out, and the one call that it goes out with. */
export interface Ready<Record_> {
  readonly record: Record_;
  readonly send: (passed: Passed<Record_>) => Promise<void>;
}

/** What is a kind's own in an attempt. */
export interface Attempted<Record_ extends Sendable, Deal> {
  /** What the log calls it. */
  readonly name: 'submission' | 'edit';
  readonly records: Records<Record_>;
  /** Whether what is claimed in this state may have to go out; anything else is for `settle`. */
  readonly goesOut: (claimed: Record_) => boolean;
  readonly settle: (claimed: Record_) => Promise<void>;
  /**
   * Gives it up unsent: it is too old, or its person may no longer do it. Answers the error of a read that keeps it from
   * being given up.
   */
  readonly giveUp: (claimed: Record_, why: 'expired' | Refusal) => Promise<PartnerCentralError | undefined>;
  /** The read before sending. */
  readonly read: (claimed: Record_) => Promise<Result<Deal>>;
  readonly readRefused: (claimed: Record_, error: RefusedError) => Promise<void>;
  /** True: AWS has it, and that is written down. */
  readonly found: (claimed: Record_, read: Extract<Result<Deal>, { ok: true }>) => Promise<boolean>;
  /** Compares what AWS doesn't have with what it has now. Undefined: nothing goes out, and why is written down. */
  readonly compare: (
    claimed: Record_,
    read: Extract<Result<Deal>, { ok: true }>,
  ) => Promise<Ready<Record_> | undefined>;
}

/**
 * Advances a claimed record one step, the same way for submissions and edits: everything that could be wrong is looked
 * at again, then the fence, then the one call; or a doubt is settled. Only what `settle` or `compare` has proved not to
 * have been executed goes out once more.
 */
export function createAttempt<Record_ extends Sendable, Deal>(
  bot: SendBot & Pick<Bot, 'permissions' | 'catalog' | 'owner' | 'hold' | 'lineage' | 'database'>,
  kind: Attempted<Record_, Deal>,
): (claimed: Record_) => Promise<void> {
  const { store, permissions, clock, log, catalog, owner, lineage, database } = bot;
  const { records } = kind;
  const intervalMs = 1000 / bot.config.submitsPerSecond;

  const wait = (
    claimed: Record_,
    problem: Record_['problem'] | CallProblem,
    dueAt: Date,
    tries = claimed.tries + 1,
  ) => records.postpone(claimed, owner, { at: clock.now(), dueAt, problem, tries });

  const giveUp = async (claimed: Record_, why: 'expired' | Refusal): Promise<void> => {
    const error = await kind.giveUp(claimed, why);
    if (error !== undefined) await readFailed(claimed, error);
  };

  const askAnew = (claimed: Record_): Promise<Permission> => {
    const { userId, teamId, channelId } = claimed;
    return permissions.ask({ userId, teamId }, channelId, { begunAfter: askedAnew(clock, claimed) });
  };

  /** True: the person still may. Else it has been put off, with this problem, or given up. */
  const isAllowed = async (claimed: Record_, permission: Permission, problem: Record_['problem']) => {
    if (permission.allowed === true) return true;
    if (permission.allowed === false) await giveUp(claimed, permission.why);
    else await wait(claimed, problem, backoff(bot, claimed.tries, 1000, 60_000));
    return false;
  };

  /** What is left of a record's problem once AWS has answered a read of it: a doubt. What it waited for is over. */
  const leftAfterRead = ({ state, problem }: Record_): Record_['problem'] =>
    state === 'requested' && !isOf('set-back', problem) ? undefined : problem;

  const readFailed = async (claimed: Record_, error: PartnerCentralError): Promise<void> => {
    if (error.kind === 'refused') return kind.readRefused(claimed, error);
    const isWaiting = claimed.state === 'requested';
    if (isWaiting && (error.kind === 'unknown' || (error.kind === 'retryable' && !error.throttled))) {
      // AWS is away for all: the others needn't find out each for themselves, many times a second.
      await store.slowDown(fromNow(clock, intervalMs + READ_WHILE_AWAY_MS), clock.now());
    }
    const { problem, dueAt } = await afterFailure(bot, kind.name, claimed, error);
    // Until a read goes through, it isn't known either whether it was sent before the records were set back.
    const isNews = isWaiting && !isOf('set-back', claimed.problem);
    await wait(claimed, isNews ? problem : claimed.problem, dueAt);
  };

  const passFence = createFence<Record_>({
    begin: records.begin,
    putOff: (claimed, until) => {
      const latest = fromNow(clock, LONGEST_HINT_MS);
      // A doubt, which is claimed whatever AWS's pace, has to wait for itself.
      const turn = claimed.state === 'uncertain' ? (until < latest ? until : latest) : claimed.requestedAt;
      // Not a failure: it keeps its place.
      return wait(claimed, leftAfterRead(claimed), turn, claimed.tries);
    },
    clock,
    owner,
    isStillAllowed: async (claimed) => isAllowed(claimed, await askAnew(claimed), leftAfterRead(claimed)),
    isOurs: bot.hold.isOurs,
    intervalMs,
  });

  /** The records were set back: that it was sent may be lost, so AWS is looked at, and nothing goes out. */
  const lookOnly = async (claimed: Record_, setBack: SetBack): Promise<void> => {
    const { until } = setBack;
    const problem = problemOf(setBack);
    const read = await kind.read(claimed);
    if (read.ok && (await kind.found({ ...claimed, problem }, read))) return;
    const again = fromNow(clock, LOOK_AT_HELD_MS);
    await wait(claimed, problem, again < until ? again : until);
  };

  /** Where they were set back since it was claimed, it says so. */
  const asSetBack = async (claimed: Record_): Promise<Record_> => {
    const setBack = await lineage.setBack(database.db, clock.now());
    return setBack === undefined ? claimed : { ...claimed, problem: problemOf(setBack) };
  };

  return async (claimed) => {
    if (claimed.state === 'sending') {
      // Its lease ran out while sending: whoever had it is gone, and nobody knows how far it came.
      await records.transition(await asSetBack(claimed), owner, {
        to: 'uncertain',
        at: clock.now(),
        actor: 'bot',
        why: 'the process that was sending it stopped',
        problem: { type: 'unknown', code: INTERRUPTED },
        dueAt: clock.now(),
      });
      return;
    }
    if (!kind.goesOut(claimed)) return kind.settle(claimed);
    const isWaiting = claimed.state === 'requested';
    const setBack = isWaiting ? await lineage.setBack(database.db, clock.now()) : undefined;
    const isOld = clock.now().getTime() - claimed.requestedAt.getTime() >= EXPIRES_AFTER_MS;
    // Given up it would be said to be unsent, which isn't known.
    if (isOld && setBack === undefined) return giveUp(claimed, 'expired');
    if (setBack !== undefined) return lookOnly(claimed, setBack);
    if (claimed.catalog !== catalog) {
      if (!isOf('other-catalog', claimed.problem)) {
        const about = aboutOf(kind.name, claimed.id);
        log.error({ ...about, catalog: claimed.catalog }, "held: for another catalog than this bot's");
      }
      // That it may have been sent before the records were set back isn't forgotten over it.
      const held = isOf('set-back', claimed.problem) ? claimed.problem : ({ type: 'other-catalog' } as const);
      return wait(claimed, held, fromNow(clock, LOOK_AT_HELD_MS));
    }
    const readAt = clock.monotonic();
    // Of a doubt, only a read tells whether anything is left to send.
    const [permission, read] = await Promise.all([
      isWaiting ? askAnew(claimed) : ({ allowed: true } as const),
      kind.read(claimed),
    ]);
    if (read.ok) {
      await store.resumeSending(clock.now());
      if (isOf('waiting', claimed.problem)) await store.hurryAway(clock.now());
    }
    const problem = read.ok ? leftAfterRead(claimed) : claimed.problem;
    if (!(await isAllowed(claimed, permission, problem))) return;
    if (!read.ok) return readFailed(claimed, read.error);
    if (await kind.found(claimed, read)) return;
    const ready = await kind.compare(claimed, read);
    if (ready === undefined) return;
    const passed = await passFence(ready.record, readAt);
    if (passed !== undefined) await ready.send(passed);
  };
}

const problemOf = ({ by, until }: SetBack): SetBackProblem => ({
  type: 'set-back',
  by,
  until: until.toISOString(),
});

const isOf = (type: CallProblem['type'], problem: unknown): boolean =>
  typeof problem === 'object' && problem !== null && 'type' in problem && problem.type === type;

/**
 * A call that wrote nothing, or of which nobody knows: it goes again later, or is settled by reading. What AWS refused is
 * the kind's own.
 */
export async function sendFailed<Record_ extends Sendable>(
  bot: SendBot & Pick<Bot, 'owner'>,
  { name, records }: Pick<Attempted<Record_, unknown>, 'name' | 'records'>,
  sending: Record_,
  error: Exclude<PartnerCentralError, RefusedError>,
): Promise<void> {
  const { clock, owner } = bot;
  const { code, requestId } = error;
  const step = { actor: 'bot', why: code, requestId } as const;
  if (error.kind === 'unknown') {
    const problem = { type: 'unknown', code } as const;
    const dueAt = fromNow(clock, 1000);
    await untilWritten(clock, () =>
      records.answer(sending, owner, { ...step, to: 'uncertain', at: clock.now(), problem, dueAt }),
    );
    return;
  }
  const tries = sending.tries + 1;
  const { problem, dueAt } = await untilWritten(clock, () =>
    afterFailure(bot, name, { ...sending, tries }, error),
  );
  await untilWritten(clock, () =>
    records.answer(sending, owner, { ...step, to: 'requested', at: clock.now(), problem, dueAt, tries }),
  );
}
