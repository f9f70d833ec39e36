import type { Trouble } from '../../aws/access.ts';

/** What one check found: all is well, something is wrong, or it couldn't look. */
export type Finding =
  | { readonly outcome: 'ok'; readonly name: string; readonly says: string }
  | ({ readonly outcome: 'failed'; readonly name: string } & Trouble)
  | { readonly outcome: 'not-checked'; readonly name: string; readonly says: string };

/** One thing to look at; harmless: it changes nothing anywhere. */
export interface Check {
  readonly section: Section;
  /** What its findings are about, for where it doesn't end. */
  readonly name: string;
  readonly run: () => Promise<readonly Finding[]>;
}

export const SECTIONS = ['Settings', 'Slack', 'AWS', 'Database'] as const;
export type Section = (typeof SECTIONS)[number];

export interface Examined {
  readonly section: Section;
  readonly findings: readonly Finding[];
}

export const ok = (name: string, says: string): Finding => ({ outcome: 'ok', name, says });
export const failed = (name: string, trouble: Trouble): Finding => ({ outcome: 'failed', name, ...trouble });
export const notChecked = (name: string, says: string): Finding => ({ outcome: 'not-checked', name, says });

/** Runs every check at once, none for longer than `limitMs`. One that breaks is a finding, not an error. */
export async function examine(checks: readonly Check[], limitMs: number): Promise<readonly Examined[]> {
  return Promise.all(
    checks.map(async (check) => ({ section: check.section, findings: await within(check, limitMs) })),
  );
}

async function within({ name, run }: Check, limitMs: number): Promise<readonly Finding[]> {
  const late = Promise.withResolvers<readonly Finding[]>();
  const timer = setTimeout(
    () => late.resolve([failed(name, { says: `No answer within ${limitMs / 1000} s.` })]),
    limitMs,
  );
  try {
    return await Promise.race([run(), late.promise]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [failed(name, { says: `The check itself failed: ${reason}` })];
  } finally {
    clearTimeout(timer);
  }
}
