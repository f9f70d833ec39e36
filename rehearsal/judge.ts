import { differs, holds, untold, type Verdict } from './claim.ts';
import { type Answered, codesOf } from './stage.ts';
import { seenWord } from './vocabulary.ts';

/** What AWS answered, in words that hold nothing of the deal. */
export function said(answered: Answered): string {
  if (answered.ok) return 'taken';
  const { refusal } = answered;
  const entries = refusal.fieldErrors.map(({ code, fieldName }) =>
    [seenWord(code), ...(fieldName === undefined ? [] : [seenWord(fieldName)])].join(' at '),
  );
  return `refused: ${[refusal.code, ...entries].join(', ')}`;
}

/** A refusal is claimed. Where it is for something, then for the field of that name, if AWS names any. */
export function refused(answered: Answered, field?: string): Verdict {
  if (answered.ok) return differs('taken');
  const names = answered.refusal.fieldErrors.flatMap(({ fieldName }) => fieldName ?? []);
  const about = field === undefined || names.length === 0 || names.some((name) => sameField(name, field));
  if (answered.refusal.code === 'ValidationException' && about) return holds(said(answered));
  return untold(`${said(answered)}: perhaps for something else`);
}

/** That AWS takes it is claimed. */
export function taken(answered: Answered): Verdict {
  if (answered.ok) return holds('taken');
  return answered.refusal.code === 'ValidationException' ? differs(said(answered)) : untold(said(answered));
}

export const hasCode = (answered: Answered, code: string): boolean =>
  !answered.ok && codesOf(answered).includes(code);

/** AWS writes `project.salesActivities`, `ExpectedCustomerSpend.CurrencyCode` or the whole path, with indexes or without. */
function sameField(one: string, other: string): boolean {
  const [ours, theirs] = [other, one].map((name) => name.toLowerCase().replaceAll(/\[\d+\]/g, ''));
  return (
    ours !== undefined &&
    theirs !== undefined &&
    (ours.startsWith(theirs) ||
      theirs.startsWith(ours) ||
      ours.endsWith(`.${theirs}`) ||
      inside(theirs, ours))
  );
}

const inside = (theirs: string, ours: string): boolean => {
  const [, ...rest] = ours.split('.');
  return rest.length > 0 && theirs.startsWith(rest.join('.'));
};
