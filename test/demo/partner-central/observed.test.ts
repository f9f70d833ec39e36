import { describe, expect, it, onTestFinished } from 'vitest';
import { fieldAt, type JsonObject, withField } from '../../../demo/json.ts';
import { flips, likeliest, type Observed } from '../../../demo/partner-central/observed.ts';
import { anOpportunity, type OpportunityChoices } from '../../../demo/partner-central/opportunities.ts';
import { plausibleTeam } from '../../../demo/partner-central/reviewer.ts';
import { startPartnerCentral } from '../../../demo/partner-central/server.ts';
import { type CallAnswer, call } from './call.ts';
import { manualClock } from './manual-clock.ts';

/** A Partner Central with one deal, O1001, in Sandbox. */
async function world(choices: Omit<OpportunityChoices, 'now'>, observed: Partial<Observed>) {
  const clock = manualClock();
  const aws = await startPartnerCentral({ clock, observed });
  onTestFinished(() => aws.close());
  const stored = anOpportunity({ now: clock.now(), ...choices });
  aws.seed(stored);
  const send = (operation: string, input: JsonObject) =>
    call(aws, operation, { Catalog: 'Sandbox', ...input }, { signedAt: clock.now() });
  const get = async (Identifier = 'O1001') => (await send('GetOpportunity', { Identifier })).json;
  const submit = (fields: JsonObject = {}) =>
    send('SubmitOpportunity', { Identifier: 'O1001', InvolvementType: 'Co-Sell', ...fields });
  const summary = async () =>
    (await send('GetAwsOpportunitySummary', { RelatedOpportunityIdentifier: 'O1001' })).json;
  const edit = async (fields: JsonObject) => {
    const { Id: Identifier, ...read } = await get();
    const input = Object.entries(fields).reduce<JsonObject>(
      (changed, [path, value]) => withField(changed, path, value),
      { ...read, Identifier },
    );
    return send('UpdateOpportunity', input);
  };
  const associate = (RelatedEntityType: string, RelatedEntityIdentifier: string) =>
    send('AssociateOpportunity', {
      OpportunityIdentifier: 'O1001',
      RelatedEntityType,
      RelatedEntityIdentifier,
    });
  return { clock, aws, stored, get, submit, summary, edit, associate };
}

type World = Awaited<ReturnType<typeof world>>;

const visibilityOnly = { InvolvementType: 'For Visibility Only' };
const spend = (TargetCompany: string) => ({
  Amount: '10',
  CurrencyCode: 'USD',
  Frequency: 'Monthly',
  TargetCompany,
});
const taken = async (answer: Promise<CallAnswer>) => ((await answer).status === 200 ? 'accepted' : 'refused');
const firstError = async (answer: Promise<CallAnswer>) => {
  const { ErrorList } = (await answer).json;
  const first: unknown = Array.isArray(ErrorList) ? ErrorList[0] : undefined;
  return first;
};
const statusOf = (deal: JsonObject) => fieldAt(deal, 'LifeCycle.ReviewStatus');
const approved = { reviewStatus: 'Approved' };
const sentBack = { reviewStatus: 'Action Required' };
const filled = (path: string, value: unknown) => ({ fields: { [path]: value } });

const refusedOrAccepted = [
  ['refused', 'refused'],
  ['accepted', 'accepted'],
] as const;
const lockedOrEditable = [
  ['locked', 'refused'],
  ['editable', 'accepted'],
] as const;

/** One thing to see for each switch: what it comes to by default, and under each of its other values. */
const seen: {
  readonly [Name in keyof Observed]: {
    readonly deal?: Omit<OpportunityChoices, 'now'>;
    readonly look: (world: World) => Promise<unknown>;
    readonly by: readonly (readonly [Observed[Name], unknown])[];
  };
} = {
  closeDateToday: {
    deal: filled('LifeCycle.TargetCloseDate', '2026-11-22'),
    look: ({ submit }) => taken(submit()),
    by: refusedOrAccepted,
  },
  salesActivitiesForVisibilityOnly: {
    deal: filled('Project.SalesActivities', undefined),
    look: ({ submit }) => taken(submit(visibilityOnly)),
    by: [
      ['not needed', 'accepted'],
      ['needed', 'refused'],
    ],
  },
  limitedCoSell: {
    look: ({ submit }) => taken(submit({ Visibility: 'Limited' })),
    by: refusedOrAccepted,
  },
  submitActionRequired: {
    deal: sentBack,
    look: ({ submit }) => taken(submit()),
    by: refusedOrAccepted,
  },
  fundingOfMarketingActivity: {
    deal: filled('Marketing.Source', 'Marketing Activity'),
    look: ({ submit }) => taken(submit()),
    by: [
      ['needed', 'refused'],
      ['not needed', 'accepted'],
    ],
  },
  wrongPostalCode: {
    deal: filled('Customer.Account.Address.PostalCode', 'SW1A 1AA'),
    look: async ({ submit, get }) => [await taken(submit()), statusOf(await get())],
    by: [
      ['refused', ['refused', 'Pending Submission']],
      ['stays a draft', ['accepted', 'Pending Submission']],
    ],
  },
  afterActionRequired: {
    deal: sentBack,
    look: async ({ edit, get }) => {
      await edit({ 'Customer.Account.Address.City': 'Oslo' });
      return statusOf(await get());
    },
    by: [
      ['Submitted', 'Submitted'],
      ['In review', 'In review'],
      ['Action Required', 'Action Required'],
    ],
  },
  updateWithoutStage: {
    deal: approved,
    look: ({ edit }) => taken(edit({ 'LifeCycle.Stage': undefined })),
    by: [
      ['refused', 'refused'],
      ['emptied', 'accepted'],
    ],
  },
  coSellWithoutNeeds: {
    deal: approved,
    look: ({ edit }) => taken(edit({ PrimaryNeedsFromAws: [] })),
    by: refusedOrAccepted,
  },
  emptySalesActivities: {
    look: ({ edit }) => taken(edit({ 'Project.SalesActivities': [] })),
    by: refusedOrAccepted,
  },
  closedLostReasonAlone: {
    deal: approved,
    look: ({ edit }) => taken(edit({ 'LifeCycle.ClosedLostReason': 'Price' })),
    by: refusedOrAccepted,
  },
  campaignWithoutActivity: {
    look: ({ edit }) => taken(edit({ 'Marketing.AwsFundingUsed': 'No' })),
    by: [
      ['accepted', 'accepted'],
      ['refused', 'refused'],
    ],
  },
  contactWithoutNames: {
    deal: filled('Customer.Contacts', [{ Email: 'ingrid@northwind.example' }]),
    look: ({ edit }) => taken(edit({})),
    by: [
      ['accepted', 'accepted'],
      ['refused', 'refused'],
    ],
  },
  otherTargetCompany: {
    look: async ({ edit, get }) => {
      await edit({ 'Project.ExpectedCustomerSpend': [spend('Acme')] });
      return JSON.stringify(await get()).includes('Acme');
    },
    by: [
      ['becomes AWS', false],
      ['kept', true],
    ],
  },
  spendInActionRequired: {
    deal: sentBack,
    look: ({ edit }) => taken(edit({ 'Project.ExpectedCustomerSpend': [spend('Self')] })),
    by: [
      ['editable', 'accepted'],
      ['amount and currency only', 'refused'],
    ],
  },
  partnerIdentifierOnceApproved: {
    deal: approved,
    look: ({ edit }) => taken(edit({ PartnerOpportunityIdentifier: 'CRM-2' })),
    by: lockedOrEditable,
  },
  stateOnceApproved: {
    deal: approved,
    look: ({ edit }) => taken(edit({ 'Customer.Account.Address.StateOrRegion': 'Oslo' })),
    by: lockedOrEditable,
  },
  softwareRevenueOnceApproved: {
    deal: approved,
    look: ({ edit }) => taken(edit({ SoftwareRevenue: { DeliveryModel: 'Contract' } })),
    by: lockedOrEditable,
  },
  editOfLaunched: {
    deal: { ...approved, stage: 'Launched' },
    look: ({ edit }) => taken(edit({ 'Project.Title': 'Other' })),
    by: [
      ['ignored', 'accepted'],
      ['refused', 'refused'],
    ],
  },
  secondAssociation: {
    look: ({ associate }) => taken(associate('Solutions', 'S-0051246')),
    by: [
      ['ConflictException', 'refused'],
      ['accepted', 'accepted'],
    ],
  },
  associationInReview: {
    deal: { reviewStatus: 'Submitted' },
    look: ({ associate }) => taken(associate('Solutions', 'S-0051247')),
    by: refusedOrAccepted,
  },
  offerByItsId: {
    look: ({ associate }) => taken(associate('AwsMarketplaceOffers', 'offer-lc22l55namc3b')),
    by: refusedOrAccepted,
  },
  summaryBeforeSubmission: {
    look: async ({ summary }) => (await summary()).RelatedOpportunityId,
    by: [
      ['without involvement', 'O1001'],
      ['not found', undefined],
    ],
  },
  summaryLifeCycle: {
    deal: approved,
    look: async ({ summary }) => (await summary()).LifeCycle,
    by: [
      ['null', null],
      ['without stage', expect.objectContaining({ Stage: null, NextSteps: expect.any(String) })],
      ['with stage', expect.objectContaining({ Stage: 'Qualified' })],
    ],
  },
  insights: {
    deal: approved,
    look: async ({ summary }) => {
      const { Insights, CosellMotion } = await summary();
      return [Insights, CosellMotion];
    },
    by: [
      ['null', [null, undefined]],
      [
        'spend',
        [
          {
            AwsProductsSpendInsightsBySource: expect.objectContaining({ AWS: expect.anything() }),
            EngagementScore: null,
            NextBestActions: null,
          },
          undefined,
        ],
      ],
      ['scored', [expect.objectContaining({ OpportunityQuality: expect.anything() }), expect.any(String)]],
    ],
  },
  awsTeamFrom: {
    look: async ({ submit, summary }) => {
      await submit();
      return (await summary()).OpportunityTeam;
    },
    by: [
      ['submission', plausibleTeam],
      ['assignment', []],
    ],
  },
  awsPeopleIn: {
    deal: { ...approved, awsTeam: plausibleTeam },
    look: async ({ summary, get }) => [
      JSON.stringify(await summary()).includes('Imani'),
      JSON.stringify(await get()).includes('Imani'),
    ],
    by: [
      ['summary', [true, false]],
      ['opportunity', [false, true]],
    ],
  },
  topLevelMessage: {
    deal: approved,
    look: async ({ submit }) => (await submit()).json.Message,
    by: [
      ['empty', ''],
      ['text', expect.stringContaining('1 validation error')],
    ],
  },
  fieldNames: {
    deal: filled('Project.SalesActivities', undefined),
    look: ({ submit }) => firstError(submit()),
    by: [
      ['as reported', expect.objectContaining({ FieldName: 'project.salesActivities' })],
      ['as the members', expect.objectContaining({ FieldName: 'Project.SalesActivities' })],
      ['absent', expect.not.objectContaining({ FieldName: expect.anything() })],
    ],
  },
  wrongStatusCode: {
    deal: approved,
    look: ({ submit }) => firstError(submit()),
    by: [
      ['ACTION_NOT_PERMITTED', expect.objectContaining({ Code: 'ACTION_NOT_PERMITTED' })],
      ['INVALID_RESOURCE_STATE', expect.objectContaining({ Code: 'INVALID_RESOURCE_STATE' })],
    ],
  },
  createLagMs: {
    look: async ({ aws, clock, get }) => {
      aws.create(anOpportunity({ now: clock.now(), id: 'O2' }));
      const at = async (ms: number) => {
        clock.advance(ms);
        return (await get('O2')).Id;
      };
      return [await at(0), await at(4999), await at(1)];
    },
    by: [
      [5000, [undefined, undefined, 'O2']],
      [0, ['O2', 'O2', 'O2']],
    ],
  },
  submitLagMs: {
    look: async ({ submit, clock, get }) => {
      await submit();
      const atOnce = statusOf(await get());
      clock.advance(4000);
      return [atOnce, statusOf(await get())];
    },
    by: [
      [0, ['Submitted', 'Submitted']],
      [4000, ['Pending Submission', 'Submitted']],
    ],
  },
};

const rows = Object.entries(seen).flatMap(([name, { deal = {}, look, by }]) =>
  by.map(([value, expected]) => ({ name, value, deal, look, expected })),
);

describe('what nobody knows of AWS has a switch', () => {
  it.each(rows)('$name: $value', async ({ name, value, deal, look, expected }) => {
    expect(await look(await world(deal, { [name]: value }))).toEqual(expected);
  });

  it('which stands at the likeliest, and is flipped to every other value alone', () => {
    const firsts = Object.entries(seen).map(([name, { by }]) => [name, by[0]?.[0]]);
    expect(Object.fromEntries(firsts)).toEqual(likeliest);
    const others = Object.entries(seen).flatMap(([name, { by }]) =>
      by.slice(1).map(([value]) => ({ [name]: value })),
    );
    expect(flips).toEqual(others);
  });
});
