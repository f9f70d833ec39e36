import type { LISTS } from './evidence.ts';
import { withoutIndexes } from './exact-json.ts';
import { countryCodes } from './places.ts';
import { readable } from './readable.ts';

/**
 * The values AWS takes where it takes no others. Where the official client's model has a list ("Data Types",
 * https://docs.aws.amazon.com/partner-central/latest/APIReference/API_Types.html), a test compares it with that; where
 * only AWS's texts have one, with those. How sure each is, is in `evidence.ts`. AWS may add to each: a value that isn't
 * in them is shown and kept all the same.
 */
export const stages = [
  'Prospect',
  'Qualified',
  'Technical Validation',
  'Business Validation',
  'Committed',
  'Launched',
  'Closed Lost',
] as const;

/** What a partner can need for Co-Sell. */
export const primaryNeeds = [
  'Co-Sell - Architectural Validation',
  'Co-Sell - Business Presentation',
  'Co-Sell - Competitive Information',
  'Co-Sell - Deal Support',
  'Co-Sell - Pricing Assistance',
  'Co-Sell - Support for Public Tender / RFx',
  'Co-Sell - Technical Consultation',
  'Co-Sell - Total Cost of Ownership Evaluation',
] as const;

/**
 * What AWS itself writes as the one need of a deal submitted for visibility only (recorded, Sandbox, 2025-12). The
 * model's enum doesn't have it. It is no need for Co-Sell, and can't stand beside those.
 */
export const DO_NOT_NEED_SUPPORT = 'Do Not Need Support from AWS Sales Rep';

/** As the service's own error text lists them; the API Reference writes three of them without the blanks. */
export const customerUseCases: readonly string[] =
  'AI Machine Learning and Analytics|Archiving|Big Data: Data Warehouse / Data Integration / ETL / Data Lake / BI|Blockchain|Business Applications: Mainframe Modernization|Business Applications & Contact Center|Business Applications & SAP Production|Centralized Operations Management|Cloud Management Tools|Cloud Management Tools & DevOps with Continuous Integration & Continuous Delivery (CICD)|Configuration, Compliance & Auditing|Connected Services|Containers & Serverless|Content Delivery & Edge Services|Database|Edge Computing / End User Computing|Energy|Enterprise Governance & Controls|Enterprise Resource Planning|Financial Services|Healthcare and Life Sciences|High Performance Computing|Hybrid Application Platform|Industrial Software|IOT|Manufacturing, Supply Chain and Operations|Media & High performance computing (HPC)|Migration / Database Migration|Monitoring, logging and performance|Monitoring & Observability|Networking|Outpost|SAP|Security & Compliance|Storage & Backup|Training|VMC|VMWare|Web development & DevOps'.split(
    '|',
  );

export const salesActivities = [
  'Initialized discussions with customer',
  'Customer has shown interest in solution',
  'Conducted POC / Demo',
  'In evaluation / planning stage',
  'Agreed on solution to Business Problem',
  'Completed Action Plan',
  'Finalized Deployment Need',
  'SOW Signed',
] as const;

export const deliveryModels = [
  'SaaS or PaaS',
  'BYOL or AMI',
  'Managed Services',
  'Professional Services',
  'Resell',
  'Other',
] as const;

export const industries = [
  'Aerospace',
  'Agriculture',
  'Automotive',
  'Computers and Electronics',
  'Consumer Goods',
  'Education',
  'Energy - Oil and Gas',
  'Energy - Power and Utilities',
  'Financial Services',
  'Gaming',
  'Government',
  'Healthcare',
  'Hospitality',
  'Life Sciences',
  'Manufacturing',
  'Marketing and Advertising',
  'Media and Entertainment',
  'Mining',
  'Non-Profit Organization',
  'Other',
  'Professional Services',
  'Real Estate and Construction',
  'Retail',
  'Software and Internet',
  'Telecommunications',
  'Transportation and Logistics',
  'Travel',
  'Wholesale and Distribution',
] as const;

export const marketingSources = ['Marketing Activity', 'None'] as const;

/**
 * The currencies of an expected spend since the release of 2026-03-30: EUR in the partition `aws-eusc`, USD in every
 * other. The model's enum still has all of ISO 4217.
 */
export const spendCurrencies = ['USD', 'EUR'] as const;
export const EUROPEAN_PARTITION = 'aws-eusc';

/** Whose revenue an expected spend is: AWS's, or the partner's own. */
const targetCompanies = ['AWS', 'Self'] as const;

export const closedLostReasons = [
  'Customer Deficiency',
  'Customer Experience',
  'Delay / Cancellation of Project',
  'Financial/Commercial',
  'Legal / Tax / Regulatory',
  'Lost to Competitor - Google',
  'Lost to Competitor - Microsoft',
  'Lost to Competitor - Other',
  'Lost to Competitor - SoftLayer',
  'Lost to Competitor - VMWare',
  'No Opportunity',
  'On Premises Deployment',
  'Other',
  'Partner Gap',
  'People/Relationship/Governance',
  'Price',
  'Product/Technology',
  'Security / Compliance',
  'Technical Limitations',
] as const;

const CLOSED_LISTS = {
  'LifeCycle.Stage': stages,
  'LifeCycle.ClosedLostReason': closedLostReasons,
  PrimaryNeedsFromAws: [...primaryNeeds, DO_NOT_NEED_SUPPORT],
  'Project.CustomerUseCase': customerUseCases,
  'Project.SalesActivities': salesActivities,
  'Project.DeliveryModels': deliveryModels,
  'Project.ExpectedCustomerSpend.CurrencyCode': spendCurrencies,
  'Project.ExpectedCustomerSpend.TargetCompany': targetCompanies,
  'Customer.Account.Industry': industries,
  'Customer.Account.Address.CountryCode': countryCodes,
  'Marketing.Source': marketingSources,
} as const satisfies Readonly<
  Record<Exclude<keyof typeof LISTS, 'Customer.Account.Address.StateOrRegion'>, readonly string[]>
>;
const closedLists: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(CLOSED_LISTS));

/**
 * The values AWS takes at a path (`Project.ExpectedCustomerSpend[0].CurrencyCode`), in its spelling; undefined where
 * any text goes. A state's list depends on the country: `usStates`.
 */
export const closedListAt = (path: string): readonly string[] | undefined =>
  closedLists.get(withoutIndexes(path));

/**
 * How the list at a path spells a value that AWS or a person wrote with HTML entities, blanks around it or in another
 * case; undefined where the list hasn't got it, or there is none.
 */
export function listSpelling(path: string, value: string): string | undefined {
  const list = closedListAt(path);
  return list === undefined ? undefined : spellingIn(list, value);
}

/** The same for a list that no path has alone. */
export const spellingIn = (list: readonly string[], value: string): string | undefined => {
  const written = folded(value);
  return list.find((entry) => folded(entry) === written);
};

const folded = (text: string): string => readable(text).trim().toLowerCase();
