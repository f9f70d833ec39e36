import { parseOpportunityId } from './opportunity-ids.ts';
import { foreign } from './text.ts';

/** Partner Central's front page: for several deals, and where no page of a single one is known. */
const FRONT_PAGE = 'https://partnercentral.awspartner.com/';

/** The address of a deal's page in Partner Central, with `{id}` in place of its ID; undefined: none is known. */
export type DealPage = string | undefined;

/** Where a button leads that opens a deal in Partner Central. */
export const dealUrl = (opportunityId: string, dealPage: DealPage): string =>
  dealPage?.replaceAll('{id}', encodeURIComponent(opportunityId)) ?? FRONT_PAGE;

const CUSTOMER_LENGTH = 80;

/** A deal by its customer, where they may be named, and its ID; mrkdwn. */
export function dealName(opportunityId: string, customer: string | undefined, dealPage: DealPage): string {
  const name = foreign(customer ?? '', CUSTOMER_LENGTH).replaceAll('\n', ' ');
  const id = linkedId(opportunityId, dealPage);
  return name === '' ? `*${id}*` : `*${name}* · ${id}`;
}

/** A deal's ID in mrkdwn, leading to its page where one is known. Not for notifications, which show a link as text. */
export const linkedId = (opportunityId: string, dealPage: DealPage): string =>
  linked(foreign(opportunityId, 30), opportunityId, dealPage);

/** The same of another text about the deal: mrkdwn, escaped. */
export function linked(shown: string, opportunityId: string, dealPage: DealPage): string {
  if (dealPage === undefined || parseOpportunityId(opportunityId) !== opportunityId) return shown;
  // A second bar in it isn't known to be shown.
  return `<${dealUrl(opportunityId, dealPage).replaceAll('&', '&amp;')}|${shown.replaceAll('|', '¦')}>`;
}
