/**
 * What is read of blocks without opening anything: texts and buttons; of a link its label, of a moment its fallback. Not
 * AWS's own words, which are as long as AWS makes them.
 */
export function wordsOf(value: unknown): readonly string[] {
  const own = textsIn(value).filter((text) => !text.startsWith("*AWS's own words*"));
  return own.flatMap((text) =>
    text
      .replaceAll(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
      .replaceAll(/<[^<>|]*\|([^<>]*)>/g, '$1')
      .split(/\s+/)
      // A sign, a bullet or a divider is no word, nor is an opportunity's ID among many.
      .filter((word) => /[\p{L}\p{N}]/u.test(word) && !/^\*?O\d+\*?,?$/.test(word)),
  );
}

/** Not in a menu or a confirmation that is closed, nor for screen readers only. */
const CLOSED = new Set(['options', 'confirm', 'accessibility_label']);

function textsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (CLOSED.has(key)) return [];
    return key === 'text' && typeof inner === 'string' ? [inner] : textsIn(inner);
  });
}
