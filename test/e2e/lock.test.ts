import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { isLocked } from '../../src/database/sqlite.ts';
import { idle } from './passing-time.ts';
import { overSocketMode } from './workspace.ts';

overSocketMode('where bot.lock is taken away under a running bot', (open) => {
  test('it looks before it sends: nothing goes out, and it says that it ends', async () => {
    const workspace = await open();
    const { aws, clock, slack, deal, look, choose, folder, fatal } = workspace;
    deal();
    await look('O1001');
    expect(isLocked(folder)).toBe(true);
    await rm(join(folder, 'bot.lock'));
    await choose();
    await vi.waitUntil(() => fatal.length > 0, { timeout: 3000 });
    expect(fatal).toEqual([expect.stringMatching(/bot\.lock is not the file any more that this bot holds/)]);
    await idle({ clock, slack, aws });
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });

  test('with nothing to send it looks every few seconds, and says so once', async () => {
    const { clock, folder, fatal } = await open();
    clock.jump(60_000);
    expect(fatal).toEqual([]);
    await rm(join(folder, 'bot.lock'));
    for (let looks = 0; looks < 3; looks += 1) clock.jump(5000);
    expect(fatal).toHaveLength(1);
  });
});
