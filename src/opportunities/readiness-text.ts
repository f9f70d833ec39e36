import { z } from 'zod';
import type { Catalog } from '../aws/terms.ts';
import { findingOf, findingsFor, forEachChoice, isRuleName, type Readiness } from './readiness.ts';

const ruleNames = z.array(z.string());
const storedInvolvements = z.object({
  undecided: ruleNames,
  'Co-Sell': ruleNames,
  'For Visibility Only': ruleNames,
});
const storedReadiness = z.object({ Full: storedInvolvements, Limited: storedInvolvements });

/** What a form keeps: the names of the rules, for each choice. */
export const readinessText = (readiness: Readiness): string =>
  JSON.stringify(
    forEachChoice((chosen) => findingsFor(readiness, chosen).map(({ rule }) => rule)) satisfies z.input<
      typeof storedReadiness
    >,
  );

/** Reads what `readinessText` wrote; a rule that this version doesn't know is left out. */
export function readinessFrom(text: string, catalog: Catalog): Readiness {
  const read = storedReadiness.parse(JSON.parse(text));
  return forEachChoice(({ involvementType, visibility }) =>
    read[visibility][involvementType ?? 'undecided']
      .filter(isRuleName)
      .flatMap((rule) => findingOf(rule, catalog)),
  );
}
