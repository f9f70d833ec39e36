import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { textAt } from '../../../demo/json.ts';
import { anOpportunity } from '../../../demo/partner-central/opportunities.ts';
import { reviewByTimer } from '../../../demo/partner-central/reviewer.ts';
import { startPartnerCentral } from '../../../demo/partner-central/server.ts';
import type { PartnerCentralStandIn } from '../../../demo/partner-central/stand-in.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';

let clock: ManualClock;
let aws: PartnerCentralStandIn;

beforeEach(async () => {
  clock = manualClock();
  aws = await startPartnerCentral({ clock });
});

afterEach(() => aws.close());

function lifeCycle(field: string, id = 'O1001') {
  const stored = aws.opportunity('Sandbox', id);
  return stored === undefined ? undefined : textAt(stored.opportunity, `LifeCycle.${field}`);
}

describe("AWS's reviewer, by hand", () => {
  it('moves the status and LastModifiedDate, and tells whoever listens', () => {
    aws.seed(anOpportunity({ now: clock.now(), reviewStatus: 'Submitted' }));
    const before = aws.opportunity('Sandbox', 'O1001')?.opportunity.LastModifiedDate;
    let changes = 0;
    const unsubscribe = aws.onChange(() => {
      changes += 1;
    });
    aws.review('Sandbox', 'O1001', 'In review');
    unsubscribe();
    aws.review('Sandbox', 'O1001', 'Approved');
    expect(lifeCycle('ReviewStatus')).toBe('Approved');
    expect(aws.opportunity('Sandbox', 'O1001')?.opportunity.LastModifiedDate).not.toBe(before);
    expect(changes).toBe(1);
  });

  it('never gives two changes the same LastModifiedDate', () => {
    aws.seed(anOpportunity({ now: clock.now(), id: 'O1' }));
    aws.seed(anOpportunity({ now: clock.now(), id: 'O2' }));
    const dates = ['O1', 'O2', 'O1', 'O2'].map((id) => {
      aws.review('Sandbox', id, 'In review');
      return aws.opportunity('Sandbox', id)?.opportunity.LastModifiedDate;
    });
    expect(new Set(dates).size).toBe(4);
  });

  it('can leave LastModifiedDate alone, and set a status that nobody knows', () => {
    aws.seed(anOpportunity({ now: clock.now() }));
    const before = aws.opportunity('Sandbox', 'O1001')?.opportunity.LastModifiedDate;
    aws.review('Sandbox', 'O1001', 'Escalated', { keepLastModifiedDate: true });
    expect(lifeCycle('ReviewStatus')).toBe('Escalated');
    expect(aws.opportunity('Sandbox', 'O1001')?.opportunity.LastModifiedDate).toBe(before);
  });

  it('writes comments and a reason, its own or the ones given, and drops them with the next status', () => {
    aws.seed(anOpportunity({ now: clock.now(), reviewStatus: 'In review' }));
    aws.review('Sandbox', 'O1001', 'Action Required');
    expect(lifeCycle('ReviewComments')).toContain('business problem');
    aws.review('Sandbox', 'O1001', 'Rejected', { comments: 'A duplicate.', reason: 'Duplicate' });
    expect([lifeCycle('ReviewComments'), lifeCycle('ReviewStatusReason')]).toEqual([
      'A duplicate.',
      'Duplicate',
    ]);
    aws.review('Sandbox', 'O1001', 'Approved');
    expect(lifeCycle('ReviewComments')).toBe('');
  });

  it('says so where there is no such opportunity', () => {
    expect(() => aws.review('Sandbox', 'O404', 'Approved')).toThrow('O404');
  });
});

describe("AWS's reviewer, by the clock", () => {
  const times = { inReviewAfterMs: 10_000, decideAfterMs: 20_000 };

  it('takes up what is submitted and decides it', () => {
    const stop = reviewByTimer(aws, clock, times);
    aws.seed(anOpportunity({ now: clock.now(), reviewStatus: 'Submitted' }));
    clock.advance(9_999);
    expect(lifeCycle('ReviewStatus')).toBe('Submitted');
    clock.advance(1);
    expect(lifeCycle('ReviewStatus')).toBe('In review');
    clock.advance(20_000);
    expect(lifeCycle('ReviewStatus')).toBe('Approved');
    stop();
  });

  it('asks for more where the business problem is thin', () => {
    aws.seed(
      anOpportunity({
        now: clock.now(),
        reviewStatus: 'In review',
        fields: { 'Project.CustomerBusinessProblem': 'Planning is slow and manual.' },
      }),
    );
    const stop = reviewByTimer(aws, clock, times);
    clock.advance(20_000);
    expect(lifeCycle('ReviewStatus')).toBe('Action Required');
    stop();
  });

  it('leaves alone what somebody else has decided, and everything once it has gone home', () => {
    aws.seed(anOpportunity({ now: clock.now(), id: 'O1', reviewStatus: 'Submitted' }));
    aws.seed(anOpportunity({ now: clock.now(), id: 'O2', reviewStatus: 'Submitted' }));
    const stop = reviewByTimer(aws, clock, times);
    aws.review('Sandbox', 'O1', 'Rejected');
    clock.advance(10_000);
    stop();
    clock.advance(60_000);
    expect([lifeCycle('ReviewStatus', 'O1'), lifeCycle('ReviewStatus', 'O2')]).toEqual([
      'Rejected',
      'In review',
    ]);
  });
});
