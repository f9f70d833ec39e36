import type { NewValues } from '../src/aws/update-request.ts';
import type { JsonObject } from '../src/aws/values.ts';
import { withValueAt } from '../src/aws/values.ts';
import { DAY_MS } from '../src/clock.ts';

/** The customer of every rehearsal: by this name AWS's list gives what a run that broke off has made. */
export const COMPANY = 'Rehearsal Fisheries (made up)';

/** What a claim's deal has otherwise than the others, by AWS's path; undefined: it lacks it. */
export type Variation = Readonly<Record<string, unknown>>;

/** A day as Partner Central writes it, `days` from now as UTC counts them. */
export const day = (now: Date, days: number): string =>
  new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10);

/** Without an account no deal can be launched; AWS's documentation uses this one in its examples. */
export const LAUNCHABLE: Variation = { 'Customer.Account.AwsAccountId': '111122223333' };

export const titleOf = (token: string): string => `Rehearsal, made up, not a deal (${token})`;

/**
 * What is sent for a fictional deal, ClientToken and catalog apart. It has what every submission that somebody recorded
 * had; the solution is described, since a new Sandbox account has none.
 */
export function dealOf(token: string, now: Date, variation: Variation): JsonObject {
  const whole: JsonObject = {
    Origin: 'Partner Referral',
    PartnerOpportunityIdentifier: token,
    NationalSecurity: 'No',
    OpportunityType: 'Net New Business',
    PrimaryNeedsFromAws: ['Co-Sell - Architectural Validation'],
    Customer: {
      Account: {
        CompanyName: COMPANY,
        Industry: 'Agriculture',
        WebsiteUrl: 'https://www.example.com',
        Address: { City: 'New York', CountryCode: 'US', PostalCode: '10001', StateOrRegion: 'New York' },
      },
      Contacts: [
        {
          FirstName: 'Rehearsal',
          LastName: 'Made-Up',
          Email: 'rehearsal@example.com',
          BusinessTitle: 'Nobody',
        },
      ],
    },
    Project: {
      Title: titleOf(token),
      CustomerBusinessProblem:
        'A rehearsal of a bot, with a customer who does not exist: there is nothing here to be worked on.',
      CustomerUseCase: 'Security & Compliance',
      DeliveryModels: ['SaaS or PaaS'],
      ExpectedCustomerSpend: [
        { Amount: '100.00', CurrencyCode: 'USD', Frequency: 'Monthly', TargetCompany: 'AWS' },
      ],
      OtherSolutionDescription: 'None: a rehearsal',
      SalesActivities: ['Conducted POC / Demo'],
    },
    Marketing: { Source: 'None' },
    LifeCycle: {
      Stage: 'Prospect',
      ReviewStatus: 'Pending Submission',
      TargetCloseDate: day(now, 90),
      NextSteps: 'None: a rehearsal',
    },
  };
  return varied(whole, variation);
}

const varied = (whole: JsonObject, variation: Variation): JsonObject =>
  Object.entries(variation).reduce<JsonObject>(
    (deal, [path, value]) => withValueAt(deal, path, value),
    whole,
  );

/** The same, as what an update changes. */
export const editsOf = (variation: Variation): NewValues => new Map(Object.entries(variation));
