/** Names of a deal's parts, as Partner Central shows them. */
export const opportunity = 'Opportunity';
export const customer = 'Customer';
export const country = 'Country';
export const stage = 'Stage';
export const targetCloseDate = 'Target close date';
export const expectedSpend = 'Expected spend';
export const review = 'AWS review';
export const notGiven = 'not given';
export const untitled = 'No title';
export const noSpend = 'no spend given';
export const closes = (when: string): string => `closes ${when}`;
export const nationalSecurityInShort = 'National Security: see Partner Central';
export const andMore = (count: number): string => `and ${count} more`;
export const nationalSecurity =
  'This is a National Security deal: its details are left out here. Partner Central has them.';
