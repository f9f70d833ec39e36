import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Row } from './row.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** What the official client does in this bot's place. */
const OFFICIAL = '@aws-sdk/client-partnercentral-selling';
const IN_ITS_PLACE = ['aws4', '@aws-sdk/credential-providers'];

const names = z.record(z.string(), z.string()).default({});
const lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({ dependencies: names, optionalDependencies: names, peerDependencies: names }),
  ),
});
type Packages = z.infer<typeof lockfile>['packages'];

/** The packages that production needs, by the lockfile, as they lie in `node_modules`; and the same with AWS's client. */
export const installedSize: Row = {
  name: 'installed-size',
  async measure() {
    const { packages } = lockfile.parse(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')));
    const ours = Object.keys(packages['']?.dependencies ?? {});
    const theirs = [...ours.filter((name) => !IN_ITS_PLACE.includes(name)), OFFICIAL];
    const [own, other] = [closureOf(ours, packages), closureOf(theirs, packages)];
    const against = 'with the official client';
    return [
      {
        what: 'Production dependencies, installed',
        unit: 'MB',
        rounds: [megabytes(own)],
        against: { what: against, rounds: [megabytes(other)] },
      },
      {
        what: 'Production dependencies',
        unit: 'packages',
        rounds: [own.size],
        against: { what: against, rounds: [other.size] },
      },
    ];
  },
};

/** The folders of these packages and of all that they need, found as Node finds them. */
function closureOf(roots: readonly string[], packages: Packages): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (name: string, from: string): void => {
    for (
      let folder = from;
      ;
      folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))
    ) {
      const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
      const entry = packages[path];
      if (entry !== undefined) {
        if (found.has(path) || statSync(join(ROOT, path), { throwIfNoEntry: false }) === undefined) return;
        found.add(path);
        for (const group of [entry.dependencies, entry.optionalDependencies, entry.peerDependencies]) {
          for (const needed of Object.keys(group)) visit(needed, path);
        }
        return;
      }
      if (folder === '') return;
    }
  };
  for (const root of roots) visit(root, '');
  return found;
}

/** Of 2^20 bytes; a package's own files, not those of packages inside it. */
function megabytes(paths: ReadonlySet<string>): number {
  let bytes = 0;
  for (const path of paths) bytes += bytesIn(join(ROOT, path));
  return bytes / 2 ** 20;
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? sum : sum + bytesIn(path);
    return entry.isFile() ? sum + statSync(path).size : sum;
  }, 0);
}
