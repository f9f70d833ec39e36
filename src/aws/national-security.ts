import type { Opportunity } from './opportunity.ts';

/** Whether AWS redacts this deal, and so must we. */
export const isNationalSecurity = (opportunity: Opportunity): boolean =>
  opportunity.NationalSecurity?.toLowerCase() === 'yes';
