import type { RefusedError } from '../src/aws/errors.ts';
import type { InvolvementType, Visibility } from '../src/aws/terms.ts';
import { exactJsonOf, jsonOf } from '../src/aws/transport.ts';
import {
  isWholeOpportunity,
  type NewValues,
  updateRequest,
  type WholeJson,
} from '../src/aws/update-request.ts';
import { isJsonObject, type JsonObject, valueAt } from '../src/aws/values.ts';
import { type Clock, sleep } from '../src/clock.ts';
import { COMPANY, editsOf, type Variation } from './deal.ts';
import { CATALOG, type Exchange, type Gate, NotOurs, type OnDeal } from './gate.ts';
import type { Entry, Notebook } from './notebook.ts';
import { seenWord } from './vocabulary.ts';

/** AWS took it, or refused it: what a claim can judge. */
export type Answered =
  | { readonly ok: true; readonly json: JsonObject; readonly exchange: Exchange }
  | { readonly ok: false; readonly refusal: RefusedError; readonly exchange: Exchange };

/** A claim can't be told: what stood in the way, in words of ours. */
export class NotTold extends Error {}

/** Milliseconds: how long a read may go on not finding what was made. */
const FOUND_WITHIN_MS = 60_000;

/** A deal that a rehearsal made, and what can be done with it. All throw `NotTold` where AWS's answer says nothing. */
export interface Deal {
  readonly entry: Entry;
  /** What GetOpportunity answers, at once and only once. */
  look(): Promise<Answered>;
  /** The deal as it stands: looked for every second, for up to a minute. */
  read(): Promise<WholeJson>;
  /** AWS's review status; '' where it has none. */
  status(): Promise<string>;
  submit(chosen?: {
    readonly involvement?: InvolvementType;
    readonly visibility?: Visibility;
  }): Promise<Answered>;
  /** Submits it for Co-Sell and looks at it at once: the first time it is asked; from then on, what came of that. */
  submission(): Promise<Submission>;
  /** Reads the deal and saves it with these changes, as the bot does. `asSent` changes the request itself. */
  edit(variation: Variation, asSent?: (request: JsonObject) => JsonObject): Promise<Answered>;
  associate(type: string, id: string): Promise<Answered>;
  summary(): Promise<Answered>;
  engagements(): Promise<Answered>;
  /** Brings it there, where it isn't: submitted for Co-Sell, and the review played as Sandbox lets one. */
  reach(status: 'Submitted' | 'Approved' | 'Action Required'): Promise<void>;
}

export interface Submission {
  readonly answered: Answered;
  /** The review status that a read showed right after AWS's answer. */
  readonly statusAtOnce: string;
}

/** Everything a claim may do beside its deals. */
export interface Stage {
  readonly clock: Clock;
  /** Makes a deal now, and doesn't wait until it is found. */
  make(variation: Variation): Promise<{ readonly deal: Deal; readonly answered: Answered }>;
  /** CreateOpportunity once more, as it was sent. */
  makeAgain(deal: Deal): Promise<Answered>;
  /** The rehearsal's own deals that AWS lists, of this status where one is given. */
  listed(status?: string): Promise<Answered>;
}

export interface Surroundings {
  readonly gate: Gate;
  readonly notebook: Notebook;
  readonly clock: Clock;
  /** Told of what is ours in what is sent: of a deal, or of a change to one. */
  readonly onOwn: (own: unknown) => void;
  /** Told of every exchange, in order. */
  readonly onExchange: (exchange: Exchange) => void;
}

/** What an exchange came to. @throws NotTold where it says neither yes nor no */
function answeredBy(exchange: Exchange): Answered {
  const { result } = exchange;
  if (result.ok) {
    const json = jsonOf(result.value);
    return { ok: true, json: isJsonObject(json) ? json : {}, exchange };
  }
  const { error } = result;
  if (error.kind === 'refused') return { ok: false, refusal: error, exchange };
  throw new NotTold(`${exchange.operation} got no answer that says anything (${seenWord(error.code)}).`);
}

export function dealFor(entry: Entry, { gate, clock, onOwn, onExchange }: Surroundings): Deal {
  const ask = async (operation: OnDeal, request?: JsonObject): Promise<Answered> => {
    const exchange = await gate.ask(operation, entry, request);
    onExchange(exchange);
    return answeredBy(exchange);
  };
  const look = () => ask('GetOpportunity');

  async function read(): Promise<WholeJson> {
    const until = clock.monotonic() + FOUND_WITHIN_MS;
    for (;;) {
      const found = await look();
      if (found.ok) return wholeOf(found);
      if (found.refusal.code !== 'ResourceNotFoundException') throw unreadable(found);
      if (clock.monotonic() >= until) throw new NotTold('AWS did not find within a minute what it had made.');
      await sleep(clock, 1_000);
    }
  }

  async function save(edits: NewValues, asSent = (request: JsonObject) => request): Promise<Answered> {
    const { Identifier: _id, Catalog: _catalog, ...request } = updateRequest(await read(), CATALOG, edits);
    return ask('UpdateOpportunity', asSent(request));
  }

  const status = async (): Promise<string> => textAt(await read(), 'LifeCycle.ReviewStatus');
  const submit: Deal['submit'] = async ({ involvement = 'Co-Sell', visibility = 'Full' } = {}) => {
    await read();
    return ask('SubmitOpportunity', { InvolvementType: involvement, Visibility: visibility });
  };

  let submission: Promise<Submission> | undefined;
  async function submitOnce(): Promise<Submission> {
    const answered = await submit();
    const shown = await look();
    return { answered, statusAtOnce: shown.ok ? textAt(shown.json, 'LifeCycle.ReviewStatus') : '' };
  }

  return {
    entry,
    look,
    read,
    status,
    submit,
    submission: () => {
      submission ??= submitOnce();
      return submission;
    },
    edit: (variation, asSent) => {
      onOwn(variation);
      return save(editsOf(variation), asSent);
    },
    associate: (type, id) =>
      ask('AssociateOpportunity', { RelatedEntityType: type, RelatedEntityIdentifier: id }),
    summary: () => ask('GetAwsOpportunitySummary'),
    engagements: () => ask('ListEngagementResourceAssociations', { ResourceType: 'Opportunity' }),
    async reach(wanted) {
      const before = await status();
      if (before === wanted) return;
      if (before === 'Pending Submission') {
        submission ??= submitOnce();
        must((await submission).answered, 'a deal to be submitted');
      }
      if (wanted === 'Submitted') {
        const now = await status();
        if (now === 'Submitted' || now === 'In review') return;
        throw new NotTold(`A deal that was to be submitted is shown as ${seenWord(now)}.`);
      }
      must(await save(editsOf({ 'LifeCycle.ReviewStatus': wanted })), 'a review to be played');
      const now = await status();
      if (now !== wanted) throw new NotTold('Sandbox took a played review without showing it.');
    },
  };
}

/** @throws NotTold where AWS refused it */
export function must(answered: Answered, what: string): void {
  if (!answered.ok) throw new NotTold(`AWS did not allow ${what} (${codesOf(answered).join(', ')}).`);
}

/** The exception, or the codes of its entries. */
export const codesOf = ({ refusal }: Extract<Answered, { ok: false }>): readonly string[] =>
  refusal.fieldErrors.length > 0 ? refusal.fieldErrors.map(({ code }) => seenWord(code)) : [refusal.code];

export const textAt = (json: JsonObject, path: string): string => {
  const value = valueAt(json, path);
  return typeof value === 'string' ? value : '';
};

export const objectAt = (json: JsonObject, path: string): JsonObject => {
  const value = valueAt(json, path);
  return isJsonObject(value) ? value : {};
};

function wholeOf({ exchange }: Extract<Answered, { ok: true }>): WholeJson {
  const json = exchange.result.ok ? exactJsonOf(exchange.result.value) : undefined;
  if (isWholeOpportunity(json)) return json;
  throw new NotTold('GetOpportunity answered something else than an opportunity.');
}

const unreadable = (answered: Extract<Answered, { ok: false }>): NotTold =>
  new NotTold(`GetOpportunity was refused (${codesOf(answered).join(', ')}).`);

/**
 * Creates the deal of an entry that the notebook has, and writes down what came of it. `same`: the ID under which an
 * earlier entry has it, where this one asks for it a second time.
 */
export async function created(entry: Entry, surroundings: Surroundings, same?: string): Promise<Answered> {
  const { gate, notebook, onOwn, onExchange } = surroundings;
  onOwn(entry.request);
  const exchange = await gate.create(entry);
  onExchange(exchange);
  const answered = answeredBy(exchange);
  if (!answered.ok) {
    notebook.settled(entry.token, 'not made');
    return answered;
  }
  const { Id: id } = answered.json;
  if (typeof id !== 'string' || !/^O\d{1,19}$/.test(id)) {
    throw new NotTold('CreateOpportunity answered without an ID.');
  }
  if (id === same) {
    notebook.settled(entry.token, 'not made');
    return answered;
  }
  if (notebook.entries().some((each) => each.id === id && each.token !== entry.token)) {
    throw new NotOurs('CreateOpportunity answered with the ID of another deal.');
  }
  notebook.made(entry.token, id);
  return answered;
}

export const listOf =
  ({ gate, onExchange }: Surroundings) =>
  async (status?: string): Promise<Answered> => {
    const exchange = await gate.list(
      COMPANY,
      status === undefined ? {} : { LifeCycleReviewStatus: [status] },
    );
    onExchange(exchange);
    return answeredBy(exchange);
  };
