import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { parse } from 'acorn';
import { simple } from 'acorn-walk';
import { check } from 'recheck';

/**
 * `npm run check:regular-expressions`: every regular expression of the bot takes time that grows with its text, not with
 * its square: what people and other apps write is read before anybody's right is asked, and one slow match stops the
 * bot. Expressions made at run time can't be looked at, so there are none.
 */
const problems: string[] = [];
const found = new Map<string, { readonly source: string; readonly flags: string; readonly at: string }>();

for (const file of globSync('src/**/*.ts')) {
  const program = parse(stripTypeScriptTypes(readFileSync(file, 'utf8')), {
    ecmaVersion: 'latest',
    sourceType: 'module',
    locations: true,
  });
  simple(program, {
    Literal(node) {
      if (node.regex === undefined || node.regex === null) return;
      const { pattern, flags } = node.regex;
      found.set(`/${pattern}/${flags}`, { source: pattern, flags, at: `${file}:${node.loc?.start.line}` });
    },
    NewExpression({ callee, loc }) {
      if (callee.type === 'Identifier' && callee.name === 'RegExp') {
        problems.push(`${file}:${loc?.start.line}: a regular expression made at run time`);
      }
    },
  });
}

for (const [written, { source, flags, at }] of found) {
  // What it can't prove it tries out: by the same chances each time, and however slow the machine is.
  const answer = await check(source, flags, {
    randomSeed: 1,
    seedingTimeout: null,
    incubationTimeout: null,
    attackTimeout: null,
    recallTimeout: null,
    timeout: 60_000,
  });
  if (answer.status === 'safe') continue;
  const why = answer.status === 'vulnerable' ? answer.complexity.summary : answer.error.kind;
  problems.push(`${at}: ${written}: ${why}`);
}
for (const problem of problems) console.error(problem);
console.log(`${found.size} regular expressions, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
