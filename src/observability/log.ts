import { styleText } from 'node:util';
import { type DestinationStream, type Logger, pino } from 'pino';
import { z } from 'zod';
import type { Config } from '../config/config.ts';

export type { Logger } from 'pino';

/** Names under which secrets and deal details might travel into a log line; they never come out. */
const REDACTED = [
  'token',
  'response_url',
  'responseUrl',
  'trigger_id',
  'secretAccessKey',
  'sessionToken',
  'authorization',
  'message.text',
  'blocks',
];

/**
 * The log: one JSON line an event. Errors are logged by class, code and stack, without the fields that
 * libraries hang on them (Slack's errors carry whole answers, AWS's whole bodies); a failure that is data, by its code.
 */
export function createLog(level: Config['logLevel'], destination = logDestination('json')): Logger {
  return pino(
    {
      level,
      redact: REDACTED.flatMap((name) => [name, `*.${name}`]),
      serializers: { error: errorForLog },
      base: null,
    },
    destination,
  );
}

/** Standard output: JSON for machines, lines for people. */
export function logDestination(format: NonNullable<Config['logFormat']>): DestinationStream {
  const stdout = pino.destination(1);
  return format === 'json' ? stdout : { write: (json) => stdout.write(readableLine(json)) };
}

/** Lower-case words joined by `_`, perhaps with a number: no token, key, address, ID or sentence is written so. */
const CODE = /^(?=.{1,60}$)[a-z]+(?:_(?:[a-z]+|\d{1,3}))*$/;

function errorForLog(error: unknown): unknown {
  if (typeof error === 'string' && CODE.test(error)) return { type: 'code', code: error };
  if (!(error instanceof Error)) return { type: typeof error };
  return {
    type: error.name,
    message: error.message,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    stack: error.stack,
  };
}

const lineSchema = z.looseObject({ level: z.number(), time: z.number(), msg: z.string().default('') });
const errorSchema = z.looseObject({
  type: z.string(),
  code: z.string().optional(),
  message: z.string().optional(),
  stack: z.string().optional(),
});

const LEVELS = [
  { from: 50, name: 'error', style: 'red' },
  { from: 40, name: 'warn ', style: 'yellow' },
  { from: 30, name: 'info ', style: 'green' },
  { from: 0, name: 'debug', style: 'gray' },
] as const;

/**
 * One JSON line of the log as a person reads it at a terminal, in the machine's own time zone: time, level, what
 * happened, then names and values; an error's stack on lines of its own. Coloured where standard output is a terminal.
 */
export function readableLine(json: string): string {
  const { level, time, msg, error, ...rest } = lineSchema.parse(JSON.parse(json));
  const { name, style } = LEVELS.find(({ from }) => level >= from) ?? LEVELS[3];
  const values = Object.entries(rest).map(([key, value]) => `${printable(key)}=${shown(value)}`);
  const head = [clockTime(new Date(time)), styleText(style, name), printable(msg), ...values].join(' ');
  return `${[head, ...errorLines(error)].join('\n')}\n`;
}

const clockTime = (at: Date): string =>
  [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');

/** Plain where it can't be mistaken; else as JSON, which escapes what a terminal would act on. */
const shown = (value: unknown): string =>
  typeof value === 'string' && /^[\w.:/@+-]+$/.test(value) ? value : printable(JSON.stringify(value));

function errorLines(error: unknown): readonly string[] {
  const { success, data } = errorSchema.safeParse(error);
  if (!success) return [];
  return (data.stack ?? `${data.type}: ${data.message ?? data.code ?? ''}`)
    .split('\n')
    .map((line) => `  ${printable(line)}`);
}

/** Without the characters that move a terminal's cursor, change its colours or turn its text round: others wrote them. */
const printable = (text: string): string => text.replaceAll(/[\p{Cc}\p{Bidi_C}]/gu, '');
