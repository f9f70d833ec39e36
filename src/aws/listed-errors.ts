import type { FieldError } from './errors.ts';

const CODE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/;
const FIELD = /^[A-Za-z][\w.[\]*]*$/;

/**
 * The fields that a text of AWS's lists: entries `CODE field:text` joined with `;`, as the message of a failed task has
 * them (one report, Sandbox 2026-05); a field may be missing. Empty where a text is none of these. A semicolon that
 * begins no entry belongs to the text before it.
 */
export function listedErrors(text: string): readonly FieldError[] {
  const found: FieldError[] = [];
  for (const part of text.split(';')) {
    const entry = entryOf(part);
    const before = found.at(-1);
    if (entry !== undefined) found.push(entry);
    else if (before === undefined) return [];
    else if (part.trim() !== '') found.splice(-1, 1, { ...before, message: `${before.message};${part}` });
  }
  return found;
}

function entryOf(part: string): FieldError | undefined {
  const [head = '', ...rest] = part.split(':');
  const [code = '', fieldName, ...more] = head.trim().split(/\s+/);
  const isEntry = CODE.test(code) && more.length === 0 && (fieldName === undefined || FIELD.test(fieldName));
  return isEntry ? { code, fieldName, message: rest.join(':').trim() } : undefined;
}
