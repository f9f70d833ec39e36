import { BY_HAND } from './by-hand.ts';
import type { Report, ReportedClaim } from './report.ts';

const MARKS: Readonly<Record<ReportedClaim['outcome'], string>> = {
  holds: '✓',
  differs: '✗',
  "can't be told": '–',
};

/** For whoever ran it: each claim with its mark, under what differs what depends on it, and what is left to do. */
export function asTable({ claims, byHand, made, seconds, ended }: Report): string {
  const width = Math.max(0, ...claims.map(({ id }) => id.length));
  const rows = claims.flatMap(({ id, outcome, seen, claims: says, reliedOn }) => [
    `${MARKS[outcome]} ${id.padEnd(width)}  ${seen}`,
    ...(outcome === 'differs' ? [`    Not so: ${says}`, ...reliedOn.map((relied) => `    → ${relied}`)] : []),
  ]);
  const count = (outcome: ReportedClaim['outcome']) =>
    claims.filter((each) => each.outcome === outcome).length;
  return [
    ...rows,
    '',
    `${count('holds')} hold, ${count('differs')} differ, ${count("can't be told")} can't be told; ${seconds} s.`,
    ...(ended === null ? [] : [`It ended early: ${ended}`]),
    `Of what it made ${made.closed} are closed, ${made.left} stay as AWS leaves them (drafts can't be deleted)${made.open > 0 ? `, and ${made.open} are still open: run it again` : ''}.`,
    `By hand only (docs/rehearsal.md has the steps): ${byHand.length} questions.`,
    ...BY_HAND.map(({ asks, why }) => `  – ${asks} (${why})`),
  ].join('\n');
}
