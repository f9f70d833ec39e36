import { expect, test } from 'vitest';
import { standingRefusal } from '../../src/submissions/submission.ts';
import { aSubmission } from './records.ts';

const problem = {
  type: 'refused',
  code: 'ValidationException',
  message: '',
  fieldErrors: [{ fieldName: 'Project.CustomerUseCase', code: 'REQUIRED_FIELD_MISSING', message: '' }],
} as const;
const refused = aSubmission({
  state: 'refused',
  problem: { ...problem, fieldErrors: [...problem.fieldErrors] },
});

test('what AWS refused stands as long as nobody has changed the deal', () => {
  expect(standingRefusal(refused, refused.lastModifiedDate)).toEqual({
    at: refused.changedAt,
    problem: refused.problem,
  });
  expect(standingRefusal(refused, '2026-11-27T08:00:00Z')).toBeUndefined();
});

test('what else became of it says nothing of what the deal holds', () => {
  const denied = aSubmission({
    state: 'refused',
    problem: { type: 'refused', code: 'AccessDeniedException', message: '', fieldErrors: [] },
  });
  for (const entry of [undefined, denied, aSubmission({ state: 'cancelled' })]) {
    expect(standingRefusal(entry, denied.lastModifiedDate)).toBeUndefined();
  }
});
