import { styleText } from 'node:util';
import { z } from 'zod';

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
