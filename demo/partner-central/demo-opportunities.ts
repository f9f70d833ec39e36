import { DO_NOT_NEED_SUPPORT } from './codes.ts';
import { anOpportunity, dateFrom, type OpportunityChoices } from './opportunities.ts';
import { plausibleTeam } from './reviewer.ts';
import type { StoredOpportunity } from './stand-in.ts';

/** One of the demo's opportunities, and what it is there to show. */
export interface DemoOpportunity {
  readonly purpose: string;
  /** Where it stands in the demo: the good ones first. */
  readonly group: 'start' | 'refused' | 'with-aws' | 'odd';
  readonly stored: StoredOpportunity;
}

/**
 * The demo's opportunities, easy to type: O1001 to O1005 can be submitted, O2001 to O2008 can't be, or not in every way,
 * O3001 to O3007 are under way or decided, O4001 to O4005 can't be reached or look odd. Every company and domain is made
 * up; the kinds are those that were recorded, drafts at Prospect above all.
 *
 * @param catalog the catalog the demo's bot works in; O4002 lies in the other one.
 */
export function demoOpportunities(now: Date, catalog = 'Sandbox'): readonly DemoOpportunity[] {
  const otherCatalog = catalog === 'AWS' ? 'Sandbox' : 'AWS';
  const demo = (
    group: DemoOpportunity['group'],
    purpose: string,
    choices: Omit<OpportunityChoices, 'now'>,
  ): DemoOpportunity => ({
    group,
    purpose,
    stored: anOpportunity({ catalog, ...choices, now }),
  });

  return [
    demo('start', 'Ready to submit', { id: 'O1001', companyName: 'Northwind Fisheries' }),
    demo('start', 'Ready to submit, large amount', {
      id: 'O1002',
      companyName: 'Calder & Finch Logistics',
      title: 'Warehouse control on AWS for Calder & Finch',
      fields: {
        'Customer.Account.WebsiteUrl': 'https://calderfinch.example',
        'Customer.Account.Industry': 'Transportation and Logistics',
        'Customer.Account.Address': address('Memphis', '38103', 'Tennessee', 'US', '80 Union Avenue'),
        'Project.CustomerBusinessProblem':
          "Nine distribution centres run warehouse software that can't take orders while it is backed up at night. The customer moves it to AWS to ship around the clock before the holiday season.",
        'Project.ExpectedCustomerSpend': [spend('240000')],
        'Project.DeliveryModels': ['Managed Services'],
        'LifeCycle.TargetCloseDate': dateFrom(now, 40),
      },
    }),
    demo('start', 'Ready to submit; several amounts; closes tomorrow', {
      id: 'O1003',
      companyName: 'Lumière Optique',
      title: 'Contact centre for Lumière Optique',
      fields: {
        'Customer.Account.WebsiteUrl': 'https://lumiere-optique.example',
        'Customer.Account.Industry': 'Retail',
        'Customer.Account.Address': address(
          'Lyon',
          '69002',
          'Auvergne-Rhône-Alpes',
          'FR',
          '4 rue de la Barre',
        ),
        'Project.CustomerUseCase': 'Business Applications & Contact Center',
        'Project.ExpectedCustomerSpend': [spend('6200.5'), spend('3100')],
        'LifeCycle.TargetCloseDate': dateFrom(now, 1),
        'RelatedEntityIdentifiers.Solutions': ['S-0051249'],
      },
    }),
    demo('odd', 'National Security: can be submitted as Co-Sell only, and shows nothing but its ID', {
      id: 'O1004',
      companyName: 'Redacted',
      title: 'Redacted',
      fields: {
        NationalSecurity: 'Yes',
        'Customer.Account.Industry': 'Government',
        'Customer.Account.WebsiteUrl': undefined,
        'Customer.Contacts': [],
        'Customer.Account.Address': { CountryCode: 'US', StateOrRegion: 'Virginia' },
      },
    }),

    demo('start', 'Ready to submit: its solution is described, none is associated', {
      id: 'O1005',
      companyName: 'Marram Grass Surveys',
      title: 'Dune survey archive for Marram Grass',
      fields: {
        'RelatedEntityIdentifiers.Solutions': [],
        'Project.OtherSolutionDescription': 'An archive of our own making for aerial surveys',
      },
    }),

    demo('refused', 'No use case; as Co-Sell no sales activities either', {
      id: 'O2001',
      companyName: 'Tamarind Hotels',
      title: 'Booking platform for Tamarind Hotels',
      fields: {
        'Customer.Account.Industry': 'Hospitality',
        'Project.CustomerUseCase': undefined,
        'Project.SalesActivities': undefined,
      },
    }),
    demo('refused', 'Close date in the past, several fields missing; most can be fixed here', {
      id: 'O2002',
      companyName: 'Ostrava Glassworks',
      title: 'Furnace monitoring for Ostrava Glassworks',
      fields: {
        'Customer.Account.Industry': 'Manufacturing',
        'Customer.Account.Address': address('Ostrava', '702 00', 'Moravia-Silesia', 'CZ', 'Nádražní 17'),
        'LifeCycle.TargetCloseDate': dateFrom(now, -20),
        'Project.CustomerBusinessProblem': undefined,
        'Project.ExpectedCustomerSpend': [spend('0')],
        'Project.DeliveryModels': [],
      },
    }),
    demo('refused', 'No solution associated; one can be found here', {
      id: 'O2003',
      companyName: 'Kestrel Air Cargo',
      title: 'Load planning for Kestrel Air Cargo',
      fields: { 'RelatedEntityIdentifiers.Solutions': [] },
    }),
    demo('refused', 'No needs from AWS named: as Co-Sell only; For Visibility Only is accepted', {
      id: 'O2004',
      companyName: 'Pemba Spice Traders',
      title: 'Shop and stock for Pemba Spice Traders',
      fields: { PrimaryNeedsFromAws: [], 'Customer.Account.Address.CountryCode': 'TZ' },
    }),
    demo('odd', 'Approved from the start, at Prospect: AWS referred it, so it is not to be submitted', {
      id: 'O2005',
      reviewStatus: 'Approved',
      companyName: 'Quillfeather Publishing',
      title: 'Archive search for Quillfeather Publishing',
      origin: 'AWS Referral',
      insights: 'spend',
      awsTeam: plausibleTeam,
    }),
    demo('with-aws', 'Approved, and lost since: it can only be read', {
      id: 'O2006',
      reviewStatus: 'Approved',
      stage: 'Closed Lost',
      companyName: 'Blue Juniper Games',
      title: 'Matchmaking for Blue Juniper Games',
      fields: { 'LifeCycle.ClosedLostReason': 'Price', 'Customer.Account.Industry': 'Gaming' },
    }),
    demo('refused', 'An update elsewhere has emptied its review status', {
      id: 'O2007',
      reviewStatus: null,
      companyName: 'Hollowell Ceramics',
      title: 'Kiln telemetry for Hollowell Ceramics',
      fields: { 'Customer.Account.Industry': 'Manufacturing' },
    }),

    demo(
      'refused',
      'Hardly begun: no use case, industry, solution, amount and more; all of it can be given here',
      {
        id: 'O2008',
        companyName: 'Juniper Street Bakeries',
        title: 'Oven planning for Juniper Street Bakeries',
        fields: {
          'Customer.Account.Industry': undefined,
          'Customer.Account.Address': { City: 'Portland', CountryCode: 'US' },
          'Customer.Contacts': [],
          'Project.CustomerUseCase': undefined,
          'Project.SalesActivities': undefined,
          'Project.DeliveryModels': undefined,
          'Project.ExpectedCustomerSpend': [],
          'Marketing.Source': undefined,
          'RelatedEntityIdentifiers.Solutions': [],
        },
      },
    ),

    demo('with-aws', 'Already submitted', {
      id: 'O3001',
      reviewStatus: 'Submitted',
      companyName: 'Halvorsen Shipping',
      title: 'Fleet telemetry for Halvorsen Shipping',
    }),
    demo('with-aws', 'In review', {
      id: 'O3002',
      reviewStatus: 'In review',
      companyName: 'Mirador Clinics',
      title: 'Imaging archive for Mirador Clinics',
      fields: { 'Customer.Account.Industry': 'Healthcare' },
    }),
    demo('with-aws', 'Approved', {
      id: 'O3003',
      reviewStatus: 'Approved',
      stage: 'Committed',
      companyName: 'Sable Creek Winery',
      title: 'Cellar sensors for Sable Creek Winery',
      insights: 'scored',
      awsTeam: plausibleTeam,
    }),
    demo('with-aws', 'Rejected, with comments', {
      id: 'O3004',
      reviewStatus: 'Rejected',
      reviewComments:
        'This opportunity duplicates one that another partner registered for the same customer and workload.',
      reviewStatusReason: 'Duplicate opportunity',
      companyName: 'Fairweather Insurance',
      title: 'Claims intake for Fairweather Insurance',
    }),
    demo('with-aws', 'Action required, with comments; it can be fixed here', {
      id: 'O3005',
      reviewStatus: 'Action Required',
      reviewComments:
        'Please confirm the postal code and the website, and say which workload moves to AWS and by when.',
      reviewStatusReason: 'Project details need clarification',
      companyName: 'Ambrose Timber',
      title: 'Saw line planning for Ambrose Timber',
      fields: { 'Project.CustomerBusinessProblem': 'Planning is slow and manual.' },
    }),
    demo('with-aws', 'Action required; comments with HTML entities and Slack control sequences', {
      id: 'O3006',
      reviewStatus: 'Action Required',
      reviewComments:
        'The customer&#39;s name reads &quot;Dover &amp; Sons&quot; here but &lt;Dover Sons&gt; on its website. <!channel> please align both, <https://phish.example|then press here> *and* resubmit.',
      reviewStatusReason: 'Customer name doesn&#39;t match',
      companyName: 'Dover &amp; Sons',
      title: 'ERP renewal for Dover &amp; Sons',
      fields: { 'Customer.Account.WebsiteUrl': 'https://dover-sons.example' },
    }),
    demo('with-aws', 'Submitted for visibility only: AWS itself wrote that no support is needed', {
      id: 'O3007',
      reviewStatus: 'Submitted',
      involvementType: 'For Visibility Only',
      companyName: 'Larkspur Ferries',
      title: 'Timetables for Larkspur Ferries',
      fields: { PrimaryNeedsFromAws: [DO_NOT_NEED_SUPPORT], 'Project.SalesActivities': undefined },
    }),

    demo('odd', 'Access denied', {
      id: 'O4001',
      companyName: 'Vesper Aerospace',
      title: 'Not ours to see',
      accessDenied: true,
    }),
    demo('odd', `Only in the other catalog (${otherCatalog}): not found`, {
      id: 'O4002',
      catalog: otherCatalog,
      companyName: 'Tidewater Energy Cooperative',
      title: 'Grid forecasts for Tidewater',
    }),
    demo('odd', 'Ready; every text as long as Partner Central allows', {
      id: 'O4003',
      companyName: filled('The Amalgamated Society of Bridge and Tunnel Inspectors', 120),
      title: filled('Inspection records, drone images and load models for every bridge of the region', 255),
      fields: {
        'Customer.Account.WebsiteUrl': 'https://www.bridge-and-tunnel.example',
        'Project.CustomerBusinessProblem': filled(
          'Inspectors write what they see on paper, and the paper is typed in weeks later, if it is found.',
          2000,
        ),
        'Project.AdditionalComments': filled('See the annex on river crossings.', 255),
        'LifeCycle.NextSteps': filled('Walk through the sizing with the bridge office.', 255),
      },
    }),
    demo('odd', 'Ready; right-to-left text and emoji', {
      id: 'O4004',
      companyName: 'شركة واحة النخيل 🌴',
      title: 'منصة الري الذكي 🚿 – Smart irrigation',
      fields: {
        'Customer.Account.WebsiteUrl': 'https://palm-oasis.example',
        'Customer.Account.Address': address('دبي', '00000', 'Dubai', 'AE', 'شارع النخيل 7'),
        'Customer.Contacts': [
          {
            FirstName: 'ليلى',
            LastName: 'حداد',
            Email: 'layla@palm-oasis.example',
            BusinessTitle: 'CTO 👩‍💻',
          },
        ],
        'Project.CustomerBusinessProblem':
          'تُدار مضخات الري يدويًا وتُهدر المياه ليلًا. The customer wants sensors and forecasts on AWS so that water flows only where it is needed 💧.',
        'Project.ExpectedCustomerSpend': [spend('42000')],
      },
    }),
    demo('odd', 'Ready; only the bare minimum is filled in', {
      id: 'O4005',
      companyName: 'Ito Bicycle Works',
      title: 'Parts catalogue for Ito Bicycle Works',
      fields: {
        'Customer.Contacts': undefined,
        'Customer.Account.Address': { CountryCode: 'JP', PostalCode: '100-0001' },
        'Customer.Account.AwsAccountId': undefined,
        'Project.CompetitorName': undefined,
        'Project.CustomerBusinessProblem': 'The parts catalogue is a binder.',
        'LifeCycle.NextSteps': undefined,
        PartnerOpportunityIdentifier: undefined,
      },
    }),
  ];
}

function spend(Amount: string) {
  return { Amount, CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'AWS' };
}

function address(
  City: string,
  PostalCode: string,
  StateOrRegion: string,
  CountryCode: string,
  StreetAddress: string,
) {
  return { City, PostalCode, StateOrRegion, CountryCode, StreetAddress };
}

/** The sentence, repeated until it has `length` characters. */
function filled(sentence: string, length: number): string {
  return `${sentence} `.repeat(Math.ceil(length / sentence.length)).slice(0, length);
}
