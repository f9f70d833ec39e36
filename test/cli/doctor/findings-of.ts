import type { Finding } from '../../../src/cli/doctor/finding.ts';

/** What a check finds, by name: its outcome, what it says, and what to do. */
export async function findingsOf(
  check: () => Promise<readonly Finding[]>,
): Promise<Readonly<Record<string, string>>> {
  const findings = await check();
  return Object.fromEntries(
    findings.map((finding) => [
      finding.name,
      `${finding.outcome}: ${finding.says}${finding.outcome === 'failed' ? ` → ${finding.fix}` : ''}`,
    ]),
  );
}
