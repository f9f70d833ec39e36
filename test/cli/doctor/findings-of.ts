import type { Check } from '../../../src/cli/doctor/finding.ts';

/** What a check finds, by name: its outcome, what it says, and what to do. */
export async function findingsOf({ run }: Check): Promise<Readonly<Record<string, string>>> {
  const findings = await run();
  return Object.fromEntries(
    findings.map((finding) => [
      finding.name,
      `${finding.outcome}: ${finding.says}${finding.outcome === 'failed' ? ` → ${finding.fix}` : ''}`,
    ]),
  );
}
