import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import type { Demo } from '../../../demo/start.ts';
import { onTheDemo } from './on-the-demo.ts';

onTheDemo('several at once on the page of the demo', (now) => {
  let demo: Demo;
  let tab: Page;
  beforeEach(() => {
    ({ demo, tab } = now());
  });

  const modal = () => tab.getByRole('dialog');
  const give = async (command: string) => {
    await tab.getByRole('textbox').first().fill(command);
    await tab.keyboard.press('Enter');
  };
  const message = () => tab.locator('.message', { hasText: 'More in the thread' });
  const submit = async () => {
    for (const box of await modal().getByRole('checkbox').all()) await box.check();
    await modal().getByRole('button', { name: 'Submit 2 deals' }).click();
    await modal().getByText('Recorded').waitFor();
    await tab.keyboard.press('Escape');
    await modal().waitFor({ state: 'detached' });
  };

  test('named in the command: one form with a row each, one message, and a thread with the others', async () => {
    await give('/submit-opportunity O1001 O1002 O2002 O3001');
    await modal().getByText("Can't be submitted").waitFor();
    expect(await modal().textContent()).toContain('O3001: AWS has it already');
    await modal()
      .getByRole('radio', { name: /^Co-Sell/ })
      .check();
    // What AWS refuses isn't among those to check, and can be fixed.
    expect(await modal().getByRole('checkbox', { name: /O2002/ }).count()).toBe(0);
    await modal().getByRole('button', { name: 'Fix' }).waitFor();
    await modal()
      .getByText(/^2 deals · .* a month/)
      .waitFor();
    await submit();

    await message().getByText('2 with AWS', { exact: true }).waitFor();
    expect(['O1001', 'O1002', 'O2002'].map((id) => demo.partnerCentral.submissionsExecuted(id))).toEqual([
      1, 1, 0,
    ]);
    await message()
      .getByRole('button', { name: /2 replies/ })
      .click();
    await tab.getByText('Approval pending: O1002').waitFor();
  });

  test('picked from the list: two lines are chosen, and the form is for both', async () => {
    await give('/submit-opportunity');
    const search = modal().getByRole('combobox');
    for (const [typed, line] of [
      ['northwind', 'Northwind Fisheries · O1001'],
      ['calder', 'Calder & Finch Logistics · O1002'],
    ] as const) {
      await search.fill(typed);
      await modal().getByRole('option').filter({ hasText: line }).click();
      await modal().getByRole('listitem').filter({ hasText: line }).waitFor();
    }
    await modal().getByRole('button', { name: 'Continue' }).click();
    await modal()
      .getByText(/^2 deals/)
      .waitFor();
  });
});
