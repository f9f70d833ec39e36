import rehearsed from './rehearsed.json' with { type: 'json' };
import type { Catalog } from './terms.ts';

/**
 * What is known of AWS's rules, and how: the words people read and the weight of a finding follow from it. Data only,
 * so that what is seen later changes this table and nothing else.
 */
export type Certainty =
  /** An answer of AWS's that somebody recorded. */
  | 'recorded'
  /** Reported by two who don't know each other. */
  | 'two-reports'
  | 'one-report'
  /** AWS's own texts alone. */
  | 'prose'
  /** What was seen and what is written, or two who saw it, disagree. */
  | 'contradictory';

/** Where it was seen. AWS's texts are about both. */
export type SeenIn = Catalog | 'both';

export interface Evidence {
  readonly certainty: Certainty;
  readonly catalog: SeenIn;
  /** Of what was seen, or of the text: `YYYY-MM`. */
  readonly date: string;
  readonly source: string;
  /** What was seen that speaks against the rule. */
  readonly against?: Omit<Evidence, 'against'>;
}

const POSTMAN = 'aws-samples/partner-crm-integration-samples, saved answers';
const GUIDE = 'AWS Partner Central developer guide and API Reference';
const IMPORTS = "AWS's field list for imports, version 14.3 (aws-samples/partner-crm-integration-samples)";
const CONNECTOR = 'AWS Partner CRM Connector for Salesforce, release notes';
const HUBSPOT = 'hubspot-crm-pcagent-integration, comments in its code';
const GOVWIN = 'pandora-cloud/govwin-hubspot-integration';
const MODEL = '@aws-sdk/client-partnercentral-selling 3.1124.0';

const guide: Evidence = { certainty: 'prose', catalog: 'both', date: '2026-11', source: GUIDE };
const imports: Evidence = { certainty: 'prose', catalog: 'both', date: '2024-03', source: IMPORTS };
const model: Evidence = { certainty: 'prose', catalog: 'both', date: '2026-11', source: MODEL };
const oneReport: Evidence = {
  certainty: 'one-report',
  catalog: 'Sandbox',
  date: '2026-05',
  source: HUBSPOT,
};
const twoReports: Evidence = {
  certainty: 'two-reports',
  catalog: 'Sandbox',
  date: '2026-05',
  source: `${HUBSPOT}; ${GOVWIN}`,
};

/** The closed lists, by AWS's path. */
export const LISTS = {
  'LifeCycle.Stage': model,
  'LifeCycle.ClosedLostReason': model,
  PrimaryNeedsFromAws: {
    certainty: 'recorded',
    catalog: 'Sandbox',
    date: '2025-12',
    source: `${MODEL}; the value for visibility only: ${POSTMAN}`,
  },
  'Project.CustomerUseCase': {
    certainty: 'one-report',
    catalog: 'Sandbox',
    date: '2026-05',
    source: `${GOVWIN}: the service's own error text; ${IMPORTS}`,
  },
  'Project.SalesActivities': model,
  'Project.DeliveryModels': model,
  'Project.ExpectedCustomerSpend.CurrencyCode': {
    certainty: 'two-reports',
    catalog: 'both',
    date: '2026-05',
    source: `${HUBSPOT}; ${CONNECTOR} 3.17; release notes of 2026-03-30`,
  },
  'Project.ExpectedCustomerSpend.TargetCompany': {
    certainty: 'one-report',
    catalog: 'Sandbox',
    date: '2026-05',
    source: `${GOVWIN}: another company silently becomes AWS`,
  },
  'Customer.Account.Industry': model,
  'Customer.Account.Address.CountryCode': model,
  'Customer.Account.Address.StateOrRegion': { ...imports, source: `${IMPORTS}; ${MODEL}` },
  'Marketing.Source': model,
  'Marketing.AwsFundingUsed': model,
} as const satisfies Readonly<Record<string, Evidence>>;

/** What a submission asks for. */
export const RULES = {
  stage: imports,
  'stage-early': {
    ...guide,
    // Co-Sell on 2025-02-15 and 2025-11-10, for visibility only on 2025-12-15; a form can't be anything else.
    against: { certainty: 'recorded', catalog: 'Sandbox', date: '2025-12', source: POSTMAN },
  },
  'stage-lost': imports,
  solution: twoReports,
  'close-date': oneReport,
  'close-date-near': oneReport,
  title: twoReports,
  'business-problem': guide,
  'business-problem-short': {
    certainty: 'contradictory',
    catalog: 'Sandbox',
    date: '2025-12',
    source: `what reviewers are said to ask for; 36 characters were accepted (${POSTMAN})`,
  },
  'use-case': twoReports,
  'use-case-list': LISTS['Project.CustomerUseCase'],
  'sales-activities': twoReports,
  'sales-activities-visibility': {
    certainty: 'contradictory',
    catalog: 'Sandbox',
    date: '2025-12',
    source: `${IMPORTS}; accepted without them (${POSTMAN})`,
  },
  'delivery-model': twoReports,
  'expected-spend': { ...oneReport, source: `${GOVWIN}; an estimate instead of an amount: ${POSTMAN}` },
  'spend-currency': LISTS['Project.ExpectedCustomerSpend.CurrencyCode'],
  'spend-company': LISTS['Project.ExpectedCustomerSpend.TargetCompany'],
  'primary-needs': { ...oneReport, source: `${HUBSPOT}; ${GUIDE}` },
  'needs-mixed': imports,
  'company-name': twoReports,
  website: twoReports,
  industry: twoReports,
  'other-industry': {
    certainty: 'one-report',
    catalog: 'AWS',
    date: '2026-03',
    source: `${CONNECTOR} 3.15: the deal stayed a draft; ${IMPORTS}`,
  },
  country: twoReports,
  state: imports,
  'state-list': LISTS['Customer.Account.Address.StateOrRegion'],
  'postal-code': {
    certainty: 'one-report',
    catalog: 'AWS',
    date: '2026-03',
    source: `${CONNECTOR} 3.16; ${IMPORTS}`,
  },
  'postal-code-form': {
    certainty: 'one-report',
    catalog: 'AWS',
    date: '2026-03',
    source: `${CONNECTOR} 3.13: the deal looked submitted and stayed a draft; formats: ${IMPORTS}`,
  },
  contacts: imports,
  'next-steps': imports,
  'marketing-source': twoReports,
  'no-campaign': {
    certainty: 'contradictory',
    catalog: 'Sandbox',
    date: '2026-05',
    source: `${GOVWIN}: refused; accepted: ${POSTMAN}`,
  },
  'funding-used': oneReport,
  'national-security-industry': imports,
  'national-security-country': imports,
  'national-security-involvement': imports,
  'co-sell-limited': oneReport,
  'related-opportunity': imports,
} as const satisfies Readonly<Record<string, Evidence>>;

/** A rule of `readiness.ts`. */
export type RuleName = keyof typeof RULES;

/** Whether AWS lets a field be edited, and how that is known. */
export interface Lock extends Evidence {
  readonly editable: boolean;
}

const documented: Lock = {
  ...guide,
  source: 'API Reference, "LifeCycle: ReviewStatus"; the list for imports agrees',
  editable: true,
};

/**
 * What AWS lets be edited while the review stands so, by AWS's path. Not submitted yet: everything but what is named
 * here. Sent back: nothing but what is named here. In every other status this bot edits nothing.
 */
export const LOCKS = {
  'Pending Submission': {
    'LifeCycle.Stage': {
      certainty: 'two-reports',
      catalog: 'both',
      date: '2026-05',
      source: `${HUBSPOT}; auto-rfp connector; ${IMPORTS}. ${GUIDE}: a draft can be edited as a whole`,
      editable: false,
    },
  },
  'Action Required': {
    'Project.CustomerBusinessProblem': documented,
    'LifeCycle.TargetCloseDate': documented,
    'Project.ExpectedCustomerSpend': documented,
    'Customer.Account.WebsiteUrl': documented,
    'Customer.Account.Address.StreetAddress': documented,
    'Customer.Account.Address.City': documented,
    'Customer.Account.Address.StateOrRegion': documented,
    'Customer.Account.Address.PostalCode': documented,
    'Customer.Account.Address.CountryCode': documented,
    PartnerOpportunityIdentifier: documented,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Lock>>>>;

/** How a rule is known in the catalog at hand. */
export type Basis =
  /** AWS was seen to do it there. */
  | 'seen'
  /** It was seen in the other catalog. */
  | 'seen-in-production'
  | 'seen-in-sandbox'
  /** AWS's texts say so. */
  | 'written';

const isIn = (catalog: Catalog, { catalog: seenIn }: Pick<Evidence, 'catalog'>): boolean =>
  seenIn === 'both' || seenIn === catalog;

const isSeen = ({ certainty }: Pick<Evidence, 'certainty'>): boolean =>
  certainty === 'recorded' || certainty === 'two-reports' || certainty === 'one-report';

/** What a rehearsal in Sandbox showed of a rule or a lock (`docs/rehearsal.md`). */
export interface Rehearsed {
  /** Whether AWS asks for it, or locks it, there. */
  readonly holds: boolean;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** The report. */
  readonly source: string;
}

/** By `rule close-date` or `lock Pending Submission: LifeCycle.Stage`. `npm run rehearse -- --apply` writes it. */
const REHEARSED: Readonly<Record<string, Rehearsed>> = rehearsed;

export const rehearsedOf = (rule: RuleName): Rehearsed | undefined => REHEARSED[`rule ${rule}`];

/** How a rule is known in a catalog. What a rehearsal showed counts in Sandbox; elsewhere where nobody has seen more. */
export function basisIn(catalog: Catalog, evidence: Evidence, shown?: Rehearsed): Basis {
  if (shown?.holds === true && catalog === 'Sandbox') return 'seen';
  if (!isSeen(evidence)) return shown?.holds === true ? 'seen-in-sandbox' : 'written';
  if (isIn(catalog, evidence)) return 'seen';
  return catalog === 'AWS' ? 'seen-in-sandbox' : 'seen-in-production';
}

/** How strongly to speak of what breaks a rule, at the most. */
export type Weight =
  /** AWS refuses it: a further yes is asked for. */
  | 'block'
  /** AWS may ask about it. */
  | 'warn'
  /** Worth a word, while the deal is as it should be. */
  | 'hint';

/**
 * How strongly to speak in a catalog of what breaks a rule, from what is known of the rule; undefined: not at all. What was
 * seen against a rule silences it in the catalog where it was seen, and makes it a hint elsewhere. A rehearsal, which is
 * newer than all of it, decides in Sandbox, and never weakens a rule in Production.
 */
export function weightIn(
  catalog: Catalog,
  evidence: Evidence,
  most: Weight,
  shown?: Rehearsed,
): Weight | undefined {
  if (shown !== undefined && catalog === 'Sandbox') return shown.holds ? most : undefined;
  const { against, certainty } = evidence;
  if (against !== undefined && isSeen(against)) {
    return isIn(catalog, against) && against.certainty !== 'one-report' ? undefined : 'hint';
  }
  return certainty === 'contradictory' && most === 'block' ? 'warn' : most;
}
