import { expect, test } from 'vitest';
import { STOP_WITHIN_MS } from '../../src/app.ts';
import { readFile } from '../project/imports.ts';

/** Where something is told how long the bot may take to stop, or people are, with the seconds. */
const GRACE: readonly (readonly [file: string, seconds: RegExp])[] = [
  ['compose.yml', /^ {4}stop_grace_period: (\d+)s$/m],
  ['deploy/cloudformation.yml', /^ {10}StopTimeout: (\d+)$/m],
  ['docs/run.md', /^TimeoutStopSec=(\d+)$/m],
  ['docs/deploy.md', /docker run [^`]*--stop-timeout (\d+)/],
  ['docs/upgrade.md', /give each (\d+) s to stop/],
];

test.each(GRACE)('%s gives the bot longer to stop than it takes', (file, seconds) => {
  expect(Number(seconds.exec(readFile(file))?.[1]) * 1000).toBeGreaterThan(STOP_WITHIN_MS);
});

test.each(['Dockerfile', 'docs/run.md', 'docs/upgrade.md'])('%s says how long it takes at most', (file) => {
  expect(readFile(file)).toMatch(new RegExp(`within ${STOP_WITHIN_MS / 1000} s`));
});
