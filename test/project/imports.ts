import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Import {
  /** As in the file: `./text.ts`, `@slack/bolt`, `node:fs`. */
  readonly specifier: string;
  /** Erased before the file runs. */
  readonly typeOnly: boolean;
}

/** The TypeScript files below `folder`, as paths from the project's root. */
export const filesIn = (folder: string): string[] =>
  globSync(`${folder}/**/*.ts`, { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .sort();

/** The files in which what people see is made. */
export const SURFACES: readonly string[] = [
  ...['src/slack/blocks', 'src/slack/forms', 'src/slack/answers', 'src/messages/kinds'].flatMap(filesIn),
  // Beside them stand the queries of the open tabs, and what publishes them.
  ...filesIn('src/messages/home').filter((file) => !/\/(tabs|publish)\.ts$/.test(file)),
];

export const readFile = (path: string): string => readFileSync(join(root, path), 'utf8');

/**
 * What a file imports or exports from elsewhere. `import { type A }` counts as an import that runs: so it does under
 * `verbatimModuleSyntax`.
 */
export function importsOf(path: string): Import[] {
  const source = readFile(path);
  const statements = source.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^'";]*?\bfrom\s+)?'([^']+)'/gm);
  const dynamic = source.matchAll(/\bimport\(\s*'([^']+)'/g);
  return [
    ...[...statements].map(([, type, specifier = '']) => ({ specifier, typeOnly: type !== undefined })),
    ...[...dynamic].map(([, specifier = '']) => ({ specifier, typeOnly: false })),
  ];
}

/** A relative import as a path from the project's root; undefined for a package. */
export const resolved = (from: string, { specifier }: Import): string | undefined =>
  specifier.startsWith('.') ? normalize(join(dirname(from), specifier)).replaceAll('\\', '/') : undefined;

/** Everything that runs when `entries` are imported: our files, and the packages they name. */
export function runtimeOf(entries: readonly string[]): { files: string[]; packages: string[] } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (path: string): void => {
    if (files.has(path)) return;
    files.add(path);
    for (const each of importsOf(path).filter(({ typeOnly }) => !typeOnly)) {
      const file = resolved(path, each);
      if (file === undefined) packages.add(each.specifier);
      else visit(file);
    }
  };
  for (const entry of entries) visit(entry);
  return { files: [...files].sort(), packages: [...packages].sort() };
}
