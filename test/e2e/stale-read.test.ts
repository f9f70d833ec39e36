import { expect, test, vi } from 'vitest';
import { letPass, SECOND, within } from './passing-time.ts';
import { inChannel } from './review/thread.ts';
import { overSocketMode } from './workspace.ts';

overSocketMode('a machine that was suspended while it read the deal before sending', (open) => {
  test('what it read is too old: it reads again, finds the deal changed, and sends nothing', async () => {
    const workspace = await open();
    const { aws, clock } = workspace;
    const before = workspace.deal();
    await workspace.look('O1001');
    // AWS answers what was true before; meanwhile somebody edits the deal.
    const asItWas = { type: 'error', name: 'None', status: 200, body: before.opportunity } as const;
    aws.injectFault({ operation: 'GetOpportunity', times: 1, kind: asItWas });
    const heal = aws.injectFault({ operation: 'GetOpportunity', kind: { type: 'latency', ms: 40 * SECOND } });
    const reads = aws.requests('GetOpportunity').length;
    aws.seed({
      ...before,
      opportunity: { ...before.opportunity, LastModifiedDate: clock.now().toISOString() },
    });
    await workspace.choose();
    await vi.waitUntil(() => aws.requests('GetOpportunity').length > reads);
    heal();
    // Less than its lease: nobody else takes the record.
    clock.jump(50 * SECOND);
    await within(workspace, 5 * SECOND, () => inChannel(workspace)[0]?.text.startsWith('Not sent') === true);
    await letPass(workspace, 30 * SECOND);
    expect(inChannel(workspace).map(({ text }) => text)).toEqual([
      expect.stringContaining('the opportunity has changed'),
    ]);
    expect(aws.requests('SubmitOpportunity')).toEqual([]);
  });
});
