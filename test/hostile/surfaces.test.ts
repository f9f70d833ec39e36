import type { ModalView } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reviewStatus } from '../../src/aws/terms.ts';
import { explainEdit } from '../../src/edits/explain.ts';
import { homeView } from '../../src/messages/home/view.ts';
import { batchMessage } from '../../src/messages/kinds/batch.ts';
import { decisionMessage } from '../../src/messages/kinds/decision.ts';
import { DIGEST_COUNTS, digestMessage } from '../../src/messages/kinds/digest.ts';
import { editOutcome } from '../../src/messages/kinds/edit.ts';
import { elsewhereMessage } from '../../src/messages/kinds/elsewhere.ts';
import { reasonMessage } from '../../src/messages/kinds/reason.ts';
import { sentBackMessage } from '../../src/messages/kinds/sent-back.ts';
import { compactMessage, submissionMessage } from '../../src/messages/kinds/submission.ts';
import { teamMessage } from '../../src/messages/kinds/team.ts';
import { readinessOf } from '../../src/opportunities/readiness.ts';
import {
  askedMessage,
  detailsAnswer,
  historyMessage,
  pressedMessage,
} from '../../src/slack/answers/buttons.ts';
import { editOutcomeView, editRecordedView } from '../../src/slack/answers/edit-outcome.ts';
import { helpMessage, offerMessage, unclearMessage } from '../../src/slack/answers/help.ts';
import { listMessage, standingMessage, unsettledMessage } from '../../src/slack/answers/records.ts';
import type { Message } from '../../src/slack/blocks/elements.ts';
import { section } from '../../src/slack/blocks/elements.ts';
import type { Suggestion } from '../../src/slack/command-text.ts';
import { loadingSeveralView, lookedAtSeveralView, withBatchChoices } from '../../src/slack/forms/batch.ts';
import { fixView, withFollowing } from '../../src/slack/forms/edit.ts';
import { homeFilterView, whereView } from '../../src/slack/forms/home-modals.ts';
import { loadingView, noticeView, otherCatalogView } from '../../src/slack/forms/modal.ts';
import { askView, matchesBlocks, pickOptions, solutionOptions } from '../../src/slack/forms/pick.ts';
import { outcomeView, requestedBatchView, requestedView } from '../../src/slack/forms/requested.ts';
import { formView, lookView, withChoices } from '../../src/slack/forms/submit.ts';
import { plansOf } from '../../src/submissions/batch-choices.ts';
import { explain, explainDecision } from '../../src/submissions/explain.ts';
import { SURFACES } from '../project/imports.ts';
import { hostileText } from '../slack/hostile.ts';
import {
  awsSides,
  awsTeams,
  circumstances,
  entries,
  errors,
  histories,
  homeTabs,
  lines,
  maybe,
  opportunities,
  reviewStatuses,
  submissions,
} from '../slack/surfaces/arbitrary.ts';
import { edits, fixes, solutionsFound } from '../slack/surfaces/arbitrary-edits.ts';
import { DRAFT, looks, several } from '../slack/surfaces/arbitrary-looks.ts';
import { suggestions } from '../slack/surfaces/arbitrary-suggestions.ts';
import {
  DEAL_PAGE,
  expectSlackToOpen,
  expectSlackToPublish,
  expectSlackToTake,
} from '../slack/surfaces/in-slack.ts';
import { aForm, at } from '../submissions/records.ts';
import { tricksIn } from './tricks.ts';

const BATCH = {
  id: DRAFT,
  createdAt: at(0),
  userId: 'U1',
  teamId: 'T1',
  channelId: 'C1',
  catalog: 'AWS',
} as const;
const nothing = fc.constant(undefined);
const asked = fc.tuple(entries, opportunities, errors, fc.boolean()).map(([entry, opportunity, error, ok]) =>
  ok
    ? ({
        type: 'read',
        entry,
        opportunity,
        review: reviewStatus(opportunity.LifeCycle?.ReviewStatus),
        at: at(0),
      } as const)
    : ({ type: 'unreadable', entry, error } as const),
);
const forms = fc
  .tuple(opportunities, fc.constantFrom('AWS' as const, 'Sandbox' as const), awsSides)
  .map(([opportunity, catalog, { summary }]) => ({
    opportunity,
    insights: summary?.Insights,
    form: aForm({ id: DRAFT, catalog, readiness: readinessOf(opportunity, 'AWS', at(0)) }),
  }));
const told = fc
  .tuple(submissions, circumstances)
  .map(([submission, now]) => ({ submission, explanation: explain(submission, now) }));

/** Every message there is, with hostile text wherever text of others can get into it. */
const MESSAGES: Readonly<Record<string, fc.Arbitrary<Message>>> = {
  askedMessage: asked.map((answer) => askedMessage(answer, DEAL_PAGE)),
  batchMessage: fc
    .tuple(fc.array(submissions, { minLength: 1, maxLength: 25 }), circumstances)
    .map(([records, now]) =>
      batchMessage({
        batch: { ...BATCH, threadTs: undefined, responseUrl: undefined },
        ...now,
        submissions: records,
        dealPage: DEAL_PAGE,
      }),
    ),
  editOutcome: edits.map((edit) => editOutcome(edit, explainEdit(edit, { paused: false }), DEAL_PAGE)),
  compactMessage: told.map((record) => compactMessage({ ...record, dealPage: DEAL_PAGE })),
  decisionMessage: fc.tuple(submissions, reviewStatuses, opportunities).map(([submission, status, details]) =>
    decisionMessage({
      submission,
      decision: explainDecision(status, status),
      dealPage: DEAL_PAGE,
      details,
    }),
  ),
  detailsAnswer: fc
    .tuple(asked, maybe(awsSides))
    .map(([answer, awsSide]) => detailsAnswer(answer, DEAL_PAGE, awsSide)),
  digestMessage: fc
    .array(
      fc.record({
        opportunityId: fc.constant('O9999999999999999999'),
        headline: hostileText,
        userId: fc.constant('U1'),
        spend: fc.array(fc.record({ amount: hostileText, currency: hostileText, frequency: hostileText })),
      }),
      { maxLength: 20 },
    )
    .map((needsSomebody) =>
      digestMessage(
        {
          counts: DIGEST_COUNTS.map((of) => ({ of, count: 10_000 })),
          needsSomebody,
          more: 9,
          longestWaiting: needsSomebody.slice(0, 5).map((line) => ({ ...line, days: 9999 })),
          home: 'slack://app?team=T07HARBOUR&id=A07OPPBOT&tab=home',
        },
        DEAL_PAGE,
      ),
    ),
  elsewhereMessage: fc.tuple(reviewStatuses, opportunities).map(([status, details]) =>
    elsewhereMessage({
      opportunity: { id: DRAFT, opportunityId: 'O1001' },
      decision: explainDecision(status, status),
      dealPage: DEAL_PAGE,
      details,
    }),
  ),
  helpMessage: nothing.map(() => helpMessage({ type: 'allowed' }, { catalog: 'AWS', contact: undefined })),
  historyMessage: histories.map((history) => historyMessage(history, DEAL_PAGE)),
  listMessage: fc
    .tuple(lines, lines)
    .map(([own, team]) => listMessage({ type: 'list', own, team }, DEAL_PAGE)),
  offerMessage: nothing.map(() =>
    offerMessage({ type: 'allowed' }, { opportunityIds: ['O1', 'O2'], value: 'O1,O2' }),
  ),
  pressedMessage: fc
    .constantFrom(
      { type: 'too-late' } as const,
      { type: 'not-to-let-go' } as const,
      { type: 'due' } as const,
      { type: 'cancelled', count: 3 } as const,
    )
    .map(pressedMessage),
  sentBackMessage: fc
    .tuple(edits, submissions)
    .map(([edit, submission]) => sentBackMessage(edit, submission)),
  standingMessage: fc.tuple(told, reviewStatuses, edits).map(([record, status, openEdit]) =>
    standingMessage(
      {
        type: 'record',
        entry: record.submission,
        explanation: record.explanation,
        openEdit,
        doubt: undefined,
        aws: { type: 'read', review: reviewStatus(status), at: at(0) },
      },
      'AWS',
      DEAL_PAGE,
    ),
  ),
  submissionMessage: fc.tuple(entries, circumstances, opportunities).map(([submission, now, details]) =>
    submissionMessage({
      submission,
      explanation: explain(submission, now),
      dealPage: DEAL_PAGE,
      details,
    }),
  ),
  reasonMessage: fc
    .tuple(submissions, maybe(opportunities))
    .map(([submission, deal]) => reasonMessage({ submission, deal, dealPage: DEAL_PAGE })),
  teamMessage: fc
    .tuple(submissions, awsTeams)
    .map(([submission, people]) => teamMessage({ submission, people, dealPage: DEAL_PAGE })),
  unclearMessage: fc
    .tuple(
      hostileText,
      fc.constantFrom<readonly Suggestion[]>(
        [],
        [{ type: 'submit', opportunityIds: ['O1'] }, { type: 'list' }],
      ),
    )
    .map(([typed, meant]) => unclearMessage({ typed, suggestions: meant })),
  unsettledMessage: fc
    .tuple(lines, lines)
    .map(([needsYou, underWay]) => unsettledMessage({ type: 'unsettled', needsYou, underWay }, DEAL_PAGE)),
};

/** Every view there is. */
const VIEWS: Readonly<Record<string, fc.Arbitrary<ModalView>>> = {
  askView: fc
    .tuple(hostileText, suggestions)
    .map(([query, found]) => askView(DRAFT, matchesBlocks(query, found))),
  editRecordedView: edits.map((edit) =>
    editRecordedView(DRAFT, { type: 'open', edit }, { paused: false, dealPage: DEAL_PAGE }),
  ),
  editOutcomeView: edits.map((edit) =>
    editOutcomeView(DRAFT, edit, explainEdit(edit, { paused: false }), DEAL_PAGE),
  ),
  fixView: fixes.map((fix) =>
    fixView(fix, { formId: DRAFT, opportunityId: 'O1', catalog: 'AWS', dealPage: DEAL_PAGE }),
  ),
  withFollowing: fixes.map((fix) => {
    const at = { formId: DRAFT, opportunityId: 'O1', catalog: 'AWS', dealPage: DEAL_PAGE } as const;
    const { title, blocks, submit = null } = fixView(fix, at);
    const view = { private_metadata: DRAFT, title, blocks, submit };
    return withFollowing(view, new Map([['Customer.Account.Address.CountryCode', 'US']]));
  }),
  formView: forms.map((form) => formView({ ...form, dealPage: DEAL_PAGE })),
  loadingSeveralView: nothing.map(() => loadingSeveralView(DRAFT, 3, 25)),
  loadingView: nothing.map(() => loadingView(DRAFT)),
  lookedAtSeveralView: several.map((looked) =>
    lookedAtSeveralView(looked, {
      formId: DRAFT,
      opportunityIds: ['O1', 'O2'],
      leftOut: ['<!here>', '12'],
      catalog: 'AWS',
      dealPage: DEAL_PAGE,
    }),
  ),
  lookView: looks.map((look) =>
    lookView(look, { formId: DRAFT, opportunityId: 'O1', catalog: 'AWS', dealPage: DEAL_PAGE }),
  ),
  noticeView: nothing.map(() => noticeView(DRAFT, [section('A notice.')], { lookAgain: ['O1'] })),
  requestedBatchView: fc
    .array(submissions, { minLength: 1, maxLength: 25 })
    .map((records) =>
      requestedBatchView(DRAFT, { type: 'recorded', submissions: records, open: records }, DEAL_PAGE),
    ),
  otherCatalogView: nothing.map(() => otherCatalogView(DRAFT, 'Sandbox', 'AWS') ?? expect.fail()),
  outcomeView: told.map((record) =>
    outcomeView({
      ...record,
      dealPage: DEAL_PAGE,
      link: 'https://acme.slack.com/archives/C1/p1?thread_ts=1.2&cid=C1',
    }),
  ),
  requestedView: submissions.map((submission) => requestedView(DRAFT, { type: 'open', submission })),
  homeFilterView: homeTabs.map((tab) => homeFilterView(tab.type === 'home' ? tab.filter : {})),
  whereView: nothing.map(() => whereView(DRAFT, 'C1')),
  withBatchChoices: several.map((looked) => {
    const at = { formId: DRAFT, opportunityIds: ['O1', 'O2'], catalog: 'AWS', dealPage: DEAL_PAGE } as const;
    const { blocks } = lookedAtSeveralView(looked, at);
    const shown = looked.found.flatMap(({ opportunityId, found }) =>
      found.type === 'form' ? [{ ...found.form, opportunityId }] : [],
    );
    const chosen = { isWanted: true, anyway: false, involvementType: undefined };
    return withBatchChoices(
      { private_metadata: DRAFT, blocks },
      {
        catalog: 'AWS',
        involvementType: 'Co-Sell',
        plans: plansOf(shown, {
          involvementType: 'Co-Sell',
          visibility: 'Limited',
          rows: new Map(shown.map(({ opportunityId }) => [opportunityId, chosen])),
        }),
        refusals: new Map(),
      },
    );
  }),
  withChoices: forms.map((form) =>
    withChoices(
      { private_metadata: DRAFT, blocks: formView({ ...form, dealPage: DEAL_PAGE }).blocks },
      {
        catalog: 'AWS',
        outlook: {
          readiness: readinessOf(form.opportunity, 'AWS', at(0)),
          nationalSecurity: false,
          refusal: undefined,
        },
      },
      { involvementType: 'Co-Sell', visibility: 'Limited' },
    ),
  ),
};

/** What is no surface, but the parts from which those are made. */
const PARTS = [
  'actions',
  'anywayInput',
  'awsSideBlocks',
  'button',
  'buttonFor',
  'buttonRow',
  'cancelEditButton',
  'canFix',
  'choiceInputs',
  'commentsBlock',
  'confirmDialog',
  'context',
  'daysText',
  'dealBlocks',
  'dealLines',
  'dealMessage',
  'doubtBlocks',
  'editButtons',
  'editNoticeView',
  'facts',
  'factsLine',
  'fieldInputs',
  'fieldsBlock',
  'findingLines',
  'findingsInShort',
  'firstFew',
  'fixHereButton',
  'fixInput',
  'following',
  'foreignOption',
  'foreignPlain',
  'header',
  'idIn',
  'initially',
  'input',
  'insightsLine',
  'lockInput',
  'lockNamed',
  'lookAgainBlock',
  'matchesBlocks',
  'menuFor',
  'modal',
  'notAllowedMessage',
  'notReadBlocks',
  'notTakenAnswer',
  'onItsWay',
  'onOneLine',
  'option',
  'othersBlocks',
  'outcomeBlocks',
  'outlookBlocks',
  'ownWordsBlocks',
  'peopleText',
  'placeholder',
  'plain',
  'refusalParagraph',
  'refusalText',
  'refusalTexts',
  'reviewComments',
  'reviewNow',
  'rowBlock',
  'rowInputs',
  'rowOf',
  'rowSelect',
  'rowsIn',
  'saying',
  'sayingBlock',
  'section',
  'sections',
  'sentForm',
  'shownGoing',
  'spendText',
  'submitTo',
  'submittedIn',
  'tooMany',
  'whyUnreadable',
  'withErrors',
  'withView',
];

/** What stands in a kind's file and shows nothing, or nothing that others wrote. */
const BESIDE = [
  'boardOf',
  'dealForOwner',
  'detailsFor',
  'digestJob',
  'explainReminder',
  'figuresOf',
  'inThreadOf',
  'kind',
  'loggedEdit',
  'loggedOf',
  'messageKey',
  'ofEachPart',
  'placedDeals',
  'remind',
  'reminderJob',
  'reminderStands',
  'showsDetails',
  'toOwner',
  'homeRowOf',
];

test('every builder of what people see is in one of these tables', async () => {
  const surfaces = SURFACES.filter((file) => !file.endsWith('words.ts'));
  const modules = await Promise.all(
    surfaces.map((file): Promise<object> => import(/* @vite-ignore */ `../../${file}`)),
  );
  const builders = modules.flatMap((exported) =>
    Object.entries(exported).flatMap(([name, value]) => (typeof value === 'function' ? [name] : [])),
  );
  expect(builders.toSorted()).toEqual(
    [
      ...Object.keys(MESSAGES),
      ...Object.keys(VIEWS),
      ...PARTS,
      ...BESIDE,
      'homeView',
      'pickOptions',
      'solutionOptions',
    ].toSorted(),
  );
});

describe('whatever others wrote, Slack takes it, and finds nothing in it to interpret', () => {
  test.each(Object.entries(MESSAGES))('%s', (_, messages) => {
    fc.assert(
      fc.property(messages, (message) => {
        expectSlackToTake(message);
        expect(tricksIn(message)).toEqual([]);
      }),
    );
  });

  test.each(Object.entries(VIEWS))('%s', (_, views) => {
    fc.assert(
      fc.property(views, (view) => {
        expectSlackToOpen(view);
        expect(tricksIn(view)).toEqual([]);
      }),
    );
  });

  test('homeView', () => {
    fc.assert(
      fc.property(homeTabs, (tab) => {
        const view = homeView(tab, DEAL_PAGE);
        expectSlackToPublish(view);
        expect(tricksIn(view)).toEqual([]);
      }),
    );
  });

  test('pickOptions', () => {
    fc.assert(
      fc.property(suggestions, (given) => {
        expect(tricksIn(pickOptions(given, undefined))).toEqual([]);
      }),
    );
  });

  test('solutionOptions', () => {
    fc.assert(
      fc.property(solutionsFound, (found) => {
        expect(tricksIn(solutionOptions(found))).toEqual([]);
      }),
    );
  });
});
