import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { awsOpportunitySummarySchema } from '../../../src/aws/opportunity.ts';
import { reviewStatus } from '../../../src/aws/terms.ts';
import { decisionMessage } from '../../../src/messages/kinds/decision.ts';
import { submissionMessage } from '../../../src/messages/kinds/submission.ts';
import { askedMessage, detailsAnswer, pressedMessage } from '../../../src/slack/answers/buttons.ts';
import { helpMessage, offerMessage } from '../../../src/slack/answers/help.ts';
import { awsSideBlocks } from '../../../src/slack/blocks/deal.ts';
import type { Message } from '../../../src/slack/blocks/elements.ts';
import { explain, explainDecision } from '../../../src/submissions/explain.ts';
import { STATES } from '../../../src/submissions/submission.ts';
import { aSubmission, at } from '../../submissions/records.ts';
import {
  awsSides,
  CONFIDENTIAL,
  circumstances,
  entries,
  errors,
  maybe,
  opportunities,
  reviewStatuses,
  submissions,
} from './arbitrary.ts';
import { DEAL_PAGE, expectSlackToTake } from './in-slack.ts';
import { refusals } from './refusals.ts';

const bot = { catalog: 'Sandbox', paused: false, waitingBefore: 0 } as const;
const shown = (message: Message) => JSON.stringify(message);
const placeHint = fc.option(fc.constant('To change that: `/invite @bot`'), { nil: undefined });
const COMMENTED_NATIONAL_SECURITY = {
  Id: 'O1001',
  LastModifiedDate: '2026-11-20T08:00:00Z',
  NationalSecurity: 'Yes',
  LifeCycle: { ReviewComments: CONFIDENTIAL },
};
describe("a submission's message", () => {
  test('is taken by Slack whatever the state, the problem and the deal are', () => {
    fc.assert(
      fc.property(
        submissions,
        circumstances,
        fc.option(opportunities, { nil: undefined }),
        placeHint,
        (submission, given, details, hint) => {
          expectSlackToTake(
            submissionMessage({
              dealPage: DEAL_PAGE,
              submission,
              explanation: explain(submission, given),
              details,
              hint,
            }),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  test('holds no text of the deal and none of AWS’s own words, unless the channel may see them', () => {
    fc.assert(
      fc.property(submissions, circumstances, (submission, given) => {
        const message = submissionMessage({
          dealPage: DEAL_PAGE,
          submission,
          explanation: explain(submission, given),
        });
        expect(shown(message)).not.toContain(CONFIDENTIAL);
        expect(shown(message)).toContain(submission.opportunityId);
      }),
      { numRuns: 300 },
    );
  });

  test('of a deal that became National Security later shows none of it either', () => {
    const submission = aSubmission({ state: 'submitted', reviewStatus: 'Action Required' });
    const message = submissionMessage({
      dealPage: DEAL_PAGE,
      submission,
      explanation: explain(submission, bot),
      details: COMMENTED_NATIONAL_SECURITY,
    });
    expect(shown(message)).not.toContain(CONFIDENTIAL);
  });

  test('is taken by Slack however long a status AWS makes up', () => {
    for (const state of ['submitted', 'already_submitted'] as const) {
      const submission = aSubmission({ state, reviewStatus: '<&>'.repeat(1000) });
      expectSlackToTake(
        submissionMessage({ dealPage: DEAL_PAGE, submission, explanation: explain(submission, bot) }),
      );
    }
  });

  test('of a National Security deal shows nothing but its ID, in any channel', () => {
    fc.assert(
      fc.property(submissions, circumstances, opportunities, (given, now, details) => {
        const submission = { ...given, nationalSecurity: true };
        const message = submissionMessage({
          dealPage: DEAL_PAGE,
          submission,
          explanation: explain(submission, now),
          details,
        });
        expect(shown(message)).not.toContain(CONFIDENTIAL);
        for (const fact of [
          '*Involvement*',
          '*Visibility*',
          '*Catalog*',
          '*What to change*',
          'Target close',
        ]) {
          expect(shown(message)).not.toContain(fact);
        }
        expect(shown(message)).toContain(submission.opportunityId);
      }),
    );
  });

  test('says in its notification what happened, to which opportunity', () => {
    for (const state of STATES) {
      const submission = aSubmission({ state });
      const explanation = explain(submission, bot);
      expect(submissionMessage({ dealPage: DEAL_PAGE, submission, explanation }).text).toBe(
        `${explanation.headline}: O1001`,
      );
    }
  });

  test('names fields as a seller knows them, without the value AWS rejected', () => {
    const submission = aSubmission({
      state: 'refused',
      problem: {
        type: 'refused',
        code: 'ValidationException',
        message: `${CONFIDENTIAL} is wrong`,
        fieldErrors: [
          { fieldName: 'LifeCycle.TargetCloseDate', code: 'INVALID_VALUE', message: `not ${CONFIDENTIAL}` },
        ],
      },
    });
    const message = submissionMessage({
      dealPage: DEAL_PAGE,
      submission,
      explanation: explain(submission, bot),
    });
    expect(shown(message)).toContain('*Target close date*');
    expect(shown(message)).not.toContain('LifeCycle.');
    expect(shown(message)).not.toContain(CONFIDENTIAL);
  });

  test('is short and plain where nothing is wrong', () => {
    const submission = aSubmission({ state: 'submitted', reviewStatus: 'Submitted' });
    const { text } = submissionMessage({
      dealPage: DEAL_PAGE,
      submission,
      explanation: explain(submission, bot),
    });
    expect(text).toBe('Approval pending: O1001');
  });
});

describe("AWS's decision in the thread", () => {
  test('is taken by Slack, names the person, and holds nothing that the channel may not see', () => {
    fc.assert(
      fc.property(submissions, reviewStatuses, placeHint, (submission, status, hint) => {
        const message = decisionMessage({
          dealPage: DEAL_PAGE,
          submission,
          decision: explainDecision(status, status),
          hint,
        });
        expectSlackToTake(message);
        expect(shown(message)).toContain(`<@${submission.userId}>`);
        expect(shown(message)).not.toContain(CONFIDENTIAL);
      }),
    );
  });

  test('with AWS’s comments is taken by Slack as well', () => {
    fc.assert(
      fc.property(submissions, opportunities, (submission, details) => {
        expectSlackToTake(
          decisionMessage({
            dealPage: DEAL_PAGE,
            submission,
            decision: explainDecision('Approved', 'Approved'),
            details,
          }),
        );
      }),
    );
  });

  test('of a National Security deal has no comments', () => {
    fc.assert(
      fc.property(submissions, opportunities, (given, details) => {
        const submission = { ...given, nationalSecurity: true };
        const message = decisionMessage({
          dealPage: DEAL_PAGE,
          submission,
          decision: explainDecision('Action Required', 'Action Required'),
          details,
        });
        expect(shown(message)).not.toContain(CONFIDENTIAL);
      }),
    );
  });

  test('of a deal that became National Security later has none either', () => {
    const message = decisionMessage({
      dealPage: DEAL_PAGE,
      submission: aSubmission({ state: 'submitted' }),
      decision: explainDecision('Action Required', 'Action Required'),
      details: COMMENTED_NATIONAL_SECURITY,
    });
    expect(shown(message)).not.toContain(CONFIDENTIAL);
  });
});

describe('an answer for one person', () => {
  test('Details is taken by Slack, whatever AWS wrote', () => {
    fc.assert(
      fc.property(entries, opportunities, maybe(awsSides), (entry, opportunity, awsSide) => {
        expectSlackToTake(
          detailsAnswer(
            {
              type: 'read',
              entry,
              opportunity,
              review: reviewStatus(opportunity.LifeCycle?.ReviewStatus),
              at: at(0),
            },
            DEAL_PAGE,
            awsSide,
          ),
        );
      }),
      { numRuns: 300 },
    );
  });

  test('Details of a National Security deal shows none of it, whichever of the two says so', () => {
    fc.assert(
      fc.property(submissions, opportunities, fc.boolean(), awsSides, (given, deal, recorded, awsSide) => {
        const answer = detailsAnswer(
          {
            type: 'read',
            entry: { ...given, nationalSecurity: recorded },
            opportunity: { ...deal, NationalSecurity: recorded ? deal.NationalSecurity : 'Yes' },
            review: reviewStatus('In review'),
            at: at(0),
          },
          DEAL_PAGE,
          awsSide,
        );
        expect(shown(answer)).not.toContain(CONFIDENTIAL);
      }),
    );
  });

  test('AWS’s side says what AWS answered of it, and nothing of what it left out', () => {
    const side = (summary: object) =>
      awsSideBlocks({ people: [], awaited: false, summary: awsOpportunitySummarySchema.parse(summary) });
    const texts = (summary: object) => shown({ text: '', blocks: side(summary) });
    expect(texts({ CosellMotion: 'Agent-engaged', Insights: null })).toContain('Agent-engaged');
    expect(side({ CosellMotion: null, Insights: null })).toEqual([]);
    expect(awsSideBlocks({ people: [], awaited: true, summary: {} })).toHaveLength(1);
    expect(
      awsSideBlocks({ people: [{ FirstName: 'Imani' }], awaited: false, summary: undefined }),
    ).toHaveLength(2);
    const recommended = texts({
      Insights: {
        Recommendations: [
          { Type: 'SpecialistRecommendation', Details: 'Ask for one.' },
          { Type: 'Something <new>', Details: 'Try it.' },
          { Details: 'Without a type.' },
          { Type: 'OpportunityQuality' },
        ],
      },
    });
    expect(recommended).toContain('• *A specialist:* Ask for one.');
    expect(recommended).toContain('• *Something &lt;new&gt;:* Try it.');
    expect(recommended).toContain('• Without a type.');
    expect(recommended).not.toContain('quality');
  });

  test('AWS’s own words are there, escaped, with no escape or character cut in two', () => {
    const long = (sign: string) =>
      fc.integer({ min: 0, max: 9 }).map((n) => '.'.repeat(n) + sign.repeat(2000));
    const comment = fc.oneof(long('&'), long('🧵'), long('<b>'));
    const refusal = fc
      .record({ message: comment, ReviewComments: comment, ReviewStatusReason: comment })
      .map(({ message, ...LifeCycle }) => ({
        problem: {
          type: 'refused' as const,
          code: 'ValidationException',
          message,
          fieldErrors: Array.from({ length: 8 }, () => ({ code: '', fieldName: message, message })),
        },
        opportunity: { Id: 'O1', LastModifiedDate: '2026-11-20T08:00:00Z', LifeCycle },
      }));
    fc.assert(
      fc.property(refusal, ({ problem, opportunity }) => {
        const answer = detailsAnswer(
          {
            type: 'read',
            entry: aSubmission({ state: 'refused', problem }),
            opportunity,
            review: reviewStatus('Submitted'),
            at: at(0),
          },
          undefined,
        );
        for (const block of answer.blocks) {
          const texts = block.type === 'section' ? [block.text, ...(block.fields ?? [])] : [];
          for (const text of texts) {
            expect(text?.text ?? '').toMatch(/^(?:[^<>&]|&amp;|&lt;|&gt;)*$/u);
            expect((text?.text ?? '').isWellFormed()).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('Check status, Details and Cancel say in words what is the matter', () => {
    fc.assert(
      fc.property(entries, opportunities, errors, (entry, opportunity, error) => {
        const asked = [
          {
            type: 'read',
            entry,
            opportunity,
            review: reviewStatus(opportunity.LifeCycle?.ReviewStatus),
            at: at(0),
          },
          { type: 'unreadable', entry, error },
          { type: 'permission-unknown' },
          { type: 'unknown-submission' },
          ...refusals.map((why) => ({ type: 'not-permitted', why }) as const),
        ] as const;
        for (const answer of asked) {
          expectSlackToTake(askedMessage(answer, DEAL_PAGE));
          expectSlackToTake(detailsAnswer(answer, DEAL_PAGE));
        }
      }),
    );
    const cancelled = [
      { type: 'cancelled' },
      { type: 'too-late' },
      { type: 'permission-unknown' },
      ...refusals.map((why) => ({ type: 'not-permitted', why }) as const),
    ] as const;
    for (const answer of cancelled) expectSlackToTake(pressedMessage(answer));
  });

  test('a mention is answered with a button for those who may, with words for those who may not', () => {
    const ids = Array.from({ length: 25 }, (_, index) => `O${'9'.repeat(17)}${10 + index}`);
    for (const opportunityIds of [[], ids.slice(0, 1), ids]) {
      const about = { opportunityIds, value: `${opportunityIds.join(',')} 1700000000.000100` };
      const offered = offerMessage({ type: 'allowed' }, about);
      expectSlackToTake(offered);
      expect(shown(offered)).toContain('"type":"button"');
      for (const why of refusals) {
        const refused = offerMessage({ type: 'not-permitted', why }, about);
        expectSlackToTake(refused);
        expect(shown(refused)).not.toContain('"type":"button"');
      }
    }
  });

  test('help says what this person may do, and which catalog the bot reaches', () => {
    const permissions = [
      { type: 'allowed' },
      { type: 'permission-unknown' },
      ...refusals.map((why) => ({ type: 'not-permitted', why }) as const),
    ] as const;
    for (const permission of permissions) {
      for (const catalog of ['AWS', 'Sandbox'] as const) {
        const message = helpMessage(permission, { catalog, contact: 'U07OPERATOR' });
        expectSlackToTake(message);
        // Whoever may not has no use for the rest.
        if (permission.type === 'not-permitted') expect(shown(message)).toContain("You can't submit here");
        else expect(shown(message)).toContain(catalog === 'AWS' ? 'Production' : 'Sandbox');
        // Where Slack couldn't be asked, nobody is told that they may.
        if (permission.type !== 'allowed') expect(shown(message)).not.toContain('You may submit here');
      }
    }
  });
});
