import type { AwsOpportunitySummary, Opportunity } from './opportunity.ts';

/** Somebody of AWS's own on a deal. */
export type AwsPerson = NonNullable<AwsOpportunitySummary['OpportunityTeam']>[number];

/** Titles of the partner's own people ("Contact", models of the official client). */
const PARTNERS = new Set(['OpportunityOwner', 'PartnerAccountManager']);

/** Titles of AWS's people ("AwsMemberBusinessTitle", models of the official client). */
const AWS = new Set(['AWSAccountOwner', 'AWSSalesRep', 'ISVSM', 'PDM', 'PSM', 'Signatory', 'WWPSPDM']);

/**
 * AWS's people on a deal, each once. Which answer names them is contradictory: recorded are PDMs in the summary and none
 * of AWS's in the opportunity, one report has them in the opportunity and none in the summary. In the opportunity stand
 * the partner's own people as well, so that only AWS's titles count there.
 */
export function awsPeople(
  opportunity: Pick<Opportunity, 'OpportunityTeam'> | undefined,
  summary: Pick<AwsOpportunitySummary, 'OpportunityTeam'> | undefined,
): readonly AwsPerson[] {
  const named = [
    ...(summary?.OpportunityTeam ?? []).filter(({ BusinessTitle = '' }) => !PARTNERS.has(BusinessTitle)),
    ...(opportunity?.OpportunityTeam ?? []).filter(({ BusinessTitle = '' }) => AWS.has(BusinessTitle)),
  ];
  const each = new Map(named.toReversed().map((person) => [keyOf(person), person]));
  return named.filter((person) => each.get(keyOf(person)) === person);
}

/**
 * Whether AWS may still put people of its own on a deal: not on one that is submitted For Visibility Only, nor on one that it
 * calls Partner-led. A motion that nobody knows, and none as long as AWS hasn't scored the deal, rule nothing out. (Its
 * values: models of the official client; nobody recorded one.)
 */
export const mayNamePeople = ({
  InvolvementType,
  CosellMotion,
}: Pick<AwsOpportunitySummary, 'InvolvementType' | 'CosellMotion'>): boolean =>
  spelled(InvolvementType) !== 'forvisibilityonly' && spelled(CosellMotion) !== 'partnerled';

/** AWS's spelling of its values varies in case, hyphens and blanks. */
const spelled = (value: string | undefined): string => (value ?? '').toLowerCase().replaceAll(/[\s_-]/g, '');

/** Somebody without an address is known by their name. */
const keyOf = ({ Email, FirstName, LastName }: AwsPerson): string =>
  (Email ?? [FirstName, LastName].join(' ')).toLowerCase();
