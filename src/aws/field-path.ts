/** An index as it may be written: `[0]`, `[*]`, `.0`, `.member.0`, `/0`, `.*`. */
const INDEX = /\[[^\][]*\]|[./](?:member[./])?(?:\d+|\*)(?=[./[]|$)/g;

/** `Project.ExpectedCustomerSpend[0].Amount` and `….0.Amount` as `….Amount`. */
export const withoutIndexes = (path: string): string => path.replaceAll(INDEX, '');
