import { LRUCache } from 'lru-cache';
import type { PartnerCentral } from '../aws/operations.ts';
import { type Catalog, relatedEntityTypeOf } from '../aws/terms.ts';
import { type Clock, LATE, within } from '../clock.ts';
import type { Logger } from '../observability/log.ts';
import { type WhyNoList, whyNoList } from '../opportunities/listing.ts';
import { fold } from '../opportunities/pick-list.ts';
import { type createPermissions, knownInTime, type NotAllowed, type Who } from '../permissions.ts';
import type { Store } from '../submissions/store.ts';

/** The partner's solutions that can be associated, or why they couldn't be listed; the names are as AWS wrote them. */
type SolutionsListed =
  | { readonly type: 'found'; readonly solutions: readonly { readonly id: string; readonly name: string }[] }
  | { readonly type: 'unavailable'; readonly why: WhyNoList };

/** What a person who looks for a solution is offered for what they typed, or why nothing is. */
export type SolutionsFound = SolutionsListed | NotAllowed | { readonly type: 'unknown-form' };

/** Milliseconds; together they leave the answer its place in Slack's 3 s. */
const PERMISSION_WITHIN_MS = 1000;
const LIST_WITHIN_MS = 1500;
/** Milliseconds for which a list is used again: whoever types asks for it with every letter. */
const FRESH_MS = 60_000;
/** AWS's most; and how many pages of them are worth a search as one types. */
const PAGE_SIZE = 100;
const PAGES = 5;

/**
 * Offers the partner's active solutions to whoever has a form for changing a deal open. Permission comes first. The list
 * is kept for a moment: whoever types meanwhile shares one reading.
 * ("ListSolutions", https://docs.aws.amazon.com/partner-central/latest/APIReference/API_ListSolutions.html)
 */
export function createSolutions({
  aws,
  clock,
  log,
  catalog,
  store,
  permissions,
}: {
  readonly aws: PartnerCentral;
  readonly clock: Clock;
  readonly log: Logger;
  readonly catalog: Catalog;
  readonly store: Pick<Store, 'form'>;
  readonly permissions: Pick<ReturnType<typeof createPermissions>, 'ask' | 'own'>;
}): (input: {
  readonly formId: string;
  readonly who: Who;
  readonly query: string;
}) => Promise<SolutionsFound> {
  const readings = new LRUCache<Catalog, Promise<SolutionsListed>>({
    max: 1,
    ttl: FRESH_MS,
    ttlResolution: 0,
    perf: { now: () => clock.monotonic() },
  });

  const read = async (): Promise<SolutionsListed> => {
    const solutions: { id: string; name: string }[] = [];
    let token: string | undefined;
    for (let page = 0; page < PAGES; page += 1) {
      const answer = await aws.listSolutions({
        Catalog: catalog,
        MaxResults: PAGE_SIZE,
        Status: ['Active'],
        ...(token === undefined ? {} : { NextToken: token }),
      });
      if (!answer.ok) {
        const { kind, code, requestId } = answer.error;
        log.warn({ code, kind, requestId }, 'AWS could not be asked for the solutions');
        return { type: 'unavailable', why: whyNoList(answer.error) };
      }
      solutions.push(...answer.value.SolutionSummaries.map(({ Id, Name = '' }) => ({ id: Id, name: Name })));
      token = answer.value.NextToken;
      if (token === undefined) break;
    }
    return { type: 'found', solutions };
  };

  const list = (): Promise<SolutionsListed> => {
    const known = readings.get(catalog);
    if (known !== undefined) return known;
    const reading = read();
    readings.set(catalog, reading);
    // What failed is asked for again with the next letter.
    const forget = () => readings.delete(catalog);
    void reading.then(({ type }) => type === 'found' || forget(), forget);
    return reading;
  };

  return async ({ formId, who, query }) => {
    try {
      const form = await permissions.own(await store.form(formId), who);
      if (form?.editing === undefined) return { type: 'unknown-form' };
      const asking = permissions.ask(who, form.channelId);
      const permission = knownInTime(await within(clock, PERMISSION_WITHIN_MS, asking));
      if (permission.type !== 'allowed') return permission;
      // AWS Marketplace has a list of its own, which this bot doesn't ask: what is there is given by its ARN.
      const arn = query.trim();
      if (relatedEntityTypeOf(arn) !== undefined && arn.includes(':')) {
        return { type: 'found', solutions: [{ id: arn, name: 'AWS Marketplace' }] };
      }
      const listed = await within(clock, LIST_WITHIN_MS, list());
      if (listed === LATE) return { type: 'unavailable', why: 'busy' };
      if (listed.type !== 'found') return listed;
      const words = fold(query.slice(0, 200)).split(/\s+/);
      const matches = (text: string) => words.every((word) => text.includes(word));
      const solutions = listed.solutions.filter(({ id, name }) => matches(fold(`${name}\n${id}`)));
      return { type: 'found', solutions };
    } catch (error) {
      log.error({ error }, 'no solutions could be offered');
      return { type: 'unavailable', why: 'busy' };
    }
  };
}
