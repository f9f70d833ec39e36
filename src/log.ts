import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogFormat, LogLevel } from './config.ts';
import { readableLine } from './log-lines.ts';

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
export function createLog(level: LogLevel, destination = logDestination('json')): Logger {
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
export function logDestination(format: LogFormat): DestinationStream {
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
