import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import type { Demo } from '../../../demo/start.ts';
import { fillInAndSubmit, onTheDemo, tryOut } from './on-the-demo.ts';

onTheDemo('the bot, tried on the page of the demo', (now) => {
  let demo: Demo;
  let tab: Page;
  beforeEach(() => {
    ({ demo, tab } = now());
  });

  const modal = () => tab.getByRole('dialog');
  const row = (id: string) => tab.locator(`[data-opportunity="${id}"]`);

  test('a deal is submitted, approval is pending, and AWS approves it', async () => {
    await tryOut(tab, 'O1001');
    await modal().getByText('Northwind Fisheries').first().waitFor();
    await fillInAndSubmit(tab);
    const message = tab.locator('.message', { hasText: 'Approval pending' });
    await message.waitFor();
    expect(demo.partnerCentral.submissionsExecuted('O1001')).toBe(1);
    await row('O1001')
      .getByRole('button', { name: /^Approve/ })
      .click();
    await row('O1001').getByText('Approved', { exact: true }).waitFor();
    // By AWS's event, without anybody asking.
    await tab
      .getByText(/Approved/)
      .first()
      .first()
      .waitFor();
  });

  test('a required choice left open is asked for, and nothing is recorded', async () => {
    await tryOut(tab, 'O1001');
    await modal().getByRole('button', { name: 'Submit' }).click();
    await modal().getByText('Please complete this required field.').first().waitFor();
    await tab.keyboard.press('Escape');
    await modal().waitFor({ state: 'detached' });
    expect(await tab.locator('.message').count()).toBe(0);
    expect(demo.partnerCentral.requests('SubmitOpportunity')).toEqual([]);
  });

  test('a refused one names its fields, and Fix opens them with the choices kept', async () => {
    await tryOut(tab, 'O2002');
    await fillInAndSubmit(tab);
    const message = tab.locator('.message', { hasText: 'nothing was submitted' });
    await message.getByText('Target close date').waitFor();
    await message.getByRole('button', { name: /^Fix/ }).click();
    await modal().getByRole('button', { name: 'Save and submit' }).waitFor();
    expect(
      await modal()
        .getByRole('radio', { name: /Co-Sell/ })
        .first()
        .isChecked(),
    ).toBe(true);
  });

  test('one that is already submitted gets no form, but where it stands', async () => {
    await tryOut(tab, 'O3001');
    await tab.getByRole('dialog', { name: 'Approval pending' }).waitFor();
    expect(await modal().getByRole('button', { name: 'Submit' }).count()).toBe(0);
    expect(await modal().getByRole('radio').count()).toBe(0);
  });

  test('in a channel without the bot the command works, and the outcome reaches the person', async () => {
    await tab.getByRole('button', { name: /general/ }).click();
    await tryOut(tab, 'O1002');
    await fillInAndSubmit(tab);
    await row('O1002').getByText('Submitted', { exact: true }).waitFor();
    await tab.getByRole('button', { name: /Opportunity Bot/ }).click();
    await tab.getByRole('button', { name: 'Messages' }).click();
    await tab
      .getByText(/Approval pending/)
      .first()
      .waitFor();
  });

  test('a guest is told that they may not, and sees nothing of the deal', async () => {
    await tab.getByRole('radio', { name: /Gus/ }).check();
    await tryOut(tab, 'O1001');
    await modal()
      .getByText(/guests/i)
      .waitFor();
    expect(await modal().getByRole('radio').count()).toBe(0);
    expect(await modal().textContent()).not.toContain('Northwind');
    expect(demo.partnerCentral.requests('GetOpportunity')).toEqual([]);
  });
});
