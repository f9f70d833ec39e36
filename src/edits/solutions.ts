import { relatedEntityTypeOf } from '../aws/terms.ts';
import type { Bot } from '../bot.ts';
import { LATE, within } from '../clock.ts';
import { fold } from '../opportunities/pick-list.ts';
import { type NotAllowed, notAllowed, type Who } from '../permissions.ts';
import type { SolutionsListed } from './list-solutions.ts';

/** What a person who looks for a solution is offered for what they typed, or why nothing is. */
export type SolutionsFound = SolutionsListed | NotAllowed | { readonly type: 'unknown-form' };

/** Milliseconds; together they leave the answer its place in Slack's 3 s. */
const PERMISSION_WITHIN_MS = 1000;
const LIST_WITHIN_MS = 1500;

/** Offers the partner's active solutions to whoever has a form for changing a deal open. Permission comes first. */
export async function solutions(
  {
    store,
    permissions,
    clock,
    log,
    listSolutions,
  }: Pick<Bot, 'store' | 'permissions' | 'clock' | 'log' | 'listSolutions'>,
  input: { readonly formId: string; readonly who: Who; readonly query: string },
): Promise<SolutionsFound> {
  try {
    const form = await permissions.own(await store.form(input.formId), input.who);
    if (form?.editing === undefined) return { type: 'unknown-form' };
    const asking = permissions.ask(input.who, form.channelId);
    const instead = notAllowed(await within(clock, PERMISSION_WITHIN_MS, asking));
    if (instead !== undefined) return instead;
    // AWS Marketplace has a list of its own, which this bot doesn't ask: what is there is given by its ARN.
    const arn = input.query.trim();
    if (relatedEntityTypeOf(arn) !== undefined && arn.includes(':')) {
      return { type: 'found', solutions: [{ id: arn, name: 'AWS Marketplace' }] };
    }
    const listed = await within(clock, LIST_WITHIN_MS, listSolutions());
    if (listed === LATE) return { type: 'unavailable', why: 'busy' };
    if (listed.type !== 'found') return listed;
    const words = fold(input.query.slice(0, 200)).split(/\s+/);
    const matches = (text: string) => words.every((word) => text.includes(word));
    return {
      type: 'found',
      solutions: listed.solutions.filter(({ id, name }) => matches(fold(`${name}\n${id}`))),
    };
  } catch (error) {
    log.error({ error }, 'no solutions could be offered');
    return { type: 'unavailable', why: 'busy' };
  }
}
