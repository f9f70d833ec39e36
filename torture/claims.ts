import type { Claim, Evidence } from './evidence.ts';

/** What a text says of the request that it is about. */
type Said =
  /** AWS answered that it accepted it. */
  | 'accepted'
  /** AWS answered that it doesn't. */
  | 'refused'
  /** AWS has the deal, whoever submitted it. */
  | 'with AWS'
  /** No request of this record has taken effect, and none that has gone out will. */
  | 'nothing submitted'
  /** The same of the moment; it may go out at once. */
  | 'nothing yet'
  /** It isn't known, or it isn't over: that claims nothing. */
  | 'open'
  /** What nobody can know. */
  | 'unknowable';

/** By what people read, and not by what the code calls it. A text may say several of these. */
const PHRASES: readonly (readonly [RegExp, Said])[] = [
  [/can no longer take effect|did not take effect|submitted twice|sent a second time/, 'unknowable'],
  [/AWS accepted (it|this)\b/, 'accepted'],
  [/AWS did not accept (it|this)\b/, 'refused'],
  [
    /AWS has (it|sent|the opportunity)\b|(in review at|approved by|rejected by) AWS|AWS asks for changes|AWS had the opportunity|already with AWS|why AWS rejected it|shows? (it|the opportunity) as (submitted|Co-Sell|For Visibility)|AWS's review says: \*?(Submitted|In review|Approved|Rejected|Action Required)|AWS shows a review status|still waiting for AWS|though it had it before/i,
    'with AWS',
  ],
  [/nothing was submitted(?! twice)|\bwas not sent\b|taken back before it was sent/i, 'nothing submitted'],
  [/nothing has been submitted|nothing has reached AWS|has not been sent/i, 'nothing yet'],
  [
    /isn't known|not known|AWS may have (it|the opportunity)|may (still )?take effect|reading could not settle/,
    'open',
  ],
  [
    /it goes to AWS (next|in its turn)|is being sent|AWS shows no review status|close date has passed/i,
    'open',
  ],
  [/AWS (shows|still shows) Pending Submission|action is still required|on it now/i, 'open'],
];

const saidIn = ({ headline, text }: Claim): ReadonlySet<Said> => {
  const all = `${headline}\n${text.replaceAll('&amp;', '&')}`;
  return new Set(PHRASES.flatMap(([phrase, said]) => (phrase.test(all) ? [said] : [])));
};

const quoted = ({ text }: Claim): string => `"${text.replaceAll('\\n', ' ').slice(0, 300)}"`;

/** Between reading a record and Slack taking its message (milliseconds of the clock): a slow call, and a jump of time. */
const ON_ITS_WAY_MS = 65_000;

/** Everything that was ever said of a submission, held against what was known, and what had happened, at that moment. */
export function untrue(
  { claims, records, requests, refusals, elsewhere }: Evidence,
  requestsOf: ReadonlyMap<string, Evidence['requests']>,
): string[] {
  const opportunityOf = new Map(records.map(({ id, opportunity_id }) => [id, opportunity_id]));
  const byOpportunity = Map.groupBy(requests, ({ body }) => String(body.Identifier));

  const wrongIn = (claim: Claim, said: Said): string | undefined => {
    const { submissionId, at } = claim;
    const opportunityId = opportunityOf.get(submissionId) ?? '';
    const own = requestsOf.get(submissionId) ?? [];
    switch (said) {
      case 'unknowable':
        return 'which nobody can know';
      case 'accepted':
        return own.some(
          ({ executed, answered }) =>
            executed && answered?.status === 200 && answered.whole && answered.at <= at,
        )
          ? undefined
          : 'and AWS had not answered so';
      case 'refused':
        return refusals.get(opportunityId)?.some((refusedAt) => refusedAt <= at) === true
          ? undefined
          : 'and AWS had refused nothing';
      case 'with AWS':
        return byOpportunity
          .get(opportunityId)
          ?.some((request) => request.executed && (request.executedAt ?? request.at) <= at) === true ||
          elsewhere.some((other) => other.id === opportunityId && other.at <= at)
          ? undefined
          : 'and AWS had not got it';
      case 'nothing submitted':
        return own.some(({ executed, at: arrivedAt }) => executed && arrivedAt <= at)
          ? 'and AWS executed it'
          : undefined;
      case 'nothing yet':
        return own.some(({ executed, at: arrivedAt }) => executed && arrivedAt <= at - ON_ITS_WAY_MS)
          ? 'and AWS executed it long before'
          : undefined;
      case 'open':
        return undefined;
    }
  };

  return claims.flatMap((claim) => {
    const { submissionId, headline } = claim;
    // News of an edit isn't about a submission; and what was recorded may have been lost with a failover.
    if (!opportunityOf.has(submissionId)) return [];
    const what = `"${headline}" was said of ${opportunityOf.get(submissionId)} (${submissionId})`;
    const said = saidIn(claim);
    if (said.size === 0) return [`${what} (${quoted(claim)}), and the comparison knows no such words`];
    return [...said].flatMap((each) => {
      const wrong = wrongIn(claim, each);
      return wrong === undefined ? [] : [`${what} (${each}: ${quoted(claim)}), ${wrong}`];
    });
  });
}
