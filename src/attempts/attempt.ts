import type { PartnerCentralError, RefusedError, Result } from '../aws/errors.ts';
import type { Bot } from '../bot.ts';
import { type Clock, fromNow, LONGEST_HINT_MS, sleep } from '../clock.ts';
import { askedAnew, type Permission, type Refusal } from '../permissions.ts';
import {
  type CallProblem,
  EXPIRES_AFTER_MS,
  type Fence,
  INTERRUPTED,
  type Records,
  SEND_WITHIN_MS,
  type Sendable,
  setBackProblem,
} from './sendable.ts';
import { afterFailure, backoff, type SendBot } from './waiting.ts';

/** How often a record held for another catalog is looked at again (milliseconds): the operator may have corrected it. */
const LOOK_AT_HELD_MS = 5 * 60_000;
/** Between two reads, over all replicas, while AWS can't be reached (milliseconds). */
const READ_WHILE_AWAY_MS = 1_000;
/** How old the read before sending may get (milliseconds since it began): longer than a slow AWS takes to answer. */
const READ_STAYS_FRESH_MS = 20_000;

/** A record that is `sending` now, by this process and nobody else. */
export interface Passed<Record_> {
  readonly record: Record_;
  /** When the fence was passed, by the monotonic clock. */
  readonly fencedAt: number;
}

/** A record that is to go out, and the one call that it goes out with. */
export interface Ready<Record_> {
  readonly record: Record_;
  readonly send: (passed: Passed<Record_>) => Promise<void>;
}

/** What an attempt at a record of any kind needs. */
export type AttemptBot = SendBot &
  Pick<Bot, 'permissions' | 'catalog' | 'owner' | 'hold' | 'lineage' | 'inTurn'>;

type Read<Deal> = Extract<Result<Deal>, { ok: true }>;

/** What submissions and edits each do in their own way. */
export interface Attempted<Record_ extends Sendable, Deal, KindBot> {
  /** How the log names it. */
  readonly name: 'submission' | 'edit';
  readonly records: (bot: KindBot) => Records<Record_>;
  /** Whether the record may have to go out; any other is for `settle`. */
  readonly goesOut: (claimed: Record_) => boolean;
  readonly settle: (bot: KindBot, claimed: Record_) => Promise<void>;
  /**
   * Gives it up unsent: it is too old, or its person may no longer do it. Answers the error of a read, where that keeps it
   * from being given up.
   */
  readonly giveUp: (
    bot: KindBot,
    claimed: Record_,
    why: 'expired' | Refusal,
  ) => Promise<PartnerCentralError | undefined>;
  /** The read before sending. */
  readonly read: (bot: KindBot, claimed: Record_) => Promise<Result<Deal>>;
  readonly readRefused: (bot: KindBot, claimed: Record_, error: RefusedError) => Promise<void>;
  /** True: AWS has it, and that is written down. */
  readonly found: (bot: KindBot, claimed: Record_, read: Read<Deal>) => Promise<boolean>;
  /** Compares the deal with what the form showed. Undefined: nothing goes out, and why is written down. */
  readonly compare: (bot: KindBot, claimed: Record_, read: Read<Deal>) => Promise<Ready<Record_> | undefined>;
}

/**
 * Advances a claimed record one step, the same way for submissions and edits: everything that could be wrong is looked
 * at again, then the fence, then the one call; or a doubt is settled. Only what `settle` or `compare` has proved not to
 * have been executed goes out once more.
 */
export async function attempt<Record_ extends Sendable, Deal, KindBot extends AttemptBot>(
  bot: KindBot,
  kind: Attempted<Record_, Deal, KindBot>,
  claimed: Record_,
): Promise<void> {
  const { store, permissions, clock, log, catalog, owner, lineage, intervalMs } = bot;
  const records = kind.records(bot);
  const isWaiting = claimed.state === 'requested';

  const wait = (problem: Record_['problem'] | CallProblem, dueAt: Date, tries = claimed.tries + 1) =>
    records.postpone(claimed, owner, { at: clock.now(), dueAt, problem, tries });

  const readFailed = async (error: PartnerCentralError): Promise<void> => {
    if (error.kind === 'refused') return kind.readRefused(bot, claimed, error);
    if (isWaiting && (error.kind === 'unknown' || (error.kind === 'retryable' && !error.throttled))) {
      // AWS is away for all: the others needn't find out each for themselves, many times a second.
      await store.slowDown(fromNow(clock, intervalMs + READ_WHILE_AWAY_MS), clock.now());
    }
    const { problem, dueAt } = await afterFailure(bot, kind.name, claimed, error);
    // Where the records were set back, it stays unknown whether it was sent until a read goes through.
    const isNews = isWaiting && claimed.problem?.type !== 'set-back';
    await wait(isNews ? problem : claimed.problem, dueAt);
  };

  const giveUp = async (record: Record_, why: 'expired' | Refusal): Promise<void> => {
    const error = await kind.giveUp(bot, record, why);
    if (error !== undefined) await readFailed(error);
  };

  const askAnew = (): Promise<Permission> => {
    const { userId, teamId, channelId } = claimed;
    return permissions.ask({ userId, teamId }, channelId, { begunAfter: askedAnew(clock, claimed) });
  };

  /** True: the person still may. Else it has been put off, with this problem, or given up. */
  const isAllowed = async (record: Record_, permission: Permission, problem: Record_['problem']) => {
    if (permission.type === 'allowed') return true;
    if (permission.type === 'not-permitted') await giveUp(record, permission.why);
    else await wait(problem, backoff(bot, claimed.tries, 1000, 60_000));
    return false;
  };

  const setBack = isWaiting || claimed.state === 'sending' ? await lineage.setBack(clock.now()) : undefined;
  const problem = setBack && setBackProblem(setBack);
  if (claimed.state === 'sending') {
    // Its lease ran out while sending: whoever had it is gone, and nobody knows how far it came.
    await records.transition(problem === undefined ? claimed : { ...claimed, problem }, owner, {
      to: 'uncertain',
      at: clock.now(),
      actor: 'bot',
      why: 'the process that was sending it stopped',
      problem: { type: 'unknown', code: INTERRUPTED },
      dueAt: clock.now(),
    });
    return;
  }
  if (!kind.goesOut(claimed)) return kind.settle(bot, claimed);
  if (setBack !== undefined) {
    // The database may have lost that it was sent, so AWS is read and nothing goes out. Nor is it given up, however old:
    // people would be told that it wasn't sent, which isn't known.
    const read = await kind.read(bot, claimed);
    if (read.ok && (await kind.found(bot, { ...claimed, problem }, read))) return;
    const again = fromNow(clock, LOOK_AT_HELD_MS);
    return wait(problem, again < setBack.until ? again : setBack.until);
  }
  const isOld = clock.now().getTime() - claimed.requestedAt.getTime() >= EXPIRES_AFTER_MS;
  if (isOld) return giveUp(claimed, 'expired');
  if (claimed.catalog !== catalog) {
    if (claimed.problem?.type !== 'other-catalog') {
      const about = { [kind.name]: claimed.id, catalog: claimed.catalog };
      log.error(about, "held: for another catalog than this bot's");
    }
    // That it may have been sent before the records were set back must not be forgotten.
    const held =
      claimed.problem?.type === 'set-back' ? claimed.problem : ({ type: 'other-catalog' } as const);
    return wait(held, fromNow(clock, LOOK_AT_HELD_MS));
  }
  const readAt = clock.monotonic();
  // Of a doubt, only a read tells whether anything is left to send.
  const [permission, read] = await Promise.all([
    isWaiting ? askAnew() : ({ type: 'allowed' } as const),
    kind.read(bot, claimed),
  ]);
  /** Once AWS has answered a read, what a request waited for is over; a doubt stays. */
  const left = isWaiting && claimed.problem?.type !== 'set-back' ? undefined : claimed.problem;
  if (read.ok) {
    await store.resumeSending(clock.now());
    if (claimed.problem?.type === 'waiting') await store.hurryAway(clock.now());
  }
  if (!(await isAllowed(claimed, permission, read.ok ? left : claimed.problem))) return;
  if (!read.ok) return readFailed(read.error);
  if (await kind.found(bot, claimed, read)) return;
  const ready = await kind.compare(bot, claimed, read);
  if (ready === undefined) return;
  const { record, send } = ready;
  const passed = await passFence<Record_>(bot, {
    readAt,
    begin: () => records.begin(record, { owner, at: clock.now(), intervalMs }),
    putOff: (until) => {
      const latest = fromNow(clock, LONGEST_HINT_MS);
      // A doubt is claimed whatever AWS's pace is, so only its own due time makes it wait.
      const dueAt = claimed.state === 'uncertain' ? (until < latest ? until : latest) : claimed.requestedAt;
      // Not a failure: it keeps its place.
      return wait(left, dueAt, claimed.tries);
    },
    isStillAllowed: async () => isAllowed(record, await askAnew(), left),
  });
  if (passed !== undefined) await send(passed);
}

/**
 * The fence before sending: the record must still be this attempt's, and the quota over all replicas must allow a
 * write. Waits for its slot while the read that came before (begun at `readAt`, by the monotonic clock) stays fresh; on
 * what was read longer ago, as by a process that was suspended, nothing is sent. Undefined: not this time.
 */
export async function passFence<Record_>(
  { clock, hold, inTurn }: Pick<Bot, 'clock' | 'inTurn'> & { readonly hold: Pick<Bot['hold'], 'isOurs'> },
  {
    readAt,
    begin,
    putOff,
    isStillAllowed,
  }: {
    readonly readAt: number;
    /** Moves the record to `sending`, in the database. */
    readonly begin: () => Promise<Fence<Record_>>;
    /** Gives the record back as it is: its turn comes later, not before `until`, with a fresh read. */
    readonly putOff: (until: Date) => Promise<void>;
    /** Whether the person still may, asked just before; else it has been put off or given up. */
    readonly isStillAllowed: () => Promise<boolean>;
  },
): Promise<Passed<Record_> | undefined> {
  const isFreshIn = (ms: number) => clock.monotonic() - readAt + ms <= READ_STAYS_FRESH_MS;
  // Asked before its turn too: while Slack is slow about one person, the others go on.
  if (!(await isStillAllowed())) return undefined;
  return inTurn(async () => {
    let until = clock.now();
    while (isFreshIn(0)) {
      if (!hold.isOurs() || !(await isStillAllowed())) return undefined;
      const fencedAt = clock.monotonic();
      const fence = await begin();
      if (fence.type === 'sending') return { record: fence.record, fencedAt };
      if (fence.type === 'lost') return undefined;
      ({ until } = fence);
      const ms = until.getTime() - clock.now().getTime();
      if (!isFreshIn(ms)) break;
      await sleep(clock, ms);
    }
    await putOff(until);
    return undefined;
  });
}

/**
 * Whether a record that has passed the fence may still be sent. By two clocks: one that a changed wall clock can't fool,
 * one that a suspended machine can't.
 */
export function sendWindow(
  clock: Clock,
  { record: { sendingAt }, fencedAt }: Passed<Pick<Sendable, 'sendingAt'>>,
): { readonly maySend: () => boolean } {
  const latest = (sendingAt?.getTime() ?? 0) + SEND_WITHIN_MS;
  return { maySend: () => clock.monotonic() - fencedAt < SEND_WITHIN_MS && clock.now().getTime() < latest };
}
