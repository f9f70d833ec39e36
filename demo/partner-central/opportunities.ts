import { DAY_MS } from '../../src/clock.ts';
import { withFields } from './data.ts';
import type { StoredOpportunity } from './stand-in.ts';

export interface OpportunityChoices {
  /** `O` and digits; `O1001` where it isn't given. */
  readonly id?: string;
  /** Dates are put around it, and the opportunity was last modified an hour before it. */
  readonly now: Date;
  /** `Sandbox` where it isn't given. */
  readonly catalog?: string;
  /** `Prospect` where it isn't given: every new deal is one (two reports), and so were all that were seen submitted. */
  readonly stage?: string;
  /** `Pending Submission` where it isn't given; null: an update has emptied it. */
  readonly reviewStatus?: string | null;
  readonly reviewComments?: string;
  readonly reviewStatusReason?: string;
  readonly title?: string;
  readonly companyName?: string;
  readonly origin?: StoredOpportunity['origin'];
  readonly involvementType?: string;
  readonly visibility?: string;
  readonly accessDenied?: boolean;
  readonly insights?: StoredOpportunity['insights'];
  readonly cosellMotion?: string;
  readonly awsTeam?: StoredOpportunity['awsTeam'];
  /** Anything else, by AWS's dotted path; undefined takes the field away. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** A draft that can be submitted as it is, in either involvement, but for what is chosen otherwise. */
export function anOpportunity(choices: OpportunityChoices): StoredOpportunity {
  const { id = 'O1001', now, catalog = 'Sandbox', reviewStatus = 'Pending Submission' } = choices;
  const submitted = reviewStatus !== 'Pending Submission' && reviewStatus !== null;
  const companyName = choices.companyName ?? 'Northwind Fisheries';
  const stored: StoredOpportunity = {
    catalog,
    origin: choices.origin ?? 'Partner Referral',
    involvementType: choices.involvementType ?? (submitted ? 'Co-Sell' : undefined),
    visibility: choices.visibility ?? (submitted ? 'Full' : undefined),
    ...(choices.accessDenied !== undefined && { accessDenied: choices.accessDenied }),
    ...(choices.insights !== undefined && { insights: choices.insights }),
    ...(choices.cosellMotion !== undefined && { cosellMotion: choices.cosellMotion }),
    ...(choices.awsTeam !== undefined && { awsTeam: choices.awsTeam }),
    opportunity: {
      Id: id,
      Arn: `arn:aws:partnercentral:us-east-1:111122223333:catalog/${catalog}/opportunity/${id}`,
      Catalog: catalog,
      CreatedDate: wholeSeconds(new Date(now.getTime() - 30 * DAY_MS)),
      LastModifiedDate: new Date(now.getTime() - DAY_MS / 24).toISOString(),
      PartnerOpportunityIdentifier: `CRM-${id.slice(1)}`,
      NationalSecurity: 'No',
      OpportunityType: 'Net New Business',
      PrimaryNeedsFromAws: ['Co-Sell - Technical Consultation', 'Co-Sell - Pricing Assistance'],
      Customer: customer(companyName),
      Project: {
        Title: choices.title ?? `Data lake for ${companyName}`,
        CustomerBusinessProblem:
          'Landing records from forty harbours arrive in spreadsheets, days late. The customer wants one place for them on AWS, with quota reports by the hour instead of by the month.',
        CustomerUseCase: 'Big Data: Data Warehouse / Data Integration / ETL / Data Lake / BI',
        DeliveryModels: ['SaaS or PaaS', 'Professional Services'],
        ExpectedCustomerSpend: [
          { Amount: '18500', CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'AWS' },
        ],
        SalesActivities: ['Initialized discussions with customer', 'Customer has shown interest in solution'],
        CompetitorName: 'On-Prem',
      },
      Marketing: { Source: 'None' },
      LifeCycle: {
        Stage: choices.stage ?? 'Prospect',
        ...(reviewStatus !== null && { ReviewStatus: reviewStatus }),
        TargetCloseDate: dateFrom(now, 75),
        NextSteps: 'Architecture workshop with the customer and an AWS solutions architect.',
      },
      OpportunityTeam: [
        {
          FirstName: 'Wren',
          LastName: 'Adeyemi',
          Email: 'wren.adeyemi@harbor.example',
          BusinessTitle: 'PartnerAccountManager',
        },
      ],
      RelatedEntityIdentifiers: {
        Solutions: ['S-0051246'],
        AwsProducts: ['AmazonRedshift', 'AWSGlue'],
      },
    },
  };
  return withFields(stored, {
    ...(choices.reviewComments !== undefined && { 'LifeCycle.ReviewComments': choices.reviewComments }),
    ...(choices.reviewStatusReason !== undefined && {
      'LifeCycle.ReviewStatusReason': choices.reviewStatusReason,
    }),
    ...choices.fields,
  });
}

/** A date as Partner Central writes it (`YYYY-MM-DD`), `days` from now; negative: in the past. */
export function dateFrom(now: Date, days: number): string {
  return new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10);
}

/** As AWS writes a CreatedDate (recorded 2024-11 to 2025-12). */
const wholeSeconds = (at: Date): string => at.toISOString().replace(/\.\d+Z$/, 'Z');

function customer(companyName: string) {
  const name = companyName.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const domain = `${name.slice(0, 40).replace(/^-+|-+$/g, '') || 'customer'}.example`;
  return {
    Account: {
      CompanyName: companyName,
      Industry: 'Agriculture',
      WebsiteUrl: `https://www.${domain}`,
      AwsAccountId: '444455556666',
      Address: {
        City: 'Bergen',
        PostalCode: '5003',
        StateOrRegion: 'Vestland',
        CountryCode: 'NO',
        StreetAddress: 'Bryggen 12',
      },
    },
    Contacts: [
      {
        FirstName: 'Ingrid',
        LastName: 'Solheim',
        Email: `ingrid.solheim@${domain}`,
        BusinessTitle: 'Head of Data',
        Phone: '+4755512345',
      },
    ],
  };
}
