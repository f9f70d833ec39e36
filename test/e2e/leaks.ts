import { expect } from 'vitest';
import { fieldAt, isObject, type JsonObject } from '../../demo/json.ts';

/** What of a workspace is looked at: its secrets, its deals, its log. */
export interface Logged {
  readonly slack: {
    readonly botToken: string;
    readonly appToken: string;
    readonly signingSecret: string;
    readonly team: { readonly id: string };
  };
  readonly aws: {
    readonly credentials: { readonly secretAccessKey: string; readonly sessionToken?: string };
    opportunities(): readonly { readonly opportunity: JsonObject }[];
  };
  log(): string;
}

/** Where AWS keeps what only those may read who may see the deal: its people, places, money, plans and AWS's words. */
const CONFIDENTIAL = [
  'Customer',
  'Project',
  'SoftwareRevenue',
  'OpportunityTeam',
  'PartnerOpportunityIdentifier',
  'LifeCycle.NextSteps',
  'LifeCycle.NextStepsHistory',
  'LifeCycle.ReviewComments',
  'LifeCycle.ReviewStatusReason',
  'LifeCycle.ClosedLostReason',
];

/** Values of lists that AWS fixes, and codes too short to be told from anything else. */
const OPEN = new Set([
  'CountryCode',
  'CurrencyCode',
  'DeliveryModels',
  'Frequency',
  'Industry',
  'SalesActivities',
  'TargetCompany',
]);
const SHORTEST = 5;

/** A log may be read by people who may not see deals, and tokens belong in no log at all. */
export const expectNothingLeaked = (logged: Logged): void => expect(leaksIn(logged)).toEqual([]);

/** What the log holds and must not. */
export function leaksIn({ slack, aws, log }: Logged): readonly string[] {
  const secrets = [
    slack.botToken,
    slack.appToken,
    slack.signingSecret,
    aws.credentials.secretAccessKey,
    aws.credentials.sessionToken ?? '',
    `/actions/${slack.team.id}/`,
    ...aws.opportunities().flatMap(({ opportunity }) => confidentialIn(opportunity)),
  ];
  const written = log();
  return secrets.filter((secret) => secret !== '' && isIn(written, secret));
}

/** A number alone counts as a whole only: times, IDs and ports hold any five digits by chance. */
const isIn = (written: string, secret: string): boolean =>
  /^[\d.,]+$/.test(secret)
    ? new RegExp(`(?<![\\w.])${secret.replaceAll('.', '[.]')}(?!\\w|[.]\\d)`).test(written)
    : written.includes(JSON.stringify(secret).slice(1, -1));

/** What of a deal belongs in no log. */
export const confidentialIn = (opportunity: JsonObject): readonly string[] =>
  CONFIDENTIAL.flatMap((path) => textsIn(fieldAt(opportunity, path))).filter(
    (text) => text.length >= SHORTEST,
  );

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, field]) => (OPEN.has(name) ? [] : textsIn(field)));
}
