/** `Project.ExpectedCustomerSpend[0].Amount` and `….0.Amount` as `….Amount`. */
export const withoutIndexes = (path: string): string => path.replaceAll(/\[\d*\]|\.\d+(?=\.|$)/g, '');
