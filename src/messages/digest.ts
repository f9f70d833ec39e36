import { reviewStatus } from '../aws/review-status.ts';
import type { Catalog } from '../aws/terms.ts';
import { explain } from '../submissions/explain.ts';
import type { Store } from '../submissions/store.ts';
import type { Entry } from '../submissions/submission.ts';

/** What the digest counts, in the order in which it is shown. */
export const DIGEST_COUNTS = [
  'on-its-way',
  'in-doubt',
  'approval-pending',
  'in-review',
  'other-status',
  'action-required',
  'refused',
  'not-sent',
  'not-seen',
  'approved',
  'rejected',
] as const;
export type DigestCount = (typeof DIGEST_COUNTS)[number];

/** Where everything stands, for a channel: IDs and counts, no deal's details. */
export interface Digest {
  /** Of `approved` and `rejected`: in the last seven days. What there is none of isn't there. */
  readonly counts: readonly { readonly of: DigestCount; readonly count: number }[];
  /** What waits for somebody to do something about it, the latest first, and how many more there are. */
  readonly needsSomebody: readonly { readonly opportunityId: string; readonly headline: string }[];
  readonly more: number;
}

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
/** IDs in one digest: with the longest headlines they fit one message. */
const SHOWN = 25;

/** Reads the digest as of `at`. */
export async function readDigest(
  store: Store,
  { catalog, paused, at }: { readonly catalog: Catalog; readonly paused: boolean; readonly at: Date },
): Promise<Digest> {
  const [standing, needs] = await Promise.all([
    store.counts(catalog, new Date(at.getTime() - WEEK_MS)),
    store.part(catalog, { part: 'needs', userId: undefined, offset: 0, limit: SHOWN }),
  ]);
  const sums = new Map<DigestCount | undefined, number>();
  for (const { state, reviewStatus: status, count } of standing) {
    const of = countOf(state, status);
    sums.set(of, (sums.get(of) ?? 0) + count);
  }
  return {
    counts: DIGEST_COUNTS.flatMap((of) => {
      const count = sums.get(of);
      return count === undefined ? [] : [{ of, count }];
    }),
    needsSomebody: needs.entries.map((entry) => ({
      opportunityId: entry.opportunityId,
      headline: explain(entry, { catalog, paused, waitingBefore: 0 }).headline,
    })),
    more: needs.total - needs.entries.length,
  };
}

/** Undefined: settled, and nobody's news. */
function countOf(state: Entry['state'], status: string | undefined): DigestCount | undefined {
  switch (state) {
    case 'requested':
    case 'sending':
      return 'on-its-way';
    case 'uncertain':
      return 'in-doubt';
    case 'not_seen':
      return 'not-seen';
    case 'refused':
      return 'refused';
    case 'changed':
    case 'expired':
      return 'not-sent';
    case 'cancelled':
    case 'let_go':
      return undefined;
    case 'submitted':
    case 'already_submitted':
    case 'elsewhere':
      return atAws(status);
  }
}

function atAws(shown: string | undefined): DigestCount {
  // Right after a submission AWS may not have said anything yet.
  if (shown === undefined) return 'approval-pending';
  switch (reviewStatus(shown).status) {
    case 'Submitted':
      return 'approval-pending';
    case 'In review':
      return 'in-review';
    case 'Action Required':
      return 'action-required';
    case 'Approved':
      return 'approved';
    case 'Rejected':
      return 'rejected';
    case 'Pending Submission':
    case 'none':
    case 'unknown':
      return 'other-status';
  }
}
