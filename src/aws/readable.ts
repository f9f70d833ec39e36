import { decode } from 'html-entities';
import { isJsonObject } from './exact-json.ts';
import type { AwsOpportunitySummary, Opportunity } from './opportunity.ts';

/** Nobody encodes a text more often than this. */
const MOST_ROUNDS = 8;

/** A text of AWS's, which may be HTML-entity-encoded, as a person would read it: without what can't be seen or turns text round. */
export const readable = (text: string): string => visible(decoded(text));

/**
 * Decoded until nothing is left to decode, since what was saved twice is encoded twice; and only what ends in a
 * semicolon, since a link's `?q=1&section=3&not=2` isn't encoded.
 */
function decoded(text: string): string {
  let now = text;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const next = decode(now, { scope: 'strict' });
    if (next === now) break;
    now = next;
  }
  return now;
}

/** What people typed: as it would read if it came back from AWS, where nothing is encoded. */
export function visible(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/(?![\n\t])\p{Cc}|[\u200B\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu, '');
}

/** Whether a text is nothing but AWS's mark in the place of a redacted value: the word, or asterisks. A sentence may hold the word. */
export const isRedacted = (text: string): boolean =>
  /^[^\p{L}\p{N}]*redacted[^\p{L}\p{N}]*$|^\s*\*{3,}\s*$/iu.test(text);

/** Whether any text in a value is such a mark. */
export function holdsRedacted(value: unknown): boolean {
  if (typeof value === 'string') return isRedacted(value);
  if (Array.isArray(value)) return value.some(holdsRedacted);
  return isJsonObject(value) && Object.values(value).some(holdsRedacted);
}

/** Whether AWS redacts this deal, and so must we. */
export const isNationalSecurity = (opportunity: Opportunity): boolean =>
  opportunity.NationalSecurity?.toLowerCase() === 'yes';

/** Somebody of AWS's own on a deal. */
export type AwsPerson = NonNullable<AwsOpportunitySummary['OpportunityTeam']>[number];

/** Titles of the partner's own people ("Contact", models of the official client). */
const PARTNERS = new Set(['OpportunityOwner', 'PartnerAccountManager']);

/** Titles of AWS's people ("AwsMemberBusinessTitle", models of the official client). */
const AWS = new Set(['AWSAccountOwner', 'AWSSalesRep', 'ISVSM', 'PDM', 'PSM', 'Signatory', 'WWPSPDM']);

/**
 * AWS's people on a deal, each once. Which answer names them is contradictory: recorded ones have PDMs in the summary and
 * nobody of AWS's in the opportunity; one report has it the other way round. The opportunity also names the partner's own
 * people: there only AWS's titles count.
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
 * Whether AWS may still put people of its own on a deal: not where it was submitted For Visibility Only, nor where AWS calls
 * it Partner-led. Any other motion, or none while AWS hasn't scored the deal, rules nothing out. (Its values: models of the
 * official client; nobody recorded one.)
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
