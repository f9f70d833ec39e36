import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import { fillInAndSubmit, onTheDemo, tryOut } from './on-the-demo.ts';

onTheDemo('days pass on the page of the demo', (now) => {
  let tab: Page;
  beforeEach(() => {
    ({ tab } = now());
  });

  const channel = () => tab.getByRole('log', { name: 'Messages' });
  const thread = () => tab.getByRole('log', { name: 'Replies' });
  const skipDay = () => tab.getByRole('button', { name: 'A day later' }).click();
  const submit = async (id: string) => {
    await tryOut(tab, id);
    await fillInAndSubmit(tab);
    await channel().getByText('Approval pending').first().waitFor();
  };

  test('whoever waits for AWS is reminded, and the channel gets its weekly digest', async () => {
    await submit('O1001');
    const today = await tab.getByRole('group', { name: 'The day' }).getByRole('time').textContent();
    await skipDay();
    await expect
      .poll(() => tab.getByRole('group', { name: 'The day' }).getByRole('time').textContent())
      .not.toBe(today);
    await channel().getByText('Yesterday', { exact: true }).waitFor();
    await channel().getByText('AWS opportunities, this week').waitFor();
    await channel()
      .getByRole('button', { name: /1 reply/ })
      .click();
    await thread().getByText('Still waiting for AWS').waitFor();
    await thread().getByText("AWS has had it for a day and hasn't decided.").waitFor();
  });

  test('what should be closed by now is reminded of', async () => {
    await submit('O1003');
    await skipDay();
    await channel()
      .getByRole('button', { name: /1 reply/ })
      .click();
    await skipDay();
    await thread().getByText('Its target close date has passed').waitFor();
  });
});
