import type { Clock } from '../src/clock.ts';
import { type Claim, type Shared, untold, type Verdict } from './claim.ts';
import { clear } from './clear.ts';
import { dealOf, titleOf, type Variation } from './deal.ts';
import { CannotGoOn, type Exchange, type Gate, NotOurs, TimeIsUp } from './gate.ts';
import { said } from './judge.ts';
import { type Entry, markOf, type Notebook } from './notebook.ts';
import { textsIn } from './redact.ts';
import { created, type Deal, dealFor, listOf, NotTold, type Stage, type Surroundings } from './stage.ts';

/** What was found out about a claim, and all that AWS answered on the way. */
export interface Looked {
  readonly claim: Claim;
  readonly verdict: Verdict;
  readonly exchanges: readonly Exchange[];
}

export interface Rehearsed {
  readonly looked: readonly Looked[];
  /** Texts that this rehearsal made up. */
  readonly ours: ReadonlySet<string>;
  /** What couldn't be done, in words: the run ended before its end. */
  readonly ended: string | undefined;
}

export interface Play {
  readonly gate: Gate;
  readonly notebook: Notebook;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Told what goes on, a line each. */
  readonly tell: (line: string) => void;
}

/** Milliseconds. A claim that isn't begun by then isn't looked at; what is left until the end is for closing. */
const CLAIMS_END_MS = 7.5 * 60_000;
/** Milliseconds. Nothing is sent after that. */
const END_MS = 9.5 * 60_000;
/** Milliseconds that the claims that wait may take besides. */
const LONG_MS = 26 * 3_600_000;

/** The deals that claims need: how many are made. */
export function plannedDeals(claims: readonly Claim[]): number {
  const all = claims.flatMap(({ deals }) => Object.values(deals));
  const shared = new Set(all.filter((deal) => typeof deal === 'string'));
  const own = all.filter((deal) => typeof deal !== 'string');
  // What a claim makes by itself is made where it names none.
  return own.length + shared.size + claims.filter(({ deals }) => Object.keys(deals).length === 0).length;
}

/** Makes the deals, looks at each claim, and closes what it made. What an earlier run left open comes first. */
export async function rehearse(claims: readonly Claim[], play: Play): Promise<Rehearsed> {
  const { clock, gate, tell } = play;
  const long = claims.some((claim) => claim.long !== undefined) ? LONG_MS : 0;
  const startedAt = clock.monotonic();
  gate.endAt(startedAt + END_MS + long);
  const ours = new Set<string>();
  let looked: readonly Looked[] = [];
  let exchanges: readonly Exchange[] = [];
  const surroundings = surroundingsOf(play, {
    onOwn: (own) => {
      for (const text of textsIn(own)) ours.add(text);
    },
    onExchange: (exchange) => {
      exchanges = [...exchanges, exchange];
    },
  });
  try {
    await clear(surroundings, tell);
    const deals = await makeDeals(claims, play, surroundings);
    for (const claim of claims) {
      const late = clock.monotonic() - startedAt > CLAIMS_END_MS + (claim.long === undefined ? 0 : long);
      exchanges = [];
      const verdict = late ? untold('the time was up') : await lookAt(claim, deals, play, surroundings);
      looked = [...looked, { claim, verdict, exchanges }];
      tell(`${verdict.outcome}: ${claim.id} (${verdict.seen})`);
    }
    await clear(surroundings, tell);
    return { looked, ours, ended: undefined };
  } catch (error) {
    if (!(error instanceof CannotGoOn || error instanceof TimeIsUp)) throw error;
    return { looked, ours, ended: error.message };
  }
}

/** What deals are handled with; told of nothing where nobody listens. */
export const surroundingsOf = (
  { gate, notebook, clock }: Play,
  { onOwn = () => {}, onExchange = () => {} }: Partial<Pick<Surroundings, 'onOwn' | 'onExchange'>> = {},
): Surroundings => ({ gate, notebook, clock, onOwn, onExchange });

/** A deal that a claim asked for, or why there is none. */
type Deals = ReadonlyMap<Variation | Shared, Deal | string>;

async function makeDeals(claims: readonly Claim[], play: Play, surroundings: Surroundings): Promise<Deals> {
  const wanted = new Set(claims.flatMap(({ deals }) => Object.values(deals)));
  play.tell(`Making ${wanted.size} opportunities, one a second at most.`);
  const deals = new Map<Variation | Shared, Deal | string>();
  for (const each of wanted) {
    const { deal } = written(typeof each === 'string' ? {} : each, play, surroundings);
    deals.set(each, await madeOrNot(deal, surroundings));
  }
  return deals;
}

async function madeOrNot(deal: Deal, surroundings: Surroundings): Promise<Deal | string> {
  try {
    const answered = await created(deal.entry, surroundings);
    return answered.ok ? deal : `it can't be made: ${said(answered)}`;
  } catch (error) {
    if (!(error instanceof NotTold || error instanceof NotOurs)) throw error;
    return error.message;
  }
}

/** Writes a deal down. Nothing is sent. */
function written(
  variation: Variation,
  { notebook, clock, newId }: Play,
  surroundings: Surroundings,
): { readonly deal: Deal } {
  const token = `rehearsal-${newId()}`;
  const title = titleOf(token);
  const request = dealOf(token, clock.now(), variation);
  notebook.making({ token, title, request });
  return { deal: dealFor({ token, title, request, id: undefined, settled: undefined }, surroundings) };
}

async function lookAt(claim: Claim, made: Deals, play: Play, surroundings: Surroundings): Promise<Verdict> {
  const stage: Stage = {
    clock: play.clock,
    async make(variation) {
      const { deal } = written(variation, play, surroundings);
      return { deal, answered: await created(deal.entry, surroundings) };
    },
    makeAgain: (deal) => madeAgain(deal.entry, surroundings),
    listed: listOf(surroundings),
  };
  const deals: Record<string, Deal> = {};
  for (const [name, each] of Object.entries(claim.deals)) {
    const deal = made.get(each);
    if (deal === undefined || typeof deal === 'string') return untold(deal ?? 'there is no deal for it');
    deals[name] = deal;
  }
  try {
    return await claim.steps(deals, stage);
  } catch (error) {
    if (!(error instanceof NotTold || error instanceof NotOurs)) throw error;
    return untold(error.message);
  }
}

/** Should AWS make another deal of it, that one is in the notebook too. */
async function madeAgain(entry: Entry, surroundings: Surroundings): ReturnType<typeof created> {
  const { notebook } = surroundings;
  const again: Entry = { ...entry, token: `${markOf(entry)}/again`, id: undefined };
  notebook.making(again);
  const before = notebook.entries().find(({ token }) => token === entry.token)?.id;
  return created(again, surroundings, before);
}
