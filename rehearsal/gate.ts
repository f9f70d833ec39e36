import { type Client, type ClientOptions, createClient } from '../src/aws/client.ts';
import type { PartnerCentralError, Result } from '../src/aws/errors.ts';
import { SELLING } from '../src/aws/operations.ts';
import { type Answer, jsonOf } from '../src/aws/transport.ts';
import { isJsonObject, type JsonObject, valueAt } from '../src/aws/values.ts';
import { type Clock, sleep } from '../src/clock.ts';
import { type Entry, markOf, type Notebook } from './notebook.ts';
import { seenWord } from './vocabulary.ts';

/** Everything a rehearsal may ask of Partner Central, and where the request names the opportunity that it is about. */
export const OPERATIONS = {
  CreateOpportunity: { kind: 'write', names: undefined },
  SubmitOpportunity: { kind: 'write', names: 'Identifier' },
  UpdateOpportunity: { kind: 'write', names: 'Identifier' },
  AssociateOpportunity: { kind: 'write', names: 'OpportunityIdentifier' },
  GetOpportunity: { kind: 'read', names: 'Identifier' },
  GetAwsOpportunitySummary: { kind: 'read', names: 'RelatedOpportunityIdentifier' },
  ListEngagementResourceAssociations: { kind: 'read', names: 'ResourceIdentifier' },
  ListOpportunities: { kind: 'read', names: undefined },
} as const satisfies Readonly<
  Record<string, { readonly kind: 'read' | 'write'; readonly names: string | undefined }>
>;

export type Operation = keyof typeof OPERATIONS;
export type OnDeal = {
  [Name in Operation]: (typeof OPERATIONS)[Name]['names'] extends string ? Name : never;
}[Operation];

/** A request and all that came of it. */
export interface Exchange {
  readonly operation: Operation;
  /** As it was sent. */
  readonly request: JsonObject;
  /** Undefined: none came. */
  readonly answer: Answer | undefined;
  readonly result: Result<Answer>;
  readonly ms: number;
}

/**
 * The one way to AWS. It lets through the catalog Sandbox only; and of opportunities only those that this rehearsal's
 * notebook has as made, and that a read has shown to be its own. At most one write a second.
 */
export interface Gate {
  /** Makes the opportunity of an entry. The same entry made again is the same request, with the same ClientToken. */
  create(entry: Entry): Promise<Exchange>;
  /** @throws NotOurs; CannotGoOn; TimeIsUp */
  ask(operation: OnDeal, entry: Entry, request?: JsonObject): Promise<Exchange>;
  /** The opportunities of one customer. Others that an answer holds are not for acting on: `ask` doesn't know them. */
  list(company: string, filter?: JsonObject): Promise<Exchange>;
  /** Nothing is sent from then on, by the monotonic clock. */
  endAt(monotonicMs: number): void;
  close(): Promise<void>;
}

/** An answer showed a deal that this rehearsal didn't make. */
export class NotOurs extends Error {}
/** Credentials, signature, clock, account, or nobody answers: no further call would do better. In words. */
export class CannotGoOn extends Error {}
/** The time that a rehearsal takes at most is over. */
export class TimeIsUp extends Error {}

export const CATALOG = 'Sandbox';
/** Milliseconds between the end of a write and the next: AWS allows one a second. */
const WRITE_PAUSE_MS = 1_000;
/** AWS allows ten reads a second. */
const READ_PAUSE_MS = 110;
const TRIES = 5;

export type Connection = Omit<ClientOptions, 'service' | 'onAnswer'>;

export function openGate(connection: Connection, notebook: Notebook): Gate {
  const { clock } = connection;
  let answered: Answer | undefined;
  const client: Client = createClient({
    ...connection,
    service: SELLING,
    onAnswer: (answer) => {
      answered = answer;
    },
  });
  const pace = paceOf(clock);
  /** What a read of this run has shown to be ours. */
  const shown = new Set<string>();
  let end = Number.POSITIVE_INFINITY;

  async function send(operation: Operation, input: JsonObject): Promise<Exchange> {
    const { kind } = OPERATIONS[operation];
    const request = { ...input, Catalog: CATALOG };
    for (let attempt = 1; ; attempt += 1) {
      await pace.turn(kind);
      if (clock.monotonic() > end) throw new TimeIsUp('the time is up');
      answered = undefined;
      const startedAt = clock.monotonic();
      const result =
        kind === 'read'
          ? await client.read(operation, request)
          : await client.write(operation, request, () => clock.monotonic() <= end);
      const ms = clock.monotonic() - startedAt;
      pace.done(kind);
      const wait = result.ok ? undefined : waitFor(result.error, attempt);
      if (wait === undefined) return { operation, request, answer: answered, result, ms };
      await sleep(clock, wait);
    }
  }

  const idOf = (entry: Entry): string => {
    const { id, settled } = notebook.entries().find(({ token }) => token === entry.token) ?? {};
    if (id === undefined || settled === 'not ours') {
      throw new NotOurs('The notebook has no such opportunity as made by a rehearsal.');
    }
    return id;
  };

  return {
    create: async (entry) => {
      const { token } = entry;
      if (!notebook.entries().some((each) => each.token === token)) {
        throw new Error('An opportunity is written down before it is made.');
      }
      return send('CreateOpportunity', { ...entry.request, ClientToken: markOf(entry) });
    },
    async ask(operation, entry, request = {}) {
      const id = idOf(entry);
      const { kind, names } = OPERATIONS[operation];
      if (kind === 'write' && !shown.has(id)) {
        throw new NotOurs('No read has shown that it is the one this rehearsal made.');
      }
      const exchange = await send(operation, { ...request, [names]: id });
      if (operation === 'GetOpportunity' && exchange.result.ok) {
        if (isOf(entry, id, jsonOf(exchange.result.value))) shown.add(id);
        else {
          shown.delete(id);
          notebook.settled(entry.token, 'not ours');
          throw new NotOurs('Under its ID AWS showed an opportunity that this rehearsal did not make.');
        }
      }
      return exchange;
    },
    list: (company, filter = {}) =>
      send('ListOpportunities', {
        ...filter,
        CustomerCompanyName: [company],
        Sort: { SortBy: 'LastModifiedDate', SortOrder: 'DESCENDING' },
        MaxResults: 100,
      }),
    endAt: (monotonicMs) => {
      end = monotonicMs;
    },
    close: () => client.close(),
  };
}

/** Whether GetOpportunity's answer is of the deal that an entry made: its title carries the token. */
function isOf(entry: Entry, id: string, json: unknown): boolean {
  if (!isJsonObject(json)) return false;
  const title = valueAt(json, 'Project.Title');
  return (
    json.Id === id && json.Catalog === CATALOG && typeof title === 'string' && title.includes(markOf(entry))
  );
}

/** Milliseconds to wait before the same call is made once more: it wasn't executed. Undefined: it isn't made again. */
function waitFor(error: PartnerCentralError, attempt: number): number | undefined {
  if (error.kind === 'operator')
    throw new CannotGoOn(`AWS takes nothing from here (${seenWord(error.code)}).`);
  if (error.kind !== 'retryable' || error.code === 'DeadlinePassed') return undefined;
  if (attempt < TRIES) return Math.min(error.retryAfterMs ?? 1_000 * 2 ** attempt, 30_000);
  throw new CannotGoOn(
    error.throttled
      ? 'AWS takes no more requests for now: something else uses up the quota of this account.'
      : `AWS can't be reached (${seenWord(error.code)}).`,
  );
}

function paceOf(clock: Clock) {
  // A run before may have ended just now.
  let next = { read: 0, write: clock.monotonic() + WRITE_PAUSE_MS };
  const pauses = { read: READ_PAUSE_MS, write: WRITE_PAUSE_MS };
  return {
    turn: async (kind: 'read' | 'write'): Promise<void> => {
      const wait = next[kind] - clock.monotonic();
      if (wait > 0) await sleep(clock, wait);
    },
    done: (kind: 'read' | 'write'): void => {
      next = { ...next, [kind]: clock.monotonic() + pauses[kind] };
    },
  };
}
