import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { z } from 'zod';

/**
 * What a rehearsal made, in a file of its own: a line is written, and is on the disk, before the call that it is about.
 * So a run that breaks off leaves nothing that the next one doesn't know of.
 */
export interface Notebook {
  /** In the order in which they were made. */
  entries(): readonly Entry[];
  /** Before CreateOpportunity is sent. `request` is what is sent, its ClientToken apart. */
  making(made: { readonly token: string; readonly title: string; readonly request: object }): void;
  /** AWS answered with this ID. */
  made(token: string, id: string): void;
  /** Nothing is to be done about it any more. */
  settled(token: string, how: Settled): void;
}

export interface Entry {
  /** `markOf` is the ClientToken, in the title and in the partner's own reference too: by it the deal is known again. */
  readonly token: string;
  readonly title: string;
  readonly request: Readonly<Record<string, unknown>>;
  /** `O` and digits; undefined: no answer was read. */
  readonly id: string | undefined;
  /** Undefined: it is open, and still to be closed. */
  readonly settled: Settled | undefined;
}

/** What the deal carries in its title and its reference: the ClientToken it was made with, once or again. */
export const markOf = ({ token }: Pick<Entry, 'token'>): string => token.split('/')[0] ?? token;

export type Settled =
  /** Closed Lost at AWS. */
  | 'closed'
  /** AWS let it be closed no further. */
  | 'left'
  /** AWS refused to make it. */
  | 'not made'
  /** AWS answered with an ID under which there is another deal: nothing is done to that. */
  | 'not ours';

/** Long enough to be in no title by chance. */
const tokenSchema = z.string().regex(/^rehearsal-[0-9a-f-]{36}(\/again)?$/);

const lineSchema = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('making'),
    token: tokenSchema,
    title: z.string(),
    request: z.record(z.string(), z.unknown()),
  }),
  z.object({ what: z.literal('made'), token: tokenSchema, id: z.string().regex(/^O\d{1,19}$/) }),
  z.object({
    what: z.literal('settled'),
    token: tokenSchema,
    how: z.enum(['closed', 'left', 'not made', 'not ours']),
  }),
]);

type Line = z.output<typeof lineSchema>;

/** @throws Error in words where the file is no notebook of a rehearsal, or can't be written. */
export function openNotebook(file: string): Notebook {
  const text = textOf(file);
  let kept = linesIn(text, file).reduce<ReadonlyMap<string, Entry>>(withLine, new Map());
  const write = (line: Line) => {
    append(file, `${JSON.stringify(line)}\n`);
    kept = withLine(kept, line);
  };
  // A line that was broken off is ended, so that the next one stands by itself.
  if (text !== '' && !text.endsWith('\n')) append(file, '\n');
  return {
    entries: () => [...kept.values()],
    making: ({ token, title, request }) => write({ what: 'making', token, title, request: { ...request } }),
    made: (token, id) => write({ what: 'made', token, id }),
    settled: (token, how) => write({ what: 'settled', token, how }),
  };
}

function append(file: string, text: string): void {
  const at = openSync(file, 'a', 0o600);
  try {
    writeSync(at, text);
    fsyncSync(at);
  } finally {
    closeSync(at);
  }
}

function linesIn(text: string, file: string): readonly Line[] {
  return text.split('\n').flatMap((piece, at): readonly Line[] => {
    if (piece === '') return [];
    const json = jsonOf(piece);
    const read = lineSchema.safeParse(json);
    if (read.success) return [read.data];
    // Broken off while it was written: what it is about was not sent.
    if (json === undefined && piece.startsWith('{"what":')) return [];
    throw new Error(
      `${file} is not the notebook of a rehearsal (line ${at + 1}). Keep it, it may know of opportunities that are open; name another with --notebook.`,
    );
  });
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function withLine(entries: ReadonlyMap<string, Entry>, line: Line): ReadonlyMap<string, Entry> {
  const { token } = line;
  const known = entries.get(token);
  if (line.what === 'making') {
    const { title, request } = line;
    return known === undefined
      ? new Map([...entries, [token, { token, title, request, id: undefined, settled: undefined }]])
      : entries;
  }
  if (known === undefined) return entries;
  const fresh = line.what === 'made' ? { ...known, id: line.id } : { ...known, settled: line.how };
  return new Map([...entries, [token, fresh]]);
}
