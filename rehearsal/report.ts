import { z } from 'zod';
import { type Answer, exactJsonOf } from '../src/aws/transport.ts';
import { isJsonObject, type JsonObject } from '../src/aws/values.ts';
import { BY_HAND } from './by-hand.ts';
import type { Exchange } from './gate.ts';
import type { Entry } from './notebook.ts';
import { redaction } from './redact.ts';
import type { Rehearsed } from './run.ts';
import { seenWord } from './vocabulary.ts';

const answerSchema = z.object({
  status: z.int(),
  headers: z.record(z.string(), z.string()),
  /** JSON where it is that, else text. */
  body: z.unknown(),
});

const claimSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,80}$/),
  claims: z.string(),
  outcome: z.enum(['holds', 'differs', "can't be told"]),
  seen: z.string(),
  known: z.string(),
  reliedOn: z.array(z.string()),
  exchanges: z.array(
    z.object({
      operation: z.string(),
      request: z.record(z.string(), z.unknown()),
      ms: z.number(),
      /** Null: none came. */
      answer: answerSchema.nullable(),
    }),
  ),
});

/** What a rehearsal found out, as it is kept and sent: nothing of the account, of people or of customers in it. */
export const reportSchema = z.object({
  format: z.literal(1),
  date: z.iso.date(),
  catalog: z.literal('Sandbox'),
  at: z.enum(['AWS', 'a stand-in']),
  seconds: z.int(),
  /** Why it ended early; null: it didn't. */
  ended: z.string().nullable(),
  claims: z.array(claimSchema),
  byHand: z.array(z.string()),
  made: z.object({ closed: z.int(), left: z.int(), open: z.int() }),
});

export type Report = z.output<typeof reportSchema>;
export type ReportedClaim = Report['claims'][number];

export interface Reported extends Rehearsed {
  readonly at: Report['at'];
  readonly now: Date;
  readonly ms: number;
  /** Of this run. */
  readonly entries: readonly Entry[];
}

/** Makes the report: everything of AWS's in it redacted. */
export function reportOf({ looked, ours, ended, at, now, ms, entries }: Reported): Report {
  const redacted = redaction(ours);
  const count = (...how: Entry['settled'][]) => entries.filter(({ settled }) => how.includes(settled)).length;
  return {
    format: 1,
    date: now.toISOString().slice(0, 10),
    catalog: 'Sandbox',
    at,
    seconds: Math.round(ms / 1_000),
    ended: ended ?? null,
    claims: looked.map(({ claim, verdict, exchanges }) => ({
      id: claim.id,
      claims: claim.claims,
      outcome: verdict.outcome,
      seen: verdict.seen,
      known: `${claim.known.certainty}, ${claim.known.catalog}, ${claim.known.date}: ${claim.known.source}`,
      reliedOn: [...claim.reliedOn],
      exchanges: exchanges.map((exchange) => reported(exchange, redacted)),
    })),
    byHand: BY_HAND.map(({ asks }) => asks),
    made: { closed: count('closed'), left: count('left'), open: count(undefined, 'not ours') },
  };
}

/** Headers that say something of AWS and nothing of whoever asked. */
const HEADERS: readonly string[] = [
  'content-type',
  'content-length',
  'date',
  'x-amzn-requestid',
  'x-amzn-errortype',
  'retry-after',
  'x-amz-retry-after',
];

function reported(
  exchange: Exchange,
  redacted: (value: unknown) => unknown,
): ReportedClaim['exchanges'][number] {
  const { operation, request, answer, ms } = exchange;
  return {
    operation,
    request: objectOf(redacted(request)),
    ms: Math.round(ms),
    answer: answer === undefined ? null : { status: answer.status, ...contentOf(answer, redacted) },
  };
}

function contentOf(answer: Answer, redacted: (value: unknown) => unknown) {
  const headers = HEADERS.flatMap((name): [string, string][] => {
    const value = answer.headers[name];
    if (value === undefined) return [];
    if (name === 'date') return [[name, dateOf(value)]];
    const counts = name === 'content-length' && /^\d{1,7}$/.test(value);
    return [[name, counts ? value : String(redacted(value))]];
  });
  const json = exactJsonOf(answer);
  return {
    headers: Object.fromEntries(headers),
    body: redacted(json === undefined ? answer.body : json),
  };
}

const dateOf = (text: string): string => {
  const at = Date.parse(text);
  return Number.isNaN(at) ? seenWord(text) : new Date(at).toUTCString();
};

const objectOf = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});
