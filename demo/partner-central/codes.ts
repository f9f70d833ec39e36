import { CLOSED_LISTS } from '../../src/aws/lists.ts';

export {
  countriesWithoutPostalCode,
  countryCodes,
  DO_NOT_NEED_SUPPORT,
  isPostalCodeOf,
  primaryNeeds,
  usStates,
} from '../../src/aws/lists.ts';

export const {
  'LifeCycle.Stage': stages,
  'LifeCycle.ClosedLostReason': closedLostReasons,
  'Project.CustomerUseCase': customerUseCases,
  'Project.SalesActivities': salesActivities,
  'Project.DeliveryModels': deliveryModels,
  'Customer.Account.Industry': industries,
  'Marketing.Source': marketingSources,
} = CLOSED_LISTS;

/** The service's enums ("Data Types", AWS Partner Central API reference); a test compares them with the official client's. */
export const catalogPattern = /^[a-zA-Z]+$/;
/** The model doesn't anchor it; what AWS issues is the whole of it. */
export const opportunityIdPattern = /^O[0-9]{1,19}$/;
export const solutionIdPattern = /^S-[0-9]{1,19}$/;
export const amountPattern = /^(0|([1-9][0-9]{0,30}))(\.[0-9]{0,2})?$/;
export const datePattern = /^[1-9][0-9]{3}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])$/;

export const involvementTypes = ['Co-Sell', 'For Visibility Only'] as const;
export const origins = ['Partner Referral', 'AWS Referral'] as const;
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

export const opportunityTypes = ['Net New Business', 'Flat Renewal', 'Expansion'] as const;

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
/** `None`, for the partner's own one-time revenue: the newest text of the API's reference only. */
export const paymentFrequencies = ['Monthly', 'None'] as const;

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

/** ISO 4217: the model's enum, wider than what the service takes for an expected spend. */
export const currencyCodes =
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UZS VEF VND VUV WST XAF XCD XDR XOF XPF XSU XUA YER ZAR ZMW ZWL'.split(
    ' ',
  );
