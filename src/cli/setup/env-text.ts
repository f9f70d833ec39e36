import { parse } from 'dotenv';

/**
 * The text of a `.env` with these settings in it: each in the place of its name, commented out or not, else at the end;
 * all else as it was. An empty value leaves its name empty.
 *
 * @throws Error where a value can't be written so that it is read as it is
 */
export function withSettings(text: string, values: ReadonlyMap<string, string>): string {
  const ending = text === '' || text.endsWith('\n') ? '' : '\n';
  const written = [...values].reduce((before, [name, value]) => {
    const line = `${name}=${/[\s#'"`\\]/.test(value) ? `'${value}'` : value}`;
    const lines = before.split('\n');
    const set = lines.findLastIndex((each) => new RegExp(`^\\s*(export\\s+)?${name}\\s*=`).test(each));
    const at = set < 0 ? lines.findIndex((each) => each.startsWith(`#${name}=`)) : set;
    return at < 0 ? `${before}${line}\n` : lines.with(at, line).join('\n');
  }, `${text}${ending}`);
  const read = parse(written);
  for (const [name, value] of values) {
    if (read[name] !== value) throw new Error(`${name} has a value that .env can't hold`);
  }
  return written;
}
