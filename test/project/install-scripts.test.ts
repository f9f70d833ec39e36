import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { root } from './imports.ts';

const run = promisify(execFile);

let folder: string | undefined;
afterEach(async () => {
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

test("a package that allowScripts doesn't name can't run its install script: the install stops", async () => {
  folder = await mkdtemp(join(tmpdir(), 'install-scripts-'));
  const ran = join(folder, 'ran');
  const dependency = {
    name: 'unnamed',
    version: '1.0.0',
    scripts: { postinstall: `node -e "require('fs').writeFileSync(process.env.RAN, '')"` },
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(dependency));
  await run('npm', ['pack', '--silent', '--ignore-scripts'], { cwd: folder });
  await rm(join(folder, 'package.json'));
  const project = { private: true, dependencies: { unnamed: 'file:unnamed-1.0.0.tgz' }, allowScripts: {} };
  await writeFile(join(folder, 'package.json'), JSON.stringify(project));
  // Under `npm test`, npm hands its own settings down.
  const withoutNpms = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')),
  );
  const install = () =>
    run('npm', ['install', '--offline', '--no-audit', '--no-fund'], {
      cwd: folder,
      env: { ...withoutNpms, RAN: ran },
    });

  await copyFile(join(root, '.npmrc'), join(folder, '.npmrc'));
  await expect(install()).rejects.toThrow(/unnamed@1.0.0/);
  expect(existsSync(ran)).toBe(false);

  // Without our .npmrc it runs: what is tested is npm's own rule, not that the package can't.
  await rm(join(folder, '.npmrc'));
  await install();
  expect(existsSync(ran)).toBe(true);
});
