import type { ModalView } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { opportunitySchema } from '../../../src/aws/opportunity.ts';
import { readinessOf } from '../../../src/opportunities/readiness.ts';
import { LIMITS } from '../../../src/slack/blocks/elements.ts';
import { lookedAtSeveralView } from '../../../src/slack/forms/batch.ts';
import { loadingView } from '../../../src/slack/forms/modal.ts';
import { askView } from '../../../src/slack/forms/pick.ts';
import { requestedView } from '../../../src/slack/forms/requested.ts';
import { formView, lookView, withChoices } from '../../../src/slack/forms/submit.ts';
import { aForm, aSubmission, at } from '../../submissions/records.ts';
import { CONFIDENTIAL, opportunities, submissions } from './arbitrary.ts';
import { catalogs, choices, DRAFT, looks } from './arbitrary-looks.ts';
import { DEAL_PAGE, expectSlackToOpen } from './in-slack.ts';

const involvements = fc.constantFrom('Co-Sell' as const, 'For Visibility Only' as const);
const inputs = (view: ModalView) =>
  view.blocks.flatMap((block) => (block.type === 'input' && 'element' in block ? [block] : []));
const decisions = (view: ModalView) =>
  inputs(view).flatMap(({ element }) =>
    element.type === 'radio_buttons' || element.type === 'static_select' ? [element] : [],
  );

describe('the modal', () => {
  test('is opened by Slack at once, and without an ID asks for it', () => {
    expectSlackToOpen(loadingView(DRAFT));
    expectSlackToOpen(askView(DRAFT));
  });

  test('is opened by Slack whatever the look found, and trusts nothing but the form’s ID', () => {
    fc.assert(
      fc.property(looks, catalogs, (look, catalog) => {
        const view = lookView(look, {
          formId: DRAFT,
          opportunityId: 'O1234567890123456789',
          catalog,
          dealPage: DEAL_PAGE,
        });
        expectSlackToOpen(view);
        expect(view.private_metadata).toBe(DRAFT);
      }),
      { numRuns: 300 },
    );
  });

  test('has a form only for what can be submitted', () => {
    fc.assert(
      fc.property(looks, catalogs, (look, catalog) => {
        const view = lookView(look, { formId: DRAFT, opportunityId: 'O1', catalog, dealPage: DEAL_PAGE });
        expect(view.submit !== undefined).toBe(look.type === 'form');
        expect(inputs(view).length > 0).toBe(look.type === 'form');
      }),
    );
  });

  test('chooses no involvement for anybody, and Full visibility, unless they chose before', () => {
    fc.assert(
      fc.property(opportunities, catalogs, choices, (opportunity, catalog, given) => {
        const view = formView({
          dealPage: DEAL_PAGE,
          form: aForm({ catalog, choices: given }),
          opportunity,
        });
        expect(decisions(view).map(({ initial_option }) => initial_option?.value)).toEqual([
          given?.involvementType,
          given?.visibility ?? 'Full',
        ]);
      }),
    );
  });

  test.each([
    ['AWS', 'Production', 1],
    ['Sandbox', 'Sandbox', 0],
  ] as const)(
    'says what the catalog %s is, and has a lock to confirm only in Production',
    (catalog, words, locks) => {
      const view = formView({
        dealPage: DEAL_PAGE,
        form: aForm({ catalog }),
        opportunity: { Id: 'O1', LastModifiedDate: '2026-11-20T08:00:00Z' },
      });
      expect(JSON.stringify(view)).toContain(words);
      expect(inputs(view).filter(({ element }) => element.type === 'checkboxes')).toHaveLength(locks);
    },
  );

  test('of a National Security deal shows neither title nor customer nor amounts, and recommends Co-Sell', () => {
    fc.assert(
      fc.property(opportunities, catalogs, (deal, catalog) => {
        const { Stage: _stage, TargetCloseDate: _date, ...lifeCycle } = deal.LifeCycle ?? {};
        const opportunity = { ...deal, NationalSecurity: 'Yes', LifeCycle: lifeCycle };
        const view = formView({ dealPage: DEAL_PAGE, form: aForm({ catalog }), opportunity });
        expectSlackToOpen(view);
        expect(JSON.stringify(view)).not.toContain(CONFIDENTIAL);
        expect(JSON.stringify(view)).toContain('Co-Sell is recommended');
      }),
    );
  });

  test('with another choice stays the same but for what depends on it, and Slack takes it', () => {
    const choices = fc.record({
      involvementType: involvements,
      visibility: fc.constantFrom('Full', 'Limited'),
    });
    fc.assert(
      fc.property(opportunities, catalogs, choices, (opportunity, catalog, chosen) => {
        const readiness = readinessOf(opportunity, 'AWS', at(0));
        const view = formView({
          dealPage: DEAL_PAGE,
          form: aForm({ id: DRAFT, catalog, readiness }),
          opportunity,
        });
        const again = withChoices(
          { private_metadata: DRAFT, blocks: view.blocks },
          { catalog, outlook: { readiness, nationalSecurity: false, refusal: undefined } },
          chosen,
        );
        expectSlackToOpen(again);
        const opened = formView({
          dealPage: DEAL_PAGE,
          form: aForm({ id: DRAFT, catalog, readiness, choices: chosen }),
          opportunity,
        });
        const ids = ({ blocks }: ModalView) => blocks.map(({ type, block_id }) => block_id ?? type);
        expect(ids(again)).toEqual(ids(opened));
      }),
    );
  });

  test('none of our own words are cut off in it', () => {
    const view = formView({
      dealPage: DEAL_PAGE,
      form: aForm({
        catalog: 'AWS',
        readiness: readinessOf({ Id: 'O1', LastModifiedDate: '2026-11-20T08:00:00Z' }, 'AWS', at(0)),
      }),
      opportunity: { Id: 'O1', LastModifiedDate: '2026-11-20T08:00:00Z' },
    });
    for (const each of [view, askView(DRAFT), loadingView(DRAFT)]) {
      expect(JSON.stringify(each).replaceAll('opportunity…', '')).not.toContain('…');
    }
  });

  test('after Submit says that it is recorded, or who else asked for it', () => {
    fc.assert(
      fc.property(
        submissions,
        fc.constantFrom('recorded' as const, 'again' as const, 'open' as const),
        (submission, type) => {
          const view = requestedView(DRAFT, { type, submission });
          expectSlackToOpen(view);
          expect(JSON.stringify(view).includes(`<@${submission.userId}>`)).toBe(type === 'open');
          expect(view.submit).toBeUndefined();
        },
      ),
    );
  });

  test('for several is opened by Slack with 25 rows and the longest of everything, and nothing of ours is cut', () => {
    const opportunity = opportunitySchema.parse({
      Id: 'O1',
      LastModifiedDate: '2026-11-20T08:00:00Z',
      Customer: { Account: { CompanyName: '&'.repeat(120) } },
      Project: { Title: '<'.repeat(255) },
      LifeCycle: { Stage: 'Closed Lost', TargetCloseDate: '2020-01-31' },
      NationalSecurity: 'No',
      OpportunityType: 'Flat Renewal',
    });
    const readiness = readinessOf(opportunity, 'AWS', at(0));
    const ids = Array.from({ length: 25 }, (_, index) => `O${'9'.repeat(17)}${10 + index}`);
    const found = ids.map((opportunityId) => ({
      opportunityId,
      found: {
        type: 'form' as const,
        form: aForm({ readiness, opportunityId }),
        opportunity,
        doubt: aSubmission(),
        refusal: undefined,
      },
    }));
    const view = lookedAtSeveralView(
      { type: 'looked', found },
      { formId: DRAFT, opportunityIds: [], catalog: 'AWS', dealPage: DEAL_PAGE },
    );
    expectSlackToOpen(view);
    expect(JSON.stringify(view).match(/⚠️ [^"]* · O\d{19}: \*Stage/g)).toHaveLength(25);
    expect(view.blocks.length).toBeLessThanOrEqual(LIMITS.viewBlocks);
  });
});
