import type { Trouble } from '../../aws/errors.ts';

/** What one check found: all is well, something is wrong, or it couldn't look. */
export type Finding =
  | { readonly outcome: 'ok'; readonly name: string; readonly says: string }
  | ({ readonly outcome: 'failed'; readonly name: string } & Trouble)
  | { readonly outcome: 'not-checked'; readonly name: string; readonly says: string };

/** What looks, by the name that is shown where it breaks or takes too long. It changes nothing anywhere. */
export type Checks = Readonly<Record<string, () => Promise<readonly Finding[]>>>;

export type Section = 'Settings' | 'Slack' | 'AWS' | 'Database';
export type Examined = Finding & { readonly section: Section };

export const ok = (name: string, says: string): Finding => ({ outcome: 'ok', name, says });
export const failed = (name: string, trouble: Trouble): Finding => ({ outcome: 'failed', name, ...trouble });
export const notChecked = (name: string, says: string): Finding => ({ outcome: 'not-checked', name, says });

const MARKS = { ok: '✓', failed: '✗', 'not-checked': '–' } as const;

/** True where nothing is wrong; what couldn't be looked at counts as nothing. */
export const isHealthy = (examined: readonly Examined[]): boolean => countOf(examined, 'failed') === 0;

/** For a person at a terminal: each finding with its mark, and under a failed one what to do. */
export function asText(examined: readonly Examined[]): string {
  const width = Math.max(...examined.map(({ name }) => name.length));
  const sections = [...Map.groupBy(examined, ({ section }) => section)];
  return [
    ...sections.flatMap(([section, findings]) => [
      section,
      ...findings.map((finding) => findingText(finding, width)),
      '',
    ]),
    summary(examined),
    `Next: ${nextStep(examined)}`,
  ].join('\n');
}

/** One line, and what to do about it below. @param width of the column of names */
export function findingText(finding: Finding, width = finding.name.length): string {
  const says = `${finding.outcome === 'not-checked' ? 'not checked: ' : ''}${finding.says}`;
  const fix = finding.outcome === 'failed' ? finding.fix : undefined;
  return [
    `  ${MARKS[finding.outcome]} ${finding.name.padEnd(width)}  ${says}`,
    ...(fix === undefined ? [] : [`${' '.repeat(width + 6)}→ ${fix}`]),
  ].join('\n');
}

/** For a program. */
export const asJson = (examined: readonly Examined[]): string =>
  JSON.stringify({ ok: isHealthy(examined), next: nextStep(examined), findings: examined }, undefined, 2);

/** The one thing to do next. */
function nextStep(examined: readonly Examined[]): string {
  const first = examined.find((finding) => finding.outcome === 'failed');
  if (first === undefined) {
    return 'npm start; then, in a channel in Slack, /invite @opportunity-bot and /submit-opportunity help';
  }
  return first.section === 'Settings'
    ? '`npm run setup`, which asks for what is missing and checks each answer; or mend what stands above in .env. Then `npm run doctor` again.'
    : `${first.name}: ${first.fix ?? first.says} Then \`npm run doctor\` again.`;
}

function summary(examined: readonly Examined[]): string {
  const problems = countOf(examined, 'failed');
  const unchecked = countOf(examined, 'not-checked');
  return [
    problems === 0 ? 'No problem found' : problems === 1 ? 'One problem' : `${problems} problems`,
    ...(unchecked === 0 ? [] : [`${unchecked} not checked`]),
  ].join(', ');
}

const countOf = (examined: readonly Examined[], outcome: Finding['outcome']): number =>
  examined.filter((finding) => finding.outcome === outcome).length;
