import { isJsonObject, valueAt } from '../src/aws/values.ts';
import { sleep } from '../src/clock.ts';
import { close } from './close.ts';
import { NotOurs } from './gate.ts';
import { type Entry, markOf } from './notebook.ts';
import { created, type Deal, dealFor, listOf, NotTold, type Surroundings } from './stage.ts';

/** Milliseconds. */
const FOUND_WITHIN_MS = 10_000;

/**
 * Closes every deal in the notebook that is open, as far as AWS allows. One whose making broke off is looked for in AWS's
 * list, by the reference it carries; where it isn't there it is made once more, by the same ClientToken, and so found.
 */
export async function clear(surroundings: Surroundings, tell: (line: string) => void): Promise<void> {
  const { notebook, clock } = surroundings;
  const open = notebook.entries().filter(({ settled }) => settled === undefined);
  if (open.length === 0) return;
  tell(`Closing ${open.length === 1 ? 'one opportunity' : `${open.length} opportunities`}.`);
  const unanswered = open.some(({ id }) => id === undefined);
  const listed = unanswered ? await listedIds(surroundings) : new Map<string, readonly string[]>();
  let draftsStay = false;
  let waited = false;
  for (const entry of open) {
    try {
      if (entry.id === undefined && !(await takenUp(entry, listed, surroundings))) continue;
      const deal = dealFor(entry, surroundings);
      if (entry.id !== undefined && !(await isFound(deal))) {
        // It may have been made just before the run broke off; once is waited for all of them.
        if (!waited) await sleep(clock, FOUND_WITHIN_MS);
        waited = true;
        if (!(await isFound(deal)))
          throw new NotTold('AWS does not find it. Was it made with another account?');
      }
      const end = await close(deal, draftsStay);
      draftsStay ||= end === 'stays a draft';
      notebook.settled(entry.token, end === 'closed' ? 'closed' : 'left');
    } catch (error) {
      if (!(error instanceof NotTold || error instanceof NotOurs)) throw error;
      tell(`${entry.id ?? entry.title} is not closed: ${error.message}`);
    }
  }
}

const isFound = async (deal: Deal): Promise<boolean> => (await deal.look()).ok;

/** Whether there is such a deal, whose ID is known from now on. */
async function takenUp(
  entry: Entry,
  listed: ReadonlyMap<string, readonly string[]>,
  surroundings: Surroundings,
): Promise<boolean> {
  const { notebook } = surroundings;
  const known = new Set(notebook.entries().map(({ id }) => id));
  const found = listed.get(markOf(entry))?.find((id) => !known.has(id));
  if (found !== undefined) {
    notebook.made(entry.token, found);
    return true;
  }
  if (entry.token === markOf(entry)) return (await created(entry, surroundings)).ok;
  // It was asked for a second time, and AWS has one.
  notebook.settled(entry.token, 'not made');
  return false;
}

/** IDs by the partner's own reference, of the rehearsals' customer. AWS's list may hold others: they match no entry. */
async function listedIds(surroundings: Surroundings): Promise<ReadonlyMap<string, readonly string[]>> {
  const answered = await listOf(surroundings)();
  const deals = answered.ok ? valueAt(answered.json, 'OpportunitySummaries') : undefined;
  const pairs = (Array.isArray(deals) ? deals : []).flatMap((deal: unknown): [string, string][] => {
    const { Id: id, PartnerOpportunityIdentifier: mark } = isJsonObject(deal) ? deal : {};
    return typeof id === 'string' && typeof mark === 'string' && /^O\d{1,19}$/.test(id) ? [[mark, id]] : [];
  });
  return new Map(
    Object.entries(Object.groupBy(pairs, ([mark]) => mark)).map(([mark, of = []]) => [
      mark,
      of.map(([, id]) => id),
    ]),
  );
}
