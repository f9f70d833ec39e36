export { countryCodes, currencyCodes, primaryNeeds, stages } from '../../src/partner-central/codes.ts';

/** The service's enums ("Data Types", AWS Partner Central API reference); a test compares them with the official client's. */
export const catalogPattern = /^[a-zA-Z]+$/;
/** The model doesn't anchor it; what AWS issues is the whole of it. */
export const opportunityIdPattern = /^O[0-9]{1,19}$/;
export const solutionIdPattern = /^S-[0-9]{1,19}$/;
export const amountPattern = /^(0|([1-9][0-9]{0,30}))(\.[0-9]{0,2})?$/;
export const datePattern = /^[1-9][0-9]{3}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])$/;

export const involvementTypes = ['Co-Sell', 'For Visibility Only'] as const;
export const visibilities = ['Full', 'Limited'] as const;
export const yesNo = ['Yes', 'No'] as const;

export const reviewStatuses = [
  'Pending Submission',
  'Submitted',
  'In review',
  'Approved',
  'Rejected',
  'Action Required',
] as const;

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

export const opportunityTypes = ['Net New Business', 'Flat Renewal', 'Expansion'] as const;

export const deliveryModels = [
  'SaaS or PaaS',
  'BYOL or AMI',
  'Managed Services',
  'Professional Services',
  'Resell',
  'Other',
] as const;

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

export const competitors = [
  'Akamai',
  'AliCloud',
  'Co-location',
  'Google Cloud Platform',
  'IBM Softlayer',
  'Microsoft Azure',
  'No Competition',
  'On-Prem',
  'Oracle Cloud',
  '*Other',
  'Other- Cost Optimization',
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

export const marketingChannels = [
  'AWS Marketing Central',
  'Content Syndication',
  'Display',
  'Email',
  'Live Event',
  'Out Of Home (OOH)',
  'Print',
  'Search',
  'Social',
  'Telemarketing',
  'TV',
  'Video',
  'Virtual Event',
] as const;

export const revenueModels = ['Contract', 'Pay-as-you-go', 'Subscription'] as const;
export const paymentFrequencies = ['Monthly'] as const;

export const relatedEntityTypes = [
  'Solutions',
  'AwsProducts',
  'AwsMarketplaceOffers',
  'AwsMarketplaceOfferSets',
  'AwsMarketplaceSolutions',
  'AwsMarketplaceProducts',
] as const;

export const opportunitySortNames = [
  'LastModifiedDate',
  'Identifier',
  'CustomerCompanyName',
  'CreatedDate',
  'TargetCloseDate',
] as const;
export const solutionSortNames = ['Identifier', 'Name', 'Status', 'Category', 'CreatedDate'] as const;
export const solutionStatuses = ['Active', 'Inactive', 'Draft'] as const;
export const sortOrders = ['ASCENDING', 'DESCENDING'] as const;
