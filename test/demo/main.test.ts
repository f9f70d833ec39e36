import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const main = fileURLToPath(new URL('../../demo/main.ts', import.meta.url));

/** Settings that would send the demo's bot to a real workspace, account and database, if it read them. */
const hostile = {
  SLACK_BOT_TOKEN: 'xoxb-a-real-workspace',
  SLACK_APP_TOKEN: 'xapp-a-real-workspace',
  SLACK_API_URL: 'http://127.0.0.1:9/api/',
  AWS_PROFILE: 'production',
  AWS_ACCESS_KEY_ID: 'AKIAPRODUCTION',
  AWS_SECRET_ACCESS_KEY: 'production',
  AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: 'http://127.0.0.1:9',
  DATABASE_URL: 'postgres://127.0.0.1:9/production',
  DATA_DIR: '/nowhere/at/all',
  PAUSED: 'nonsense',
};

test("the demo starts whatever a person's own settings say, on another port where its own is taken, and leaves nothing behind", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'demo-test-'));
  const temporary = await mkdtemp(join(folder, 'tmp-'));
  const lines = Object.entries(hostile).map(([name, value]) => `${name}=${value}`);
  await writeFile(join(folder, '.env'), lines.join('\n'));
  // Another demo, or whatever is there already.
  const other = createServer().listen(3030, '127.0.0.1');
  await once(other, 'listening').catch(() => undefined);
  const demo = spawn(process.execPath, [main], {
    cwd: folder,
    env: { ...process.env, ...hostile, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const ended = new Promise<number | null>((resolve) => demo.once('exit', resolve));
    const said = createInterface({ input: demo.stdout })[Symbol.asyncIterator]();
    expect((await said.next()).value).toContain('Port 3030 is taken');
    const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(String((await said.next()).value))?.[0] ?? '';
    const page = await fetch(address);
    expect(await page.text()).toContain('submit-opportunity-bot');
    demo.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect((await readdir(temporary)).filter((name) => name.startsWith('submit-opportunity-bot'))).toEqual(
      [],
    );
  } finally {
    demo.kill('SIGKILL');
    other.close();
    await rm(folder, { recursive: true, force: true });
  }
});
