import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Altered } from '../../demo/partner-central/altered.ts';
import { likeliest, type Observed } from '../../demo/partner-central/observed.ts';
import { CLAIMS } from '../../rehearsal/claims/index.ts';
import { rehearse } from '../../rehearsal/run.ts';
import { root } from '../project/imports.ts';
import { standIn } from './rehearsals.ts';

const MINUTE_MS = 60_000;
const WRITES = /^(Create|Submit|Update|Associate)Opportunity$/;
const quick = CLAIMS.filter(({ long }) => long === undefined);

describe('against the stand-in, with answers as slow as AWS gives them', () => {
  test('every claim holds, in less than ten minutes, at one write a second at most', {
    timeout: 60_000,
  }, async () => {
    const { aws, clock, begin } = await standIn();
    aws.injectFault({ kind: { type: 'latency', ms: 600 } });
    const play = begin();
    const { looked, ended } = await rehearse(quick, play);

    const others = looked.filter(({ verdict }) => verdict.outcome !== 'holds');
    expect(others.map(({ claim, verdict }) => `${claim.id}: ${verdict.outcome}, ${verdict.seen}`)).toEqual(
      [],
    );
    expect(looked).toHaveLength(quick.length);
    expect(ended).toBeUndefined();
    expect(clock.monotonic()).toBeLessThan(10 * MINUTE_MS);

    const writes = aws.requests().filter(({ operation }) => WRITES.test(operation));
    const gaps = writes.slice(1).map(({ at }, index) => at - (writes[index]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
    expect(aws.requests().every(({ body }) => body.Catalog === 'Sandbox')).toBe(true);

    // What could be closed is, and the notebook knows of the rest.
    const known = new Set(play.notebook.entries().map(({ id }) => id));
    expect(aws.opportunities().filter(({ opportunity }) => !known.has(opportunity.Id))).toEqual([]);
    expect(play.notebook.entries().filter(({ settled }) => settled === undefined)).toEqual([]);
  });

  test('those that wait hold too', async () => {
    const { looked } = await (async () => {
      const { begin } = await standIn();
      return rehearse(
        CLAIMS.filter(({ long }) => long !== undefined),
        begin(),
      );
    })();
    expect(looked.map(({ claim, verdict }) => [claim.id, verdict.outcome])).toEqual([
      ['postal-code-an-hour-later', 'holds'],
      ['closing-tomorrow-at-the-border', 'holds'],
    ]);
  });
});

interface Otherwise {
  readonly observed?: Partial<Observed>;
  readonly altered?: Partial<Altered>;
  readonly submissionTakesMs?: number;
}

const observed = (as: Partial<Observed>): Otherwise => ({ observed: as });
const altered = (as: Partial<Altered>): Otherwise => ({ altered: as });
const undemanded = (path: string): Otherwise => altered({ undemanded: [path] });
const demanded = (path: string): Otherwise => altered({ demanded: [path] });

/** For each claim, an AWS of which it isn't true. */
const OTHERWISE: Readonly<Record<string, Otherwise>> = {
  'submission-alone-co-sell': demanded('Project.AdditionalComments'),
  'submission-alone-visibility-only': demanded('Project.AdditionalComments'),
  'submission-answer': altered({ submissionAnswer: 'a body' }),
  'submission-time': { submissionTakesMs: 21_000 },
  'read-after-submission': observed({ submitLagMs: 4_000 }),
  'status-after-submission': altered({ statusOnceSubmitted: 'In review' }),
  'list-after-submission': altered({ listLagMs: 60_000 }),
  'engagement-of-submission': altered({ engagementOfSubmission: 'made' }),
  'second-submission': altered({ secondSubmission: 'accepted' }),
  'second-submission-code': observed({ wrongStatusCode: 'INVALID_RESOURCE_STATE' }),
  'submission-of-approved': altered({ submissionOfApproved: 'accepted' }),
  'submission-of-action-required': observed({ submitActionRequired: 'accepted' }),
  'submission-without-status': altered({ submissionWithoutStatus: 'accepted' }),
  'co-sell-limited': observed({ limitedCoSell: 'accepted' }),
  'submit-without-use-case': undemanded('Project.CustomerUseCase'),
  'submit-without-sales-activities': undemanded('Project.SalesActivities'),
  'submit-without-sales-activities-visibility-only': observed({ salesActivitiesForVisibilityOnly: 'needed' }),
  'submit-without-delivery-model': undemanded('Project.DeliveryModels'),
  'submit-without-marketing-source': undemanded('Marketing.Source'),
  'submit-without-solution': undemanded('RelatedEntityIdentifiers'),
  'submit-without-needs': undemanded('PrimaryNeedsFromAws'),
  'submit-without-website': undemanded('Customer.Account.WebsiteUrl'),
  'submit-without-industry': undemanded('Customer.Account.Industry'),
  'submit-without-spend': undemanded('Project.ExpectedCustomerSpend'),
  'submit-without-state': undemanded('Customer.Account.Address.StateOrRegion'),
  'submit-without-postal-code': undemanded('Customer.Account.Address.PostalCode'),
  'submit-without-contacts': demanded('Customer.Contacts'),
  'submit-without-next-steps': demanded('LifeCycle.NextSteps'),
  'submit-with-marketing-activity': observed({ fundingOfMarketingActivity: 'not needed' }),
  'submit-with-state-unknown': undemanded('Customer.Account.Address.StateOrRegion'),
  'submit-with-currency-gbp': undemanded('Project.ExpectedCustomerSpend'),
  'submit-with-currency-eur': undemanded('Project.ExpectedCustomerSpend'),
  'submit-with-spend-zero': undemanded('Project.ExpectedCustomerSpend'),
  'submit-with-estimate': demanded('Project.ExpectedCustomerSpend[0].Amount'),
  'submit-with-state-listed': demanded('Project.AdditionalComments'),
  'submit-with-company-self': demanded('Project.AdditionalComments'),
  'submit-with-currency-eur-in-europe': demanded('Project.AdditionalComments'),
  'submit-closing-tomorrow': demanded('Project.AdditionalComments'),
  'status-null': altered({ statusLeftOut: 'kept' }),
  'status-left-out-approved': altered({ statusLeftOut: 'kept' }),
  'update-with-funding-no': observed({ campaignWithoutActivity: 'refused' }),
  'approved-without-support': undemanded('PrimaryNeedsFromAws'),
  'approved-city': altered({ locked: ['Customer.Account.Address.City'] }),
  'launched-delivery-model': altered({ locked: ['Project.DeliveryModels'] }),
  'closed-lost-edit': altered({ editWhileSubmitted: 'accepted', unlocked: [''] }),
  'submit-closing-today': observed({ closeDateToday: 'accepted' }),
  'submit-closing-yesterday': undemanded('LifeCycle.TargetCloseDate'),
  'submit-with-postal-code-wrong': observed({ wrongPostalCode: 'stays a draft' }),
  'visibility-only-needs': altered({ needsOfVisibilityOnly: 'as they were' }),
  'summary-before-submission': observed({ summaryBeforeSubmission: 'not found' }),
  'summary-after-submission': altered({ involvement: 'not shown' }),
  'summary-life-cycle': observed({ summaryLifeCycle: 'with stage' }),
  'summary-insights': observed({ insights: 'scored' }),
  'aws-people-from-submission': observed({ awsTeamFrom: 'assignment' }),
  'aws-people-in-summary': observed({ awsPeopleIn: 'opportunity' }),
  'found-after-creation': observed({ createLagMs: 0 }),
  'same-client-token': altered({ sameClientToken: 'another deal' }),
  'stage-at-creation': altered({ stageAtCreation: 'as asked for' }),
  'stage-of-draft': altered({ unlocked: ['LifeCycle.Stage'] }),
  'status-left-out': altered({ statusLeftOut: 'kept' }),
  'status-echoed': altered({ statusEchoed: 'emptied' }),
  'update-without-stage': observed({ updateWithoutStage: 'emptied' }),
  'update-without-marketing': undemanded('Marketing.Source'),
  'update-with-empty-activities': observed({ emptySalesActivities: 'accepted' }),
  'update-with-campaign': observed({ campaignWithoutActivity: 'refused' }),
  'update-with-nameless-contact': observed({ contactWithoutNames: 'refused' }),
  'update-with-other-company': observed({ otherTargetCompany: 'kept' }),
  'update-with-ampersand': altered({ ampersands: 'encoded once more' }),
  'update-with-stale-date': altered({ staleUpdate: 'accepted' }),
  'update-while-submitted': altered({ editWhileSubmitted: 'accepted', unlocked: [''] }),
  'update-while-action-required': observed({ afterActionRequired: 'In review' }),
  'spend-while-action-required': observed({ spendInActionRequired: 'amount and currency only' }),
  'approved-company-name': altered({ unlocked: ['Customer.Account.CompanyName'] }),
  'approved-state': observed({ stateOnceApproved: 'editable' }),
  'approved-partner-reference': observed({ partnerIdentifierOnceApproved: 'editable' }),
  'approved-software-revenue': observed({ softwareRevenueOnceApproved: 'editable' }),
  'approved-without-needs': observed({ coSellWithoutNeeds: 'accepted' }),
  'closed-lost-reason-alone': observed({ closedLostReasonAlone: 'accepted' }),
  'launched-title': observed({ editOfLaunched: 'refused' }),
  'played-review': altered({ playedReview: 'ignored' }),
  'second-association': observed({ secondAssociation: 'accepted' }),
  'association-while-submitted': observed({ associationInReview: 'accepted' }),
  'offer-by-its-id': observed({ offerByItsId: 'accepted' }),
  'refusal-message': observed({ topLevelMessage: 'text' }),
  'refusal-field-names': observed({ fieldNames: 'as the members' }),
  'postal-code-an-hour-later': altered({ statusOnceSubmitted: 'In review' }),
  'closing-tomorrow-at-the-border': demanded('Project.AdditionalComments'),
};

describe('an AWS that differs in just one thing is found out', () => {
  test.each(CLAIMS.map((claim) => [claim.id, claim] as const))('%s', async (id, claim) => {
    const otherwise = OTHERWISE[id];
    expect(otherwise).toBeDefined();
    const { aws, begin } = await standIn(otherwise);
    if (otherwise?.submissionTakesMs !== undefined) {
      aws.injectFault({
        operation: 'SubmitOpportunity',
        kind: { type: 'latency', ms: otherwise.submissionTakesMs },
      });
    }
    const { looked } = await rehearse([claim], begin());
    expect(looked.map(({ verdict }) => verdict.outcome)).toEqual(['differs']);
  });
});

test('everything that nobody knows for sure of AWS is a claim', () => {
  const asked = Object.values(OTHERWISE).flatMap((otherwise) => Object.keys(otherwise.observed ?? {}));
  expect([...new Set(asked)].sort()).toEqual(Object.keys(likeliest).sort());
});

test('every claim says what depends on it, where that is', () => {
  for (const { reliedOn } of CLAIMS) {
    expect(reliedOn.length).toBeGreaterThan(0);
    for (const relied of reliedOn)
      expect(existsSync(join(root, relied.split(':')[0] ?? '')), relied).toBe(true);
  }
  expect(new Set(CLAIMS.map(({ id }) => id)).size).toBe(CLAIMS.length);
});
