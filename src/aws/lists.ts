import type { LISTS } from './evidence.ts';
import { readable, withoutIndexes } from './values.ts';

/** Lists of places. A test compares each with the official client's, or with the file of AWS's that has it. */

/** ISO 3166, as the model's `CountryCode` has it. */
export const countryCodes: readonly string[] =
  'AD AE AF AG AI AL AM AN AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'.split(
    ' ',
  );

/**
 * The states of the United States as AWS takes them ("Address: StateOrRegion",
 * https://docs.aws.amazon.com/partner-central/latest/APIReference/API_Address.html); its list for imports is the same.
 * Elsewhere a state is free text.
 */
export const usStates: readonly string[] =
  'Alabama|Alaska|American Samoa|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Dist. of Columbia|Federated States of Micronesia|Florida|Georgia|Guam|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Marshall Islands|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Northern Mariana Islands|Ohio|Oklahoma|Oregon|Palau|Pennsylvania|Puerto Rico|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Virgin Islands|Washington|West Virginia|Wisconsin|Wyoming|APO/AE|AFO/FPO|FPO, AP'.split(
    '|',
  );

/** The states of a country (ISO 3166) where AWS takes no others; undefined: any text goes. */
export const statesOf = (countryCode: unknown): readonly string[] | undefined =>
  countryCode === 'US' ? usStates : undefined;

/** Countries of whose addresses AWS asks no postal code, from its list for imports (version 14.3). */
export const countriesWithoutPostalCode: ReadonlySet<string> = new Set(
  'AE AG AN AO AW BF BI BJ BO BQ BS BW BZ CF CG CI CK CM CW DJ DM ER FJ GD GH GM GQ GY HK HM KI KM KN LY ML MO MR MW NR NU QA RW SB SC SH SL SR ST SY TF TG TK TL TO TV UG VU YE ZW'.split(
    ' ',
  ),
);

/**
 * How a postal code is written, and where; a country may stand in several rows. N is a digit, A a letter, everything
 * else itself. From AWS's list for imports, which has nothing usable for El Salvador and Great Britain; the latter's
 * are the ones of the United Kingdom.
 */
const FORMATS: readonly (readonly [formats: string, countries: string])[] = [
  [
    'NNNNN',
    'AX BA BR BT CR CU CZ DE DO DZ EE EG ES FI FR GR GT GU HN HR ID IL IQ IT JO KE KH KR KW LA LK LT MA ME MH MM MN MP MV MX MY NA NI NP PE PK PR PW RS SD SE SK SN SS TD TH TR TW UA US UY VI ZM',
  ],
  [
    'NNNN',
    'AF AL AM AT AU BD BE BG BH CC CH CR CV CX CY DK ET GE GL GW HT HU LI LR LU MK MV MZ NE NF NO NZ PH PT PY SJ TN ZA',
  ],
  ['NNNNNN', 'CN CO EC IN KG KZ NG PA RO SG TJ TM TT VN'],
  ['NNN', 'BH FO IS LS MG OM PG'],
  ['NNN NN', 'CZ GR SE SK'],
  ['NNNNN-NNNN', 'SA US'],
  ['NNNNNNN', 'IL JP'],
  ['120|00120', 'VA'],
  ['4789N', 'SM'],
  ['97133', 'BL'],
  ['97150', 'MF'],
  ['971NN', 'GP'],
  ['972NN', 'MQ'],
  ['973NN', 'GF'],
  ['974NN', 'RE'],
  ['97500', 'PM'],
  ['976NN', 'YT'],
  ['980NN', 'MC'],
  ['986NN', 'WF'],
  ['987NN', 'PF'],
  ['988NN', 'NC'],
  ['AA NN|AA AA', 'BM'],
  ['AAA NNNN|AAANNNN', 'MT'],
  ['AN NAA|ANN NAA|AAN NAA|AANN NAA|ANA NAA|AANA NAA', 'GB'],
  ['ANNAA|ANNNAA|AANNAA|AANNNAA|ANANAA|AANANAA', 'GB'],
  ['ANA NAN|ANANAN', 'CA'],
  ['ANN NANA|ANNNANA', 'IE'],
  ['B-NNNN', 'BE'],
  ['KBNNNN', 'BN'],
  ['LT-NNNNN', 'LT'],
  ['MNNN', 'SZ'],
  ['NN', 'JM'],
  ['NN-NNN', 'PL'],
  ['NNN NNN', 'IN'],
  ['NNN-NNNN', 'JP'],
  ['NNNN AA|NNNNAA', 'NL'],
  ['NNNN-NNN', 'PT'],
  ['NNNNN-NNN', 'BR'],
  ['S-NNNNN|SE-NNNNN', 'SE'],
  ['VCNNNN', 'VC'],
];

/**
 * How AWS writes postal codes of a country (ISO 3166): N is a digit, A a letter, everything else itself. Empty where
 * nothing is known of them.
 */
export const postalCodeFormats = (countryCode: string): readonly string[] =>
  FORMATS.filter(([, countries]) => countries.split(' ').includes(countryCode)).flatMap(([formats]) =>
    formats.split('|'),
  );

/** Whether a postal code is written as AWS's list has it for that country, but for case; true where none is known. */
export function isPostalCodeOf(countryCode: string, postalCode: string): boolean {
  const formats = postalCodeFormats(countryCode);
  const written = [...postalCode.trim().toUpperCase()];
  return formats.length === 0 || formats.some((format) => isWrittenAs(format, written));
}

const isWrittenAs = (format: string, written: readonly string[]): boolean =>
  format.length === written.length && written.every((sign, at) => isSign(format.charAt(at), sign));

function isSign(expected: string, sign: string): boolean {
  if (expected === 'N') return /^[0-9]$/.test(sign);
  return expected === 'A' ? /^[A-Z]$/.test(sign) : sign === expected;
}

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

/** Where an expected spend is in EUR. */
export const EUROPEAN_PARTITION = 'aws-eusc';

/**
 * The values AWS takes at a path where it takes no others. Where the official client's model has a list ("Data Types",
 * https://docs.aws.amazon.com/partner-central/latest/APIReference/API_Types.html), a test compares it with that; where
 * only AWS's texts have one, with those. How sure each is, is in `evidence.ts`. AWS may add to each: a value that isn't
 * in them is shown and kept all the same.
 */
export const CLOSED_LISTS = {
  'LifeCycle.Stage': [
    'Prospect',
    'Qualified',
    'Technical Validation',
    'Business Validation',
    'Committed',
    'Launched',
    'Closed Lost',
  ],
  'LifeCycle.ClosedLostReason': [
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
  ],
  PrimaryNeedsFromAws: [...primaryNeeds, DO_NOT_NEED_SUPPORT],
  /** As the service's own error text lists them; the API Reference writes three of them without the blanks. */
  'Project.CustomerUseCase':
    'AI Machine Learning and Analytics|Archiving|Big Data: Data Warehouse / Data Integration / ETL / Data Lake / BI|Blockchain|Business Applications: Mainframe Modernization|Business Applications & Contact Center|Business Applications & SAP Production|Centralized Operations Management|Cloud Management Tools|Cloud Management Tools & DevOps with Continuous Integration & Continuous Delivery (CICD)|Configuration, Compliance & Auditing|Connected Services|Containers & Serverless|Content Delivery & Edge Services|Database|Edge Computing / End User Computing|Energy|Enterprise Governance & Controls|Enterprise Resource Planning|Financial Services|Healthcare and Life Sciences|High Performance Computing|Hybrid Application Platform|Industrial Software|IOT|Manufacturing, Supply Chain and Operations|Media & High performance computing (HPC)|Migration / Database Migration|Monitoring, logging and performance|Monitoring & Observability|Networking|Outpost|SAP|Security & Compliance|Storage & Backup|Training|VMC|VMWare|Web development & DevOps'.split(
      '|',
    ),
  'Project.SalesActivities': [
    'Initialized discussions with customer',
    'Customer has shown interest in solution',
    'Conducted POC / Demo',
    'In evaluation / planning stage',
    'Agreed on solution to Business Problem',
    'Completed Action Plan',
    'Finalized Deployment Need',
    'SOW Signed',
  ],
  'Project.DeliveryModels': [
    'SaaS or PaaS',
    'BYOL or AMI',
    'Managed Services',
    'Professional Services',
    'Resell',
    'Other',
  ],
  /** Since the release of 2026-03-30: EUR in the partition `aws-eusc`, USD in every other. The model has all of ISO 4217. */
  'Project.ExpectedCustomerSpend.CurrencyCode': ['USD', 'EUR'],
  /** Whose revenue it is: AWS's, or the partner's own. */
  'Project.ExpectedCustomerSpend.TargetCompany': ['AWS', 'Self'],
  'Customer.Account.Industry': [
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
  ],
  'Customer.Account.Address.CountryCode': countryCodes,
  'Marketing.Source': ['Marketing Activity', 'None'],
  'Marketing.AwsFundingUsed': ['Yes', 'No'],
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
